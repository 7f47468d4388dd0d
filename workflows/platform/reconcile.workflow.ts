import { workflowInfo } from '@temporalio/workflow';
import type { platformTasks } from '../../activities/platform/tasks.ts';
import { say, sayEnded } from './state.ts';
import { tasks } from './verbs.ts';

const { reconcileAll } = tasks<typeof platformTasks>();

/** Run by a schedule: finds processes that database and engine see differently, and repairs them. */
export async function reconcile(): Promise<Awaited<ReturnType<typeof reconcileAll>>> {
  say('Comparing', {
    what: 'Waiting for database and engine to be compared',
    on: 'the comparison',
    then: 'the next run comes by schedule',
    person: false,
  });
  const { run: last } = (workflowInfo().lastResult ?? {}) as { run?: string };
  const report = await reconcileAll({ last });
  sayEnded('compared');
  return report;
}
