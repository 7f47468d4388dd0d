import { resendEvent } from '../../activities/platform/outbox/resend-event.ts';
import { endExecution } from '../../activities/platform/process/end-execution.ts';
import { noteEndedRun } from '../../activities/platform/process/note-ended-run.ts';
import { noteRetried } from '../../activities/platform/process/note-retried.ts';
import { noteTerminated } from '../../activities/platform/process/note-terminated.ts';
import { engine, wake, withEngine } from '../../activities/platform/engine.ts';
import { deadEvents, newestRejectedInputs, processCounts, relayLag } from '../../db/platform/operations.query.ts';
import { processById, type ProcessRow } from '../../db/platform/processes.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { sql } from '../../db/platform/sql.ts';
import { processes } from '../../domain/index.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { operationsEndpoints } from '../../domain/platform/operations/operations.contract.ts';
import { whyNotTerminate } from '../../domain/platform/operations/process-steering.ts';
import { serve } from './serve.ts';

export const operationsRoutes = serve(operationsEndpoints, {
  read: async ({ report, services: { config } }) => {
    const [counts, relay, dead, rejectedInputs, state] = await Promise.all([
      processCounts(report),
      relayLag(report),
      deadEvents(report),
      newestRejectedInputs(report),
      engineState(),
    ]);
    const temporalUrl = `${config.TEMPORAL_UI_URL ?? ''}/namespaces/${config.TEMPORAL_NAMESPACE}/workflows`;
    return { processes: counts, engine: state, temporalUrl, relay, deadEvents: dead, rejectedInputs };
  },

  // First the note, then the engine: should the engine be away, the reconciler finds what was to start.
  retry: async ({ params: { workflowId }, read, run, actor: { tenantId } }) => {
    const { type, entityId } = await found(read, workflowId);
    const { status } = await run(noteRetried, { workflowId });
    // A request that is repeated with its key starts nothing that was ended since.
    if (!whyNotTerminate(await found(read, workflowId)))
      await withEngine(() => wake(engine(), type, workflowId, { v: 1, tenantId, entityId }));
    return { workflowId, status };
  },

  resend: ({ params, run }) => run(resendEvent, params),

  // First the engine, then the note: nothing is called ended that still runs.
  terminate: async ({ params: { workflowId }, body: { reason }, read, run, actor }) => {
    const row = await found(read, workflowId);
    // Nothing is ended a second time: the verb refuses, or repeats what it has answered to this key.
    if (whyNotTerminate(row)) return { workflowId, ...(await run(noteTerminated, { workflowId, reason })) };
    // The engine is told no name and no reason: whoever operates it need not know. Both stand in the audit log.
    const end = (): Promise<string | null> => endExecution(workflowId, `Ended in the product by ${actor.key}`);
    const first = await end();
    const noted = await run(noteTerminated, { workflowId, reason });
    // What was told between the two has started it again; from now on only something new does.
    const runId = (await end()) ?? first;
    if (runId !== null && runId !== row.runId) await run(noteEndedRun, { workflowId, runId, reason });
    return { workflowId, ...noted };
  },
});

async function found(read: Reader, workflowId: string): Promise<ProcessRow> {
  const row = await processById(read, workflowId, sql`true`);
  if (!row || !processes.some(p => p.type === row.type)) throw notFound();
  return row;
}

const engineState = (): Promise<'ok' | 'away'> =>
  withEngine(e => e.client.workflowService.getSystemInfo({})).then(
    () => 'ok',
    () => 'away',
  );
