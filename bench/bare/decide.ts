import { randomUUID } from 'node:crypto';
import type { Pool } from 'pg';

/** The rows of a decision in one transaction, under the same lock: the least that any program must do. */
export async function approve(pool: Pool, [tenantId, userId]: [string, string], instanceId: string): Promise<object> {
  const now = new Date();
  const db = await pool.connect();
  try {
    await db.query('begin');
    const locked = await db.query<{ status: string; version: number }>(
      'select status, version from workflow_instance where id = $1 for update', [instanceId],
    );
    const steps = await db.query<{ id: string; status: string; version: number; assignee_ids: string[] }>(
      'select id, status, version, assignee_ids from workflow_step where tenant_id = $1 and workflow_id = $2',
      [tenantId, instanceId],
    );
    const step = steps.rows[0];
    if (locked.rows[0]?.status !== 'in_progress' || step?.status !== 'pending') throw new Error('Already decided');
    const id = randomUUID();
    await db.query(`insert into decision (id, tenant_id, created_at, updated_at, created_by, updated_by, workflow_id,
      workflow_step_id, decision, decided_by, decided_at, step_version) values ($4, $1, $2, $2, $3, $3, $5, $6,
      'approved', $3, $2, $7)`, [tenantId, now, userId, id, instanceId, step.id, step.version]);
    await db.query(`update workflow_step set status = 'approved', decided_by = $2, decided_at = $3, updated_at = $3,
      updated_by = $2, version = version + 1 where id = $1`, [step.id, userId, now]);
    await db.query(`update workflow_instance set status = 'completed', completed_at = $3, updated_at = $3,
      updated_by = $2, version = version + 1 where id = $1`, [instanceId, userId, now]);
    const written = { decision: id, workflow_step: step.id, workflow_instance: instanceId };
    await db.query(`insert into audit_log (id, tenant_id, created_at, user_id, actor, actor_name, action, table_name,
      record_id, verb, new_values) select gen_random_uuid(), $1, $2, $3, $4, 'Robin', 'UPDATE', t.name, t.id,
      'decide-step', '{"status": "approved"}' from unnest($5::text[], $6::text[]) t (name, id)`,
      [tenantId, now, userId, `user:${userId}`, Object.keys(written), Object.values(written)]);
    await db.query(`insert into stream (entity_id, tenant_id, seq) values ($2, $1, 1)
      on conflict (entity_id) do update set seq = stream.seq + 1`, [tenantId, instanceId]);
    await db.query(`insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, actor,
      actor_name, at, delivered_at) values ($1, 'bare', $3, $3, 2, $4, '[]', 'approved', $5, 'Robin', $2, $2)`,
      [tenantId, now, instanceId, { instanceId, decision: 'approved' }, `user:${userId}`]);
    await db.query('commit');
    return { id: instanceId, status: 'completed' };
  } catch (error) {
    await db.query('rollback');
    throw error;
  } finally {
    db.release();
  }
}
