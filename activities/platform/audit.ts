import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change } from '../../db/platform/stamp.ts';
import { transactionOf } from '../../db/platform/pool/transaction.ts';
import type { Caller } from './verb.ts';

/** One row for each row written, in the same transaction (PLT-059, 060). */
export function writeAudit(
  em: EntityManager,
  { verbName, caller, now }: { verbName: string; caller: Caller; now: number },
  changes: (Omit<Change, 'action'> & { action: string })[],
): void {
  if (!changes.length) return;
  const { actor } = caller;
  transactionOf(em).behind(
    `insert into audit_log (id, tenant_id, user_id, actor, actor_name, action, table_name, record_id, verb,
     old_values, new_values, ip_address, user_agent, request_id, created_at)
     select uuidv7(), $1, $2, $3, $4, c.action, c.table_name, c.record_id, $5,
       c.old_values, c.new_values, $6, $7, $8, $9
     from unnest($10::text[], $11::text[], $12::text[], $13::jsonb[], $14::jsonb[])
       as c (action, table_name, record_id, old_values, new_values)`,
    [
      actor.tenantId,
      actor.userId,
      actor.key,
      actor.kind === 'user' ? actor.name : 'system',
      verbName,
      actor.ip ?? null,
      actor.userAgent?.slice(0, 500) ?? null,
      caller.requestId ?? null,
      new Date(now).toISOString(),
      changes.map(c => c.action),
      changes.map(c => c.tableName),
      changes.map(c => c.recordId),
      changes.map(c => json(c.oldValues)),
      changes.map(c => json(c.newValues)),
    ],
  );
}

const json = (values: Record<string, unknown> | null): string | null => (values ? JSON.stringify(values) : null);
