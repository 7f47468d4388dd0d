import { Client, Connection } from '@temporalio/client';
import type pg from 'pg';
import { connected } from '../../bin/database-roles.ts';

interface Wanted {
  ownerUrl: string;
  temporalAddress: string;
}

/** Tables whose rows are written by verbs alone: each version of a row has its audit row. */
const audited = ['pov', 'phase', 'milestone', 'team', 'team_member', 'workflow_instance', 'workflow_step'];

/** One statement each; a row that it finds is a fault, named by its first column. */
const faults: Record<string, string> = {
  'two decisions on one step': `select workflow_step_id as at from decision group by 1 having count(*) > 1`,
  'a step decided without its decision': `select id as at from workflow_step s where status in ('approved', 'rejected')
    and not exists (select 1 from decision d where d.workflow_step_id = s.id)`,
  'a decision that its step does not show': `select d.id as at from decision d
    join workflow_step s on s.id = d.workflow_step_id where s.status <> d.decision`,
  'an event without its position': 'select id as at from outbox_event where position is null',
  'an event not delivered': 'select id as at from outbox_event where delivered_at is null',
  'a gap in the positions': `select count(*)::text as at from outbox_event having max(position) <> count(*)`,
  'events out of order': `select id as at from (select id, position, entity_id, seq,
      lag(position) over w as before, lag(seq) over w as seq_before from outbox_event
      window w as (partition by entity_id order by id)) e
    where position <= before or seq <= seq_before`,
  'a process that has not read all': `select p.workflow_id as at
    from process p join stream s on s.entity_id = p.entity_id
    where p.status <> 'closed' and p.seen_seq <> s.seq`,
  'a process that neither ended nor waits': `select workflow_id as at from process
    where status not in ('closed', 'waiting') or stuck_reason is not null`,
  'an open process that says no sentence': `select workflow_id as at from process
    where status = 'waiting' and waiting_for is null`,
  'a phase completed twice': `select payload->>'phaseId' as at from outbox_event where name = 'pov.phase.completed'
    group by 1 having count(*) > 1`,
  'a completed phase without its approval': `select h.id as at from phase h where h.status = 'COMPLETED'
    and not exists (select 1 from workflow_instance i where i.id = h.approval_instance_id and i.status = 'completed')`,
  'a notification told twice': `select template_id || ' ' || reference_id || ' ' || user_id as at from notification
    where template_id <> 'approval-reminder'
    group by template_id, reference_id, user_id, coalesce(metadata::text, '') having count(*) > 1`,
  'a row of one tenant below a record of another': `select h.id as at from phase h join pov p on p.id = h.pov_id
      where h.tenant_id <> p.tenant_id
    union all select s.id from workflow_step s join workflow_instance i on i.id = s.workflow_id
      where s.tenant_id <> i.tenant_id
    union all select n.id from notification n join app_user u on u.id = n.user_id where n.tenant_id <> u.tenant_id
    union all select e.id from pov_activity e join pov p on p.id = e.pov_id where e.tenant_id <> p.tenant_id`,
  ...Object.fromEntries(
    audited.map(table => [
      `a version of ${table} without its audit row`,
      `select t.id as at from ${table} t where t.version <>
         (select count(*) from audit_log a where a.table_name = '${table}' and a.record_id = t.id::text)`,
    ]),
  ),
};

/** What the checker looks for in the database, by name. */
export const invariants: readonly string[] = Object.keys(faults);

/** What must hold after any fault, once all has settled: the faults found, none if it does. */
export async function brokenInvariants({ ownerUrl, temporalAddress }: Wanted): Promise<string[]> {
  const db = await connected(ownerUrl);
  try {
    return [...(await brokenRows(db)), ...(await otherViews(db, temporalAddress))];
  } finally {
    await db.end();
  }
}

/**
 * What the database alone says, which costs the workers nothing: asked again and again while they still work, where
 * the question to each workflow would keep them from it.
 */
export async function brokenRows(db: pg.Client): Promise<string[]> {
  const found: string[] = [];
  for (const [name, statement] of Object.entries(faults)) {
    const { rows } = await db.query<{ at: string }>(statement);
    if (rows.length) found.push(`${name}: ${rows.slice(0, 3).map(r => r.at).join(', ')} (${rows.length})`);
  }
  return found;
}

/** Open processes whose workflow says something else than the row. */
async function otherViews(db: pg.Client, address: string): Promise<string[]> {
  const { rows } = await db.query<{ id: string; stage: string; waitingFor: { sentence: string }; seenSeq: string }>(
    `select workflow_id as id, stage, waiting_for as "waitingFor", seen_seq as "seenSeq" from process
     where status <> 'closed' order by workflow_id`,
  );
  const connection = await Connection.connect({ address });
  const client = new Client({ connection });
  try {
    const found: string[] = [];
    for (const row of rows) {
      type State = { stage: string; waitingFor: { sentence: string } | null; seenSeq: number };
      const state = await client.workflow
        .getHandle(row.id)
        .query<State>('state')
        .catch((e: Error) => e.message);
      const same =
        typeof state !== 'string' &&
        state.stage === row.stage &&
        state.waitingFor?.sentence === row.waitingFor?.sentence &&
        state.seenSeq === Number(row.seenSeq);
      if (!same) found.push(`the workflow ${row.id} says ${JSON.stringify(state)}`);
    }
    return found;
  } finally {
    await connection.close();
  }
}
