import { Context } from '@temporalio/activity';
import { WorkflowNotFoundError } from '@temporalio/common';
import { readerOf } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import { orm } from '../../db/platform/orm.ts';
import { engine, wake, withEngine, type Engine } from './engine.ts';

export interface Drift {
  workflowId: string;
  database: string;
  engine: string;
  repaired: boolean;
}
export interface DriftReport {
  checked: number;
  drift: Drift[];
}
interface Row {
  workflowId: string;
  type: string;
  entityId: string;
  status: string;
}

/**
 * Compares the processes of a tenant with the engine, by id (never by the engine's lists, which lag): open here and
 * not running there, or the reverse. Repairing restarts or wakes the process, which then reads its position from the
 * database.
 */
export async function reconcileTenant(
  tenantId: string,
  repair: boolean,
  onEach: () => void = () => {},
): Promise<DriftReport> {
  const rows = await readerOf(tenantId).rows<Row>(sql`
    select workflow_id as "workflowId", type, entity_id as "entityId", status from process
    where (status <> 'closed' and updated_at < now() - interval '10 seconds')
       or (status = 'closed' and closed_at > now() - interval '1 day' and updated_at < now() - interval '10 seconds')
    order by started_at`);
  const drift: Drift[] = [];
  for (const row of rows) {
    onEach();
    const state = await withEngine(e => stateOf(e, row.workflowId));
    const fits = row.status === 'closed' ? state !== 'RUNNING' : state === 'RUNNING';
    if (fits) continue;
    if (repair) await wake(engine(), row.type, row.workflowId, { v: 1, tenantId, entityId: row.entityId });
    drift.push({ workflowId: row.workflowId, database: row.status, engine: state, repaired: repair });
  }
  return { checked: rows.length, drift };
}

async function stateOf({ client }: Engine, workflowId: string): Promise<string> {
  try {
    return (await client.workflow.getHandle(workflowId).describe()).status.name;
  } catch (e) {
    if (e instanceof WorkflowNotFoundError) return 'NOT_FOUND';
    throw e;
  }
}

/** The scheduled check of every tenant, with repair; its report is the result of the workflow run. */
export async function reconcileAll(): Promise<DriftReport> {
  const tenants = await orm().em.fork().execute<{ id: string }[]>('select id from tenant');
  const reports: DriftReport[] = [];
  for (const { id } of tenants) reports.push(await reconcileTenant(id, true, () => Context.current().heartbeat()));
  return { checked: reports.reduce((n, r) => n + r.checked, 0), drift: reports.flatMap(r => r.drift) };
}
