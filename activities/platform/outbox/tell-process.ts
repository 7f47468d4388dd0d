import type { Client } from '@temporalio/client';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { signalName } from '../../../domain/platform/contract.ts';
import { terminated } from '../../../domain/platform/operations/process-steering.ts';
import type { ProcessInput } from '../../../domain/platform/process.ts';
import { reasonOf, wake } from '../engine.ts';
import { log } from '../log.ts';
import { startAttributes } from '../process/search-attributes.ts';
import { leavesTheHouse, takeOver } from '../process/take-over.ts';
import { span } from '../tracing/tracing.ts';

/** That an event tells a process. */
export interface Told {
  workflowId: string;
  type: string;
  entityId: string;
  seq: number;
  title?: string;
  /** It was closed and is open again. */
  again?: boolean;
}
export interface Undelivered {
  id: string;
  tenant_id: string;
  name: string;
  tells: Told[];
  attempts: number;
  /** When it was recorded: milliseconds of the database's own clock. */
  at: number;
  /** Of the request that caused it. */
  traceparent: string | null;
}
export interface TellOptions {
  client: Client;
  taskQueue: string;
}
type Batch = readonly { row: Undelivered; told: Told }[];
type Reuse = 'REJECT_DUPLICATE' | 'ALLOW_DUPLICATE_FAILED_ONLY' | 'ALLOW_DUPLICATE';

const tellLimitMs = 5000;

/**
 * One call starts or signals: a process that the engine does not know (new, lost) starts from the database. One whose
 * execution has ended starts again only as far as the database has it open, for an event may be told late, or twice. A
 * signal only wakes, so a backlog sends one, of the newest event's name.
 */
export async function tellProcess(options: TellOptions, batch: Batch, stop: AbortSignal): Promise<void> {
  const { client } = options, { row, told } = batch.at(-1)!;
  const tell = async (): Promise<void> => {
    if (await isTaken(options, batch, 'REJECT_DUPLICATE')) return;
    if (!(await startsAgain(row.tenant_id, batch))) return;
    const again = batch.some(b => b.told.again);
    if (await isTaken(options, batch, again ? 'ALLOW_DUPLICATE' : 'ALLOW_DUPLICATE_FAILED_ONLY')) return;
    if (leavesTheHouse(told.type)) await endedThere(options, told, inputOf(row, told));
  };
  const traced = { kind: 'producer', parent: row.traceparent ?? undefined, attributes: { event: row.name } } as const;
  await client.withAbortSignal(stop, () => span(`tell ${told.type}`, traced, tell));
}

const inputOf = ({ tenant_id: tenantId }: Undelivered, { entityId }: Told): ProcessInput => ({
  v: 1, tenantId, entityId,
});

/** Whether the process was woken or started; not where an execution has ended that may not be followed by another. */
async function isTaken({ client, taskQueue }: TellOptions, batch: Batch, reuse: Reuse): Promise<boolean> {
  const { row, told } = batch.at(-1)!;
  const input = inputOf(row, told);
  try {
    await client.withDeadline(Date.now() + tellLimitMs, () =>
      client.workflow.signalWithStart(told.type, {
        workflowId: told.workflowId,
        taskQueue,
        args: [input],
        signal: signalName(row.name),
        signalArgs: [{ seq: told.seq, seqs: batch.map(b => b.told.seq), at: row.at }],
        workflowIdReusePolicy: reuse,
        workflowTaskTimeout: '5s',
        typedSearchAttributes: startAttributes(input, told.type),
        staticSummary: batch.find(b => b.told.title)?.told.title,
      }),
    );
    return true;
  } catch (e) {
    if ((e as Error).name !== 'WorkflowExecutionAlreadyStartedError') throw e;
    return false;
  }
}

/**
 * Whether a process that has ended in the engine is to go on: it is open here, or was opened again by what is told, and
 * if an administrator ended it, something has happened since.
 */
async function startsAgain(tenantId: string, batch: Batch): Promise<boolean> {
  const asked = sql`select status, result, seen_seq as "seenSeq" from process
    where workflow_id = ${batch[0]!.told.workflowId}`;
  const row = await readerOf(tenantId).row<{ status: string; result: string | null; seenSeq: number }>(asked);
  if (!row) return false;
  const news = batch.filter(b => b.told.seq > row.seenSeq);
  if (row.status === 'closed') return news.some(b => b.told.again);
  return row.result !== terminated || news.length > 0;
}

/**
 * A message that is open here and has ended there: the database is older than the engine. It is noted as sent, or else
 * begun anew. What fails here the reconciler does.
 */
async function endedThere(options: TellOptions, { type, workflowId }: Told, input: ProcessInput): Promise<void> {
  const { client } = options, { tenantId, entityId } = input;
  try {
    await client.withDeadline(Date.now() + tellLimitMs, async () => {
      const sent = await takeOver(client, tenantId, { type, entityId });
      if (!sent) await wake(options, type, workflowId, input);
    });
  } catch (e) {
    log.warn({ workflowId, err: reasonOf(e) }, 'relay could not take over what became of a message');
  }
}
