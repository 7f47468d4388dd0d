import { Task } from '../../../db/crm/activity/task.entity.ts';
import { taskPlanned, taskReminder } from '../../../domain/crm/activity/task.contract.ts';
import { isWatched } from '../../../domain/crm/activity/task-reminder-plan.ts';
import { isOpenTask, tasks, type TaskStatus } from '../../../domain/crm/activity/task.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { notify } from '../../platform/notify.ts';
import { restartProcess } from '../../platform/process/start-process.ts';
import { recordVerbs, type Happened } from '../../platform/record/record-verbs.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { aboutWhom } from './about.ts';

export const taskVerbs = recordVerbs(tasks, Task, {
  complete: async (ctx, sent, before) => {
    const fields = await aboutWhom(ctx, sent, before);
    const status = (fields['status'] ?? before?.status) as TaskStatus;
    if (status !== 'completed') fields['completedAt'] = null;
    else if (before?.status !== 'completed') fields['completedAt'] = new Date(ctx.now);
    // What was said of another time was not said of this one.
    if (isMoved(fields['reminderAt'], before?.reminderAt)) fields['remindedAt'] = null;
    if (isMoved(fields['dueDate'], before?.dueDate)) fields['overdueToldAt'] = null;
    return fields;
  },
  follows: async (ctx, task, happened) => {
    await tellNewAssignee(ctx, task, happened);
    await followReminders(ctx, task, happened);
  },
});

const isMoved = (at: unknown, before: Date | null | undefined): boolean =>
  at !== undefined && (at === null ? null : +new Date(at as string)) !== (before ? +before : null);

/** Who is given a task hears of it (CRM-085, APR-027), unless they took it themselves. */
async function tellNewAssignee(ctx: VerbContext, task: Task, { what, fields }: Happened): Promise<void> {
  const given = what === 'created' || (what === 'changed' && fields.includes('assigneeId'));
  if (!given || !isOpenTask(task.status) || task.assigneeId === ctx.actor.userId) return;
  await ctx.run(notify, {
    userIds: [task.assigneeId],
    ...rendered('task-assigned', { by: ctx.actor.name, task: task.title }),
    referenceType: 'task',
    referenceId: task.id,
    event: what === 'created' ? tasks.events.created.name : tasks.events.changed.name,
  });
}

const planned = ['status', 'reminderAt', 'dueDate', 'assigneeId', 'title'];

/** The process of a task runs while there is something to wait for, and looks again when that is different. */
async function followReminders(ctx: VerbContext, task: Task, { what, fields, before }: Happened): Promise<void> {
  if (what === 'changed' && !fields.some(field => planned.includes(field))) return;
  if (isWatched(task)) return watchTask(ctx, task);
  if (before && isWatched(before as { status: TaskStatus })) ctx.emit(taskPlanned, { taskId: task.id, title: task.title });
}

/** Starts the process of a task, or lets the one that runs look again. */
export async function watchTask(ctx: VerbContext, task: Task): Promise<void> {
  await restartProcess(ctx, taskReminder, task.id, { title: task.title, ownerId: task.assigneeId });
  ctx.emit(taskPlanned, { taskId: task.id, title: task.title });
}
