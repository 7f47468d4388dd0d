import type { Webhook, WebhookDelivery } from '../../../domain/platform/webhook/webhook.ts';
import type { Reader } from '../reader.ts';
import { sql, type Sql } from '../sql.ts';

const select = (where: Sql): Sql => sql`select id, url, events, description, active,
  failing_since as "failingSince", switched_off as "switchedOff", created_at as "createdAt"
  from webhook where deleted_at is null and ${where} order by created_at, id`;

export const webhooksThere = (read: Reader): Promise<Webhook[]> => read.rows<Webhook>(select(sql`true`));
export const webhookById = (read: Reader, id: string): Promise<Webhook | undefined> =>
  read.row<Webhook>(select(sql`id = ${id}::uuid`));

/** What was tried at a webhook, newest first. */
export const deliveriesTo = (read: Reader, webhookId: string, limit: number): Promise<WebhookDelivery[]> =>
  read.rows<WebhookDelivery>(sql`select d.id, d.message_id as "messageId", m.event_name as event, d.attempt,
    d.at, d.status_code as "statusCode", d.problem, d.duration_ms as "durationMs", m.status as state
    from webhook_delivery d join webhook_message m on m.id = d.message_id
    where d.webhook_id = ${webhookId}::uuid order by d.at desc, d.id desc limit ${limit}`);
