import { ActivityFailure, ApplicationFailure } from '@temporalio/workflow';
import type { platformTasks } from '../../activities/platform/tasks.ts';
import type { platformVerbs } from '../../activities/platform/index.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockAdvanceRequested } from '../../domain/platform/sandbox.contract.ts';
import { say, sayEnded, startedBy } from './state.ts';
import { tasks, verbs } from './verbs.ts';

const { stepClock, finishAdvance } = verbs<typeof platformVerbs>();
const { awaitSettled } = tasks<typeof platformTasks>();

/** Moves a sandbox clock from one due instant to the next, each time waiting until every process has settled. */
export async function clockAdvance({ entityId: operationId }: ProcessInput): Promise<string> {
  startedBy(clockAdvanceRequested);
  try {
    return await end(operationId, await moved(operationId));
  } catch (e) {
    // A local activity's failure arrives bare, that of any other wrapped.
    if (e instanceof ActivityFailure) return end(operationId, [e.cause?.message ?? e.message]);
    if (e instanceof ApplicationFailure) return end(operationId, [e.message]);
    throw e;
  }
}

/** What is still busy in the end: nothing, if all went well. */
async function moved(operationId: string): Promise<string[]> {
  for (let step = 1; ; step++) {
    say(`Step ${step}`, {
      what: `Moving the clock, step ${step}: waiting for every process to settle`,
      on: 'every process of the tenant',
      then: 'the clock moves on',
      person: false,
    });
    const { busy } = await awaitSettled();
    if (busy.length) return busy;
    const { last } = await stepClock({ operationId });
    if (last) return (await awaitSettled()).busy;
  }
}

async function end(operationId: string, busy: string[]): Promise<string> {
  await finishAdvance({ operationId, busy });
  const result = busy.length ? 'failed' : 'done';
  sayEnded(result);
  return result;
}
