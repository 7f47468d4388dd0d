import { Context } from '@temporalio/activity';
import { ApplicationFailure, WorkflowNotFoundError } from '@temporalio/common';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { orm } from '../../../db/platform/orm.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { engine, look, reasonOf, wake, withEngine, type Engine } from '../engine.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import { driftedProcesses } from '../metrics.ts';
import { processJobs } from '../job/try-job.ts';
import { beginCheck } from './begin-check.ts';
import { differenceOf, straysOf, type Asking, type Standing, type Stray } from './compare-views.ts';
import { endExecution } from './end-execution.ts';
import { noteFailed } from './note-failed.ts';
import { systemActor } from '../system-actor.ts';
import { leavesTheHouse, takeOver } from './take-over.ts';
import { run } from '../verb.ts';

export interface Drift {
  workflowId: string;
  database: string;
  engine: string;
  repaired: boolean;
  /** What they see differently, where both have it open. */
  difference?: string;
  /** Why the engine could not be asked, or the process not be repaired. */
  problem?: string;
}
export interface DriftPage {
  checked: number;
  drift: Drift[];
  /** How many workflows did not say where they stand. */
  unanswered?: number;
  /** The workflow id after which to go on; null when all are checked. */
  nextCursor: string | null;
}
/** Of all tenants. `drift` names the first of them, `drifted` counts all. */
export interface DriftReport {
  checked: number;
  drifted: number;
  drift: Drift[];
  /** The run of the check that says so. */
  run?: string;
}
interface Row extends Standing {
  type: string;
  entityId: string;
  status: string;
  result: string | null;
  runId: string | null;
}
interface Wanted {
  repair: boolean;
  cursor?: string;
  limit?: number;
  /** Also asks every workflow where it stands, and the engine what else it runs. */
  deep?: boolean;
}

/** How many processes the engine is asked about at once. */
const windowSize = 20;
/** How many drifts a report of all tenants names. */
const namedMax = 200;
/** Ways in which an execution ends without its process having come to an end. */
const broken = ['FAILED', 'TERMINATED', 'TIMED_OUT', 'CANCELLED'];

/**
 * Compares a page of a tenant's processes with the engine, by id (never by the engine's lists, which lag): open here
 * and not running there, or the reverse; a deep check also finds those that stand elsewhere there, and those that only
 * run there. Repairing restarts or wakes the process, which then reads its position from the database. One that cannot
 * be compared is reported and stops no other; an engine that is away stops all.
 */
export async function reconcilePage(
  tenantId: string,
  { repair, cursor = '', limit = windowSize, deep = false }: Wanted,
): Promise<DriftPage> {
  const rows = await readerOf(tenantId).rows<Row>(sql`
    select workflow_id as "workflowId", type, entity_id as "entityId", status, result,
      run_id as "runId", updated_at::text as "seenAt", stage, seen_seq as "seenSeq",
      waiting_for->>'sentence' as sentence
    from process where workflow_id > ${cursor} and updated_at < now() - interval '10 seconds'
      and (status <> 'closed' or updated_at > now() - interval '1 day')
    order by workflow_id limit ${limit}`);
  const asking: Asking | null = deep ? { unanswered: 0 } : null;
  const drift: (Drift | null)[] = [];
  for (let i = 0; i < rows.length; i += windowSize)
    drift.push(
      ...(await Promise.all(rows.slice(i, i + windowSize).map(row => compare(tenantId, row, { repair, asking })))),
    );
  const last = rows.length < limit;
  if (deep && last) {
    const strays = await withEngine(e => straysOf(e, tenantId));
    drift.push(...(await Promise.all(strays.map(stray => compareStray(tenantId, stray, repair)))));
  }
  return {
    checked: rows.length,
    drift: drift.filter(d => d !== null),
    ...(asking?.unanswered && { unanswered: asking.unanswered }),
    nextCursor: last ? null : rows.at(-1)!.workflowId,
  };
}

async function compare(
  tenantId: string, row: Row, { repair, asking }: { repair: boolean; asking: Asking | null },
): Promise<Drift | null> {
  const { workflowId, type, entityId, status: database, seenAt } = row;
  let state = 'UNKNOWN';
  try {
    state = await withEngine(e => stateOf(e, workflowId));
    if (row.result === terminated) return state === 'RUNNING' ? await compareEnded(tenantId, row, repair) : null;
    const agree = (database === 'closed') !== (state === 'RUNNING');
    const open = agree && database !== 'closed';
    const difference = open ? await differenceOf(engine(), tenantId, row, asking) : null;
    if (agree && difference === null) return null;
    if (database !== 'closed' && broken.includes(state)) {
      const why = await withEngine(e => endOf(e, workflowId, state));
      await run(noteFailed, { workflowId, why, seenAt }, { actor: systemActor(tenantId) });
    }
    if (repair && !(await takenOver(tenantId, row, state)))
      await withEngine(() => wake(engine(), type, workflowId, { v: 1, tenantId, entityId }));
    return { workflowId, database, engine: state, repaired: repair, ...(difference && { difference }) };
  } catch (e) {
    if (e instanceof Refusal) throw e;
    return { workflowId, database, engine: state, repaired: false, problem: reasonOf(e) };
  }
}

/**
 * An administrator has ended it here and it runs there. If it is the run of then, the engine is older, and it is ended
 * again; another one has begun since, and looks.
 */
async function compareEnded(
  tenantId: string, { workflowId, type, entityId, status: database, runId }: Row, repair: boolean,
): Promise<Drift> {
  const running = await withEngine(({ client }) => client.workflow.getHandle(workflowId).describe());
  if (repair && running.runId === runId) await endExecution(workflowId, 'It was ended in the product');
  else if (repair) await withEngine(() => wake(engine(), type, workflowId, { v: 1, tenantId, entityId }));
  return { workflowId, database, engine: running.status.name, repaired: repair };
}

/** Woken, it looks at the database: it ends, and ends as failed where the record is not there. */
async function compareStray(
  tenantId: string, { workflowId, type, entityId, database }: Stray, repair: boolean,
): Promise<Drift | null> {
  const state = await withEngine(e => stateOf(e, workflowId));
  if (state !== 'RUNNING') return null;
  if (repair && database === 'closed')
    await withEngine(() => wake(engine(), type, workflowId, { v: 1, tenantId, entityId }));
  else if (repair) await withEngine(({ client }) => client.workflow.getHandle(workflowId).signal(...look));
  return { workflowId, database, engine: state, repaired: repair };
}

async function takenOver(tenantId: string, { type, entityId }: Row, state: string): Promise<boolean> {
  if (!leavesTheHouse(type) || state !== 'COMPLETED') return false;
  return withEngine(({ client }) => takeOver(client, tenantId, { type, entityId }));
}

async function stateOf({ client }: Engine, workflowId: string): Promise<string> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name;
  } catch (e) {
    if (e instanceof WorkflowNotFoundError) return 'NOT_FOUND';
    throw e;
  }
}

/** In what way the engine ended an execution, and with what failure. */
async function endOf({ client }: Engine, workflowId: string, state: string): Promise<string> {
  const words = `The engine ended it (${state.toLowerCase().replace('_', ' ')})`;
  try {
    await client.workflow.getHandle(workflowId).result();
    return words;
  } catch (e) {
    const { cause } = e as Error;
    return state === 'FAILED' && cause instanceof Error && cause.message ? `${words}: ${cause.message}` : words;
  }
}

/** How far the scheduled check has come; an attempt after a lost worker goes on from here. */
export interface Progress {
  tenantId: string;
  cursor: string | null;
  report: DriftReport;
}

/**
 * The scheduled check of every tenant, with repair; its report is the result of the workflow run, and the next run is
 * told which one was the last. Where the database remembers another, the check is deep.
 */
export async function reconcileAll({ last }: { last?: string } = {}): Promise<DriftReport> {
  const context = Context.current();
  const runId = context.info.workflowExecution?.runId;
  const before = context.info.heartbeatDetails as Progress | undefined;
  const report: DriftReport = before?.report ?? { checked: 0, drifted: 0, drift: [], run: runId };
  for (const tenantId of await tenantsFrom(before?.tenantId)) {
    const known = await run(beginCheck, { run: runId ?? '' }, { actor: systemActor(tenantId) });
    const deep = known.before !== (last ?? null);
    let cursor: string | null = before?.tenantId === tenantId ? before.cursor : '';
    while (cursor !== null) {
      const page: DriftPage = await reconcilePage(tenantId, { repair: true, cursor, deep });
      if (page.unanswered) throw ApplicationFailure.retryable('Workflows do not say where they stand', 'unanswered');
      cursor = page.nextCursor;
      report.checked += page.checked;
      report.drifted += page.drift.length;
      driftedProcesses.inc(page.drift.length);
      report.drift.push(...page.drift.slice(0, namedMax - report.drift.length));
      context.heartbeat({ tenantId, cursor, report } satisfies Progress);
      context.cancellationSignal.throwIfAborted();
    }
    // After all else: to take a job up starts its process where the engine ended it, and that is to be found before.
    await run(processJobs, {}, { actor: systemActor(tenantId) });
  }
  return report;
}

const tenantsFrom = async (first = '00000000-0000-0000-0000-000000000000'): Promise<string[]> =>
  (
    await orm().em.fork().execute<{ id: string }[]>(
      `select id from tenant where id >= ? and not jsonb_exists(settings, 'seeding') order by id`, [first])
  ).map(t => t.id);
