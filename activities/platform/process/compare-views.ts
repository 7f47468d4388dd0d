import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { WaitingFor } from '../../../domain/platform/process.ts';
import type { Engine } from '../engine.ts';

/** A process as its row says it stands. */
export interface Standing {
  workflowId: string;
  stage: string | null;
  sentence: string | null;
  seenSeq: number;
  seenAt: string;
}
interface State {
  stage: string;
  waitingFor: WaitingFor | null;
  seenSeq: number;
}

const queryLimitMs = 5_000,
  /** Without a worker every question waits for its limit: after so many no more are asked. */
  patience = 20;

/** How many workflows were asked in vain. */
export interface Asking {
  unanswered: number;
}

/**
 * What database and workflow see differently of a process that is open in both, as after one of them was restored from
 * an older copy; null where they agree, nobody answers, or the process has moved meanwhile.
 */
export async function differenceOf(
  { client }: Engine, tenantId: string, row: Standing, asking: Asking | null,
): Promise<string | null> {
  if (row.stage === null || asking === null) return null;
  if (asking.unanswered >= patience) {
    asking.unanswered += 1;
    return null;
  }
  const state = await client
    .withDeadline(Date.now() + queryLimitMs, () => client.workflow.getHandle(row.workflowId).query<State>('state'))
    .catch((e: unknown) => noteSilence(e, asking));
  if (!state || state.seenSeq === 0) return null;
  const difference = saidOf(row, state);
  return difference !== null && (await stillAt(tenantId, row)) ? difference : null;
}

const cancelled = 1,
  deadlineExceeded = 4;

function saidOf(row: Standing, { stage, waitingFor, seenSeq }: State): string | null {
  if (seenSeq !== row.seenSeq) return `The engine has read up to event ${seenSeq}, the database up to ${row.seenSeq}`;
  if (stage !== row.stage) return `The engine says ${stage}, the database ${row.stage}`;
  const sentence = waitingFor?.sentence ?? null;
  return sentence === row.sentence ? null : `The engine says “${sentence}”, the database “${row.sentence}”`;
}

const stillAt = async (tenantId: string, { workflowId, seenAt }: Standing): Promise<boolean> =>
  (await readerOf(tenantId).row<{ same: boolean }>(
    sql`select updated_at::text = ${seenAt} as same from process where workflow_id = ${workflowId}`,
  ))?.same ?? false;

/** Procedures answer no such question, and a workflow that cannot be replayed none: neither says anything. */
function noteSilence(error: unknown, asking: Asking): null {
  for (let e = error; e instanceof Error; e = e.cause as unknown) {
    const { code } = e as { code?: unknown };
    if (code === deadlineExceeded || code === cancelled) asking.unanswered += 1;
  }
  return null;
}

export interface Stray {
  workflowId: string;
  type: string;
  entityId: string;
  database: 'missing' | 'closed';
}

/**
 * Executions that run for the tenant, though the database has no such process (which is there before its execution), or
 * closed it long ago.
 */
export async function straysOf({ client }: Engine, tenantId: string): Promise<Stray[]> {
  const running = new Map<string, string>();
  const query = `TenantId = "${tenantId}" and ExecutionStatus = "Running"`;
  for await (const { workflowId, type } of client.workflow.list({ query, pageSize: 1000 }))
    running.set(workflowId, type);
  if (!running.size) return [];
  const rows = await readerOf(tenantId).rows<{ id: string; entityId: string; longClosed: boolean }>(sql`
    select workflow_id as id, entity_id as "entityId",
      (status = 'closed' and updated_at < now() - interval '1 day') as "longClosed"
    from process where workflow_id = any(${[...running.keys()]}::text[])`);
  for (const { id, longClosed } of rows) if (!longClosed) running.delete(id);
  const known = new Map(rows.map(r => [r.id, r.entityId]));
  return [...running].map(([workflowId, type]) => ({
    workflowId,
    type,
    entityId: known.get(workflowId) ?? '',
    database: known.has(workflowId) ? 'closed' : 'missing',
  }));
}
