import type { ListQuery } from '../../domain/platform/list.ts';
import type { DigestPeriod } from '../../domain/platform/notification/digest.ts';
import type { Notification } from '../../domain/platform/notification.ts';
import { listRows, type ListAnswer } from './list.query.ts';
import type { Reader } from './reader.ts';
import { anywhere, columnsOf, selected, sql } from './sql.ts';

const names = [
  'id',
  'userId',
  'type',
  'channel',
  'subject',
  'body',
  'templateId',
  'triggerEvent',
  'referenceType',
  'referenceId',
  'status',
  'sentAt',
  'deliveredAt',
  'failureReason',
  'retryCount',
  'readAt',
  'metadata',
  'createdAt',
] as const satisfies readonly (keyof Notification)[];
const columns = columnsOf('n', names);

/** The user's own notifications, newest first. */
export const listNotifications = (
  read: Reader,
  userId: string | null,
  query: ListQuery,
): Promise<ListAnswer<Notification>> =>
  listRows<Notification>(
    read,
    {
      columns,
      from: sql`notification n`,
      where: [sql`n.user_id = ${userId}::uuid`],
      key: sql`n.id`,
      fields: {
        createdAt: { sql: sql`n.created_at`, kind: 'instant' },
        sentAt: { sql: sql`n.sent_at`, kind: 'instant', nullable: true },
        readAt: { sql: sql`n.read_at`, kind: 'instant', nullable: true },
        status: { sql: sql`n.status`, kind: 'text' },
        type: { sql: sql`n.type`, kind: 'text' },
        templateId: { sql: sql`n.template_id`, kind: 'text', nullable: true },
        triggerEvent: { sql: sql`n.trigger_event`, kind: 'text', nullable: true },
        referenceType: { sql: sql`n.reference_type`, kind: 'text', nullable: true },
        referenceId: { sql: sql`n.reference_id`, kind: 'uuid', nullable: true },
      },
      filters: { unread: values => (values[0] === 'false' ? sql`n.read_at is not null` : sql`n.read_at is null`) },
      search: text => sql`(n.subject ilike ${anywhere(text)} or n.body ilike ${anywhere(text)})`,
      defaultSort: '-createdAt',
    },
    query,
  );

export async function readNotification(read: Reader, id: string): Promise<Notification> {
  return (await read.row<Notification>(sql`select ${selected(columns)} from notification n where n.id = ${id}`))!;
}

/** For the bell (PLT-076). */
export const countUnread = async (read: Reader, userId: string | null): Promise<number> =>
  (await read.row<{ count: number }>(
    sql`select count(*) as count from notification where user_id = ${userId}::uuid and read_at is null`,
  ))!.count;

/** What the user is told by mail too (PLT-075). */
export const mailedTo = async (read: Reader, userId: string | null): Promise<string[]> =>
  (await read.row<{ mailed: string[] }>(sql`select mailed from app_user where id = ${userId}::uuid`))?.mailed ?? [];

/** How often the user's unread notifications are mailed. */
export async function digestOf(read: Reader, userId: string | null): Promise<DigestPeriod> {
  const row = await read.row<{ digest: DigestPeriod }>(sql`select digest from app_user where id = ${userId}::uuid`);
  return row?.digest ?? 'off';
}

/** By which other channels the user is told of what, as cipher text (PLT-073). */
export const channelsOf = async (read: Reader, userId: string | null): Promise<string | null> =>
  (await read.row<{ cipher: string | null }>(
    sql`select channels_cipher as cipher from app_user where id = ${userId}::uuid`,
  ))?.cipher ?? null;
