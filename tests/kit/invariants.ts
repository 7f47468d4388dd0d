import { randomUUID } from 'node:crypto';
import { Client, Connection } from '@temporalio/client';
import type { DataConverter } from '@temporalio/common';
import type pg from 'pg';
import { connected } from '../../bin/database-roles.ts';
import { until } from './until.ts';

interface Wanted {
  ownerUrl: string;
  temporalAddress: string;
  /** For how long an execution may still run that has told its end. */
  patienceMs?: number;
  /** Reads what workflows say, where payloads are encrypted. */
  dataConverter?: DataConverter;
}

/** How often that time of a task was set: it is told of once for each. */
const timesSet = (field: string): string => `(select count(*) from audit_log a
  where a.table_name = 'task' and a.record_id = reference_id::text and a.new_values ? '${field}')`;

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
  // That of a task is told of what moves its times alone; every other of all that happens.
  'a process that has not read all': `select p.workflow_id as at
    from process p join stream s on s.entity_id = p.entity_id
    where p.status <> 'closed' and p.seen_seq not between (case p.type when 'taskReminder' then (
      select max((t->>'seq')::bigint) from outbox_event e, jsonb_array_elements(e.tells) t
      where e.entity_id = p.entity_id and t->>'workflowId' = p.workflow_id) else s.seq end) and s.seq`,
  'a process that neither ended nor waits': `select workflow_id as at from process
    where status not in ('closed', 'waiting') or stuck_reason is not null`,
  'an open process that says no sentence': `select workflow_id as at from process
    where status = 'waiting' and waiting_for is null`,
  'a phase completed twice': `select payload->>'phaseId' as at from outbox_event where name = 'pov.phase.completed'
    group by 1 having count(*) > 1`,
  'a completed phase without its approval': `select h.id as at from phase h where h.status = 'COMPLETED'
    and not exists (select 1 from workflow_instance i where i.id = h.approval_instance_id and i.status = 'completed')`,
  'a notification told twice': `select template_id || ' ' || reference_id || ' ' || user_id as at from notification
    where template_id <> 'approval-reminder' and reference_id is not null
    group by template_id, reference_id, user_id, type, subject, coalesce(metadata::text, '')
    having count(*) > case template_id when 'task-reminder' then ${timesSet('reminderAt')}
      when 'task-overdue' then ${timesSet('dueDate')}
      when 'job-settled' then greatest(1, (select j.round from job j where j.id = notification.reference_id))
      else 1 end`,
  'an event there twice': `select entity_id || ' ' || seq as at from outbox_event group by entity_id, seq
    having count(*) > 1`,
  'an activity without its event': `select pov_id as at from pov_activity a where not exists (
    select 1 from outbox_event e where e.story_id = a.pov_id and e.at = a.created_at)`,
  // Twice in one request; a process tells of one thing once at an instant.
  'an activity noted twice': `select pov_id as at from pov_activity a
    join audit_log l on l.table_name = 'pov_activity' and l.record_id = a.id::text
    group by pov_id, a.user_id, a.action, details, a.created_at, l.request_id having count(*) > 1`,
  'a webhook message without an event of its own': `select m.webhook_id || ' ' || m.name as at
    from (select webhook_id, event_name as name, (payload->'data'->>'entityId')::uuid as entity_id,
        (payload->>'timestamp')::timestamptz as moment, count(*) as n from webhook_message
      group by webhook_id, event_name, payload) m
    left join (select name, entity_id, at as moment, count(*) as n from outbox_event group by 1, 2, 3) e
      using (name, entity_id, moment) where m.n > coalesce(e.n, 0)`,
  'a notification without its event': `select id as at from notification n where type = 'in_app' and not exists (
      select 1 from outbox_event e where e.name = 'platform.notification.created' and e.at = n.created_at
        and e.payload->>'template' = n.template_id and e.payload->'userIds' ? n.user_id::text)
    union all select id from notification n where type <> 'in_app'
      and not exists (select 1 from mail m where m.id = n.id)`,
  'a mail without its event': `select id as at from mail m where not exists (
    select 1 from outbox_event e where e.name = 'platform.mail.queued' and e.entity_id = m.id)`,
  'a mail queued twice': `select min(m.id::text) as at from mail m left join notification n on n.id = m.id
    group by m.channel, m.to_address, m.subject, m.created_at, n.reference_id having count(*) > 1`,
  'a process without its event': `select workflow_id as at from process where workflow_id not in (
    select t->>'workflowId' from outbox_event e, jsonb_array_elements(e.tells) t where t ? 'workflowId')`,
  'a row of one tenant below a record of another': `select h.id as at from phase h join pov p on p.id = h.pov_id
      where h.tenant_id <> p.tenant_id
    union all select s.id from workflow_step s join workflow_instance i on i.id = s.workflow_id
      where s.tenant_id <> i.tenant_id
    union all select n.id from notification n join app_user u on u.id = n.user_id where n.tenant_id <> u.tenant_id
    union all select e.id from pov_activity e join pov p on p.id = e.pov_id where e.tenant_id <> p.tenant_id`,
};
/** Those whose statements name the tables of the catalog. */
const everywhere = ['a version without its audit row', 'a row that another tenant reads'] as const;
/** What the engine says beside the database. */
const running = ['a process that is closed and runs', 'a workflow that runs without its process'] as const;

/**
 * Versioned tables of which not each version has its audit row, and why. All others are written by verbs alone, which
 * count a version and write an audit row for each change.
 */
const unaudited: Record<string, string> = {
  app_user: 'tests make their people past the verbs, and each sign-in is noted without a row of its own',
  role: 'tests make their roles past the verbs',
  role_permission: 'the grid of a new version is written at once, with one row for all of it',
  session: 'its life is in the audit log by what people did, not by its row',
  notification: 'who marks all as read has one row for all of them',
  enrichment: 'that it has begun is noted without a row',
  webhook_message: 'written with its event, which is its cause',
  webhook_delivery: 'each is a note of a try already',
};
/** A score is not a version of its contact, though it has its audit row. */
const ofScore = `a.table_name = 'contact' and a.new_values - 'leadScore' = '{}'`;

/** What the checker looks for in the database, by name. */
export const invariants: readonly string[] = [...Object.keys(faults), ...everywhere, ...running];

/** What must hold after any fault, once all has settled: the faults found, none if it does. */
export async function brokenInvariants(
  { ownerUrl, temporalAddress, patienceMs, dataConverter }: Wanted,
): Promise<string[]> {
  const [db, connection] = await Promise.all([connected(ownerUrl), Connection.connect({ address: temporalAddress })]);
  const client = new Client({ connection, ...(dataConverter && { dataConverter }) });
  try {
    const rows = [...(await brokenRows(db)), ...(await leaks(db))];
    return [...rows, ...(await otherViews(db, client)), ...(await strays(db, client, patienceMs))];
  } finally {
    await Promise.all([db.end(), connection.close()]);
  }
}

/**
 * What the database alone says, which costs the workers nothing: asked again and again while they still work, where
 * the question to each workflow would keep them from it.
 */
export async function brokenRows(db: pg.Client): Promise<string[]> {
  const statements = { ...faults, [everywhere[0]]: await withoutAudit(db) };
  const found: string[] = [];
  for (const [name, statement] of Object.entries(statements)) {
    const { rows } = await db.query<{ at: string }>(statement);
    found.push(...saidOf(name, rows));
  }
  return found;
}

const saidOf = (name: string, rows: { at: string }[]): string[] =>
  rows.length ? [`${name}: ${rows.slice(0, 3).map(r => r.at).join(', ')} (${rows.length})`] : [];

/** Reads the audit log once for all tables, since it is asked again and again. */
async function withoutAudit(db: pg.Client): Promise<string> {
  const tables = (await tablesWith(db, ['id', 'tenant_id', 'version'])).filter(table => !(table in unaudited));
  const written = tables.map(t => `select '${t}' as name, id::text as id, version from "${t}"`).join(' union all ');
  return `with noted as (select table_name, record_id, count(*) as n from audit_log a
      where not coalesce(${ofScore}, false) group by 1, 2)
    select format('%s %s: version %s, %s audit rows', w.name, w.id, w.version, coalesce(n.n, 0)) as at
    from (${written}) w
    left join noted n on n.table_name = w.name and n.record_id = w.id where w.version <> coalesce(n.n, 0)`;
}

/**
 * Reads as the product does, by its role and under its policies: each tenant, and one that has no row anywhere, sees
 * none that is not its own in any table or view.
 */
async function leaks(db: pg.Client): Promise<string[]> {
  const { rows: tenants } = await db.query<{ id: string }>('select id from tenant');
  const tables = (await tablesWith(db, ['tenant_id'], 'rpvm')).map(
    t => `select '${t}' as at from "${t}" where tenant_id is distinct from current_setting('app.tenant')::uuid`,
  );
  // The right to read as that role is taken for this transaction alone.
  await db.query('begin; grant app to current_user with inherit false, set true; set local role app');
  try {
    const found: { at: string }[] = [];
    for (const id of [...tenants.map(t => t.id), randomUUID()]) {
      await db.query(`select set_config('app.tenant', $1, true)`, [id]);
      found.push(...(await db.query<{ at: string }>(tables.join(' union all '))).rows);
    }
    return saidOf(everywhere[1], found);
  } finally {
    await db.query('rollback');
  }
}

/** Tables (or other kinds) that have these columns and that the product may read. */
async function tablesWith(db: pg.Client, columns: string[], kinds = 'rp'): Promise<string[]> {
  const { rows } = await db.query<{ name: string }>(
    `select c.relname as name from pg_class c where c.relnamespace = 'public'::regnamespace
       and c.relkind = any(string_to_array($2, null)::"char"[]) and has_table_privilege('app', c.oid, 'select')
       and (select count(*) from pg_attribute a where a.attrelid = c.oid and a.attname = any($1)) = cardinality($1)
     order by 1`,
    [columns, kinds],
  );
  return rows.map(r => r.name);
}

/** Open processes whose workflow says something else than the row. */
async function otherViews(db: pg.Client, client: Client): Promise<string[]> {
  const { rows } = await db.query<{ id: string; stage: string; waitingFor: { sentence: string }; seenSeq: string }>(
    `select workflow_id as id, stage, waiting_for as "waitingFor", seen_seq as "seenSeq" from process
     where status <> 'closed' order by workflow_id`,
  );
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
}

/**
 * Executions of the tenants that run though their row is closed, or is not there. Who has told its end is still ending,
 * and lists of the engine come late: so it is asked until there are none, or for as long as that may take.
 */
async function strays(db: pg.Client, client: Client, patienceMs = 30_000): Promise<string[]> {
  let found: string[] = [];
  const none = async (): Promise<boolean> => (found = await straysNow(db, client)).length === 0;
  await until('no execution strays', none, patienceMs).catch((e: unknown) => {
    if (!found.length) throw e;
  });
  return found;
}

async function straysNow(db: pg.Client, client: Client): Promise<string[]> {
  const { rows: tenants } = await db.query<{ id: string }>('select id from tenant');
  const executing: string[] = [];
  for (const { id } of tenants) {
    const query = `TenantId = "${id}" and ExecutionStatus = "Running"`;
    for await (const { workflowId } of client.workflow.list({ query, pageSize: 1000 })) executing.push(workflowId);
  }
  const { rows } = await db.query<{ id: string; closed: boolean | null }>(
    `select id, p.status = 'closed' as closed from unnest($1::text[]) as id
     left join process p on p.workflow_id = id where p.status is null or p.status = 'closed' order by 1`,
    [executing],
  );
  const kinds = rows.map(({ id, closed }) => ({ name: running[closed ? 0 : 1], at: id }));
  return running.flatMap(name => saidOf(name, kinds.filter(kind => kind.name === name)));
}
