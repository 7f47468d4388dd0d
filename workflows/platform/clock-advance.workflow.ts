import { setCurrentDetails, setDefaultSignalHandler } from '@temporalio/workflow';
import type { platformTasks } from '../../activities/platform/tasks.ts';
import type { platformVerbs } from '../../activities/platform/index.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { tasks, verbs } from './verbs.ts';

const { stepClock, finishAdvance } = verbs<typeof platformVerbs>();
const { awaitSettled } = tasks<typeof platformTasks>();

/** Moves a sandbox clock from one due instant to the next, each time waiting until every process has settled. */
export async function clockAdvance({ entityId: operationId }: ProcessInput): Promise<string> {
  setDefaultSignalHandler(() => {});
  for (let step = 1; ; step++) {
    setCurrentDetails(`Moving the clock, step ${step}`);
    const before = await awaitSettled();
    if (before.busy.length) return end(operationId, before.busy);
    const { last } = await stepClock({ operationId });
    if (last) return end(operationId, (await awaitSettled()).busy);
  }
}

async function end(operationId: string, busy: string[]): Promise<string> {
  await finishAdvance({ operationId, busy });
  return busy.length ? 'failed' : 'done';
}
