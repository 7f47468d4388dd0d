import type { z } from 'zod';
import type { AuditEntry, AuditQuery } from '../../domain/platform/audit.ts';
import { listRows, type ListAnswer } from './list.query.ts';
import type { Reader } from './reader.ts';
import { anywhere, sql, type Sql } from './sql.ts';

type Row = z.input<typeof AuditEntry>;
const columns: Record<string, Sql> = {
  id: sql`a.id`,
  tenantId: sql`a.tenant_id`,
  userId: sql`a.user_id`,
  user: sql`a.actor_name`,
  action: sql`a.action`,
  tableName: sql`a.table_name`,
  recordId: sql`a.record_id`,
  verb: sql`a.verb`,
  oldValues: sql`a.old_values`,
  newValues: sql`a.new_values`,
  ipAddress: sql`a.ip_address`,
  userAgent: sql`a.user_agent`,
  requestId: sql`a.request_id`,
  createdAt: sql`a.created_at`,
  recordedAt: sql`a.recorded_at`,
};

/** The audit log, newest first; under a frozen clock by the order of writing (PLT-064, 065). */
export function listAudit(read: Reader, query: AuditQuery): Promise<ListAnswer<Row>> {
  const { userId, tableName, recordId, action, from, to, ...list } = query;
  const where = [
    userId && sql`a.user_id = ${userId}`,
    tableName && sql`a.table_name = ${tableName}`,
    recordId && sql`a.record_id = ${recordId}`,
    action && sql`a.action = ${action}`,
    from && sql`a.created_at >= ${from}::timestamptz`,
    to && sql`a.created_at <= ${to}::timestamptz`,
  ].filter((c): c is Sql => Boolean(c));
  return listRows<Row>(
    read,
    {
      columns,
      from: sql`audit_log a`,
      where,
      key: sql`a.id`,
      defaultSort: '-createdAt,-recordedAt',
      fields: {
        createdAt: { sql: sql`a.created_at`, kind: 'instant' },
        recordedAt: { sql: sql`a.recorded_at`, kind: 'instant' },
        userId: { sql: sql`a.user_id`, kind: 'uuid', nullable: true },
        user: { sql: sql`a.actor_name`, kind: 'text' },
        action: { sql: sql`a.action`, kind: 'text' },
        tableName: { sql: sql`a.table_name`, kind: 'text' },
        recordId: { sql: sql`a.record_id`, kind: 'text', nullable: true },
        verb: { sql: sql`a.verb`, kind: 'text' },
        ipAddress: { sql: sql`a.ip_address`, kind: 'text', nullable: true },
        requestId: { sql: sql`a.request_id`, kind: 'text', nullable: true },
      },
      search: text =>
        sql`(a.actor_name ilike ${anywhere(text)} or a.new_values::text ilike ${anywhere(text)}
          or a.old_values::text ilike ${anywhere(text)})`,
    },
    list,
  );
}
