import type { crmVerbs } from '../../activities/crm/index.ts';
import { taskPlanned, taskReminded } from '../../domain/crm/activity/task.contract.ts';
import type { ProcessInput } from '../../domain/platform/process.ts';
import { clockMoved } from '../../domain/platform/sandbox.contract.ts';
import { verbs } from '../platform/verbs.ts';
import { watch } from '../platform/watch.ts';

const { lookAtTask, remindAssignee } = verbs<typeof crmVerbs>();

/** The reminders of one task: at the time that was asked for and when it is overdue, until it is done. */
export async function taskReminder(input: ProcessInput): Promise<string> {
  return watch(input, lookAtTask, {
    remindAssignee: ({ taskId, about }) => remindAssignee({ taskId, about }),
  }, [taskPlanned, taskReminded, clockMoved]);
}
