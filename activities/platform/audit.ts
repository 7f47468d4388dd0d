import { randomUUID } from 'node:crypto';
import type { EntityManager } from '@mikro-orm/postgresql';
import type { Change } from '../../db/platform/stamp.ts';
import type { Caller } from './verb.ts';

/** One row for each row written, in the same transaction (PLT-059, 060). */
export async function writeAudit(
  em: EntityManager,
  { verbName, caller, now }: { verbName: string; caller: Caller; now: number },
  changes: (Omit<Change, 'action'> & { action: string })[],
): Promise<void> {
  if (!changes.length) return;
  const { actor } = caller;
  const rows = changes.map(c => [
    randomUUID(),
    actor.tenantId,
    actor.userId,
    actor.key,
    actor.kind === 'user' ? actor.name : 'system',
    c.action,
    c.tableName,
    c.recordId,
    verbName,
    json(c.oldValues),
    json(c.newValues),
    actor.ip ?? null,
    actor.userAgent?.slice(0, 500) ?? null,
    caller.requestId ?? null,
    new Date(now),
  ]);
  await em.execute(
    `insert into audit_log (id, tenant_id, user_id, actor, actor_name, action, table_name, record_id, verb,
    old_values, new_values, ip_address, user_agent, request_id, created_at)
    values ${rows.map(r => `(${r.map(() => '?').join(', ')})`).join(', ')}`,
    rows.flat(),
    'run',
  );
}

const json = (values: Record<string, unknown> | null): string | null => (values ? JSON.stringify(values) : null);
