import type { Comment, CommentSubject } from '../../domain/crm/comment.ts';
import type { PartQuery } from '../../domain/platform/list.ts';
import { filesOfComment } from '../platform/attachment/attachments.query.ts';
import { partRows, type PartAnswer } from '../platform/table/part.query.ts';
import type { Reader } from '../platform/reader.ts';
import { columnsOf, sql, type Sql } from '../platform/sql.ts';

/** The people that the comment `c` mentions, as JSON. */
export const mentionsOfComment: Sql = sql`coalesce((
  select jsonb_agg(jsonb_build_object('id', u.id, 'name', u.full_name) order by u.full_name, u.id)
  from app_user u where u.id = any(c.mention_ids)), '[]')`;

/** What was written under a record, the newest of it, oldest first; a cursor goes on towards the oldest. */
export async function commentsOn(
  read: Reader, subject: CommentSubject, id: string, asked: PartQuery,
): Promise<PartAnswer<Comment>> {
  const { items, ...rest } = await partRows<Comment>(read, {
    columns: {
      ...columnsOf('c', ['id', 'body', 'createdAt', 'createdBy']),
      createdByName: sql`(select u.full_name from app_user u where u.id = c.created_by)`,
      files: filesOfComment, mentions: mentionsOfComment,
    },
    from: sql`crm_comment c`,
    where: [sql`${sql.ref(`c.${subject}_id`)} = ${id}::uuid`, sql`c.deleted_at is null`],
    key: sql`c.id`,
    fields: { createdAt: { sql: sql`c.created_at`, kind: 'instant' } },
    defaultSort: '-createdAt',
  }, asked);
  return { ...rest, items: items.reverse() };
}
