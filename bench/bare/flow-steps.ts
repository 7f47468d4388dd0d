import { randomUUID } from 'node:crypto';
import type { Pool, PoolClient } from 'pg';
import { approve } from './decide.ts';
import type { FlowInput } from './flow.ts';

type Step = (input: FlowInput) => Promise<void>;
export interface FlowSteps {
  openStep: Step;
  decide: Step;
  close: Step;
}

/** The rows that asking for an approval writes. */
export const ask = (pool: Pool, { tenantId, instanceId: id, approverId }: FlowInput): Promise<void> =>
  transaction(pool, async db => {
    const now = new Date();
    const stepId = randomUUID();
    await db.query(`insert into workflow_instance (id, tenant_id, created_at, updated_at, title, reference_type,
      reference_id, story_id, metadata) values ($1, $2, $3, $3, 'Setup', 'invoice', $1, $1, '{}')`,
      [id, tenantId, now]);
    await db.query(`insert into workflow_step (id, tenant_id, created_at, updated_at, workflow_id, step_id, name,
      step_order, assignee_ids, metadata) values ($1, $2, $3, $3, $4, 'step-1', 'Manager', 0, array[$5::uuid], '{}')`,
      [stepId, tenantId, now, id, approverId]);
    await db.query(`insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, started_at)
      values ('wf-' || ($1::uuid)::text, $2, 'approval', 'workflow-instance', $1, 'Approval: Setup', $3)`,
      [id, tenantId, now]);
    await note(db, { tenantId, id, event: 'started' }, { workflow_instance: id, workflow_step: stepId });
  });

export const flowSteps = (pool: Pool): FlowSteps => ({
  openStep: ({ tenantId, instanceId: id, approverId }) =>
    transaction(pool, async db => {
      await db.query('select 1 from workflow_instance where id = $1 for update', [id]);
      const step = await db.query<{ id: string }>(`update workflow_step set opened_at = now(), version = version + 1
        where tenant_id = $1 and workflow_id = $2 returning id`, [tenantId, id]);
      await db.query(`update workflow_instance set status = 'in_progress', version = version + 1 where id = $1`, [id]);
      const told = await notify(db, { tenantId, id, userId: approverId });
      const written = { workflow_step: step.rows[0]!.id, workflow_instance: id, notification: told };
      await note(db, { tenantId, id, event: 'opened' }, written);
      await waiting(db, id, 'waiting');
    }),
  decide: async ({ tenantId, instanceId, approverId }) => {
    await approve(pool, [tenantId, approverId], instanceId).catch(onlyOnce);
  },
  close: ({ tenantId, instanceId: id, approverId }) =>
    transaction(pool, async db => {
      await db.query('select 1 from workflow_instance where id = $1 for update', [id]);
      await db.query('update workflow_instance set closed_at = now(), version = version + 1 where id = $1', [id]);
      const told = await notify(db, { tenantId, id, userId: approverId });
      await note(db, { tenantId, id, event: 'completed' }, { workflow_instance: id, notification: told });
      await waiting(db, id, 'closed');
    }),
});

/** A second try of a step that was done already. */
function onlyOnce(error: unknown): void {
  if (!(error instanceof Error && error.message === 'Already decided')) throw error;
}

interface Noted {
  tenantId: string;
  id: string;
  event: string;
}

async function note(db: PoolClient, { tenantId, id, event }: Noted, written: Record<string, string>): Promise<void> {
  await db.query(`insert into audit_log (id, tenant_id, created_at, actor, actor_name, action, table_name, record_id,
    verb, new_values) select gen_random_uuid(), $1, now(), 'process', 'system', 'UPDATE', t.name, t.id, $2, '{}'
    from unnest($3::text[], $4::text[]) t (name, id)`,
    [tenantId, event, Object.keys(written), Object.values(written)]);
  await db.query(`insert into stream (entity_id, tenant_id, seq) values ($2, $1, 1)
    on conflict (entity_id) do update set seq = stream.seq + 1`, [tenantId, id]);
  await db.query(`insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, actor,
    actor_name, at, delivered_at)
    values ($1, $3::text, $2, $2, 1, '{}', '[]', $3::text, 'process', 'system', now(), now())`,
    [tenantId, id, event]);
}

async function notify(db: PoolClient, to: { tenantId: string; id: string; userId: string }): Promise<string> {
  const id = randomUUID();
  await db.query(`insert into notification (id, tenant_id, created_at, updated_at, user_id, subject, body,
    reference_type, reference_id, status, metadata) values ($1, $2, now(), now(), $3, 'Setup', 'An approval',
    'workflow-instance', $4, 'delivered', '{}')`, [id, to.tenantId, to.userId, to.id]);
  return id;
}

const waiting = (db: PoolClient, id: string, status: string): Promise<unknown> =>
  db.query(`update process set status = $2, updated_at = now() where workflow_id = 'wf-' || $1::text`, [id, status]);

async function transaction(pool: Pool, work: (db: PoolClient) => Promise<void>): Promise<void> {
  const db = await pool.connect();
  try {
    await db.query('begin');
    await work(db);
    await db.query('commit');
  } catch (error) {
    await db.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    db.release();
  }
}
