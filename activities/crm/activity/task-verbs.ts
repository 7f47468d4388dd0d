import { Task } from '../../../db/crm/activity/task.entity.ts';
import { taskPlanned, taskReminder } from '../../../domain/crm/activity/task.contract.ts';
import { isWatched, movedReminder } from '../../../domain/crm/activity/task-reminder-plan.ts';
import { isOpenTask, tasks, type TaskStatus } from '../../../domain/crm/activity/task.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { iso } from '../../../domain/platform/process.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { stampsBack } from '../../platform/job/put-back.ts';
import { notify } from '../../platform/notify.ts';
import { restartProcess } from '../../platform/process/start-process.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { rescore } from '../scoring/rescore.ts';
import { aboutWhom } from './about.ts';

export const taskVerbs = recordVerbs(tasks, Task, {
  complete: async (ctx, sent, before) => {
    const fields = await aboutWhom(ctx, sent, before);
    const status = (fields['status'] ?? before?.status) as TaskStatus;
    if (status !== 'completed') fields['completedAt'] = null;
    else if (before?.status !== 'completed') fields['completedAt'] = new Date(ctx.now);
    // What was said of another time was not said of this one.
    if (isMoved(fields['reminderAt'], before?.reminderAt)) fields['remindedAt'] = null;
    const stamps = stampsBack(ctx);
    if (!isMoved(fields['dueDate'], before?.dueDate)) return { ...fields, ...stamps };
    fields['overdueToldAt'] = null;
    const along = fields['reminderAt'] === undefined && before ? alongWith(fields, before, ctx.now) : {};
    return { ...fields, ...along, ...stamps };
  },
  follow: async (ctx, task, happened, before) => {
    if (!stampsBack(ctx)) await tellNewAssignee(ctx, task, happened, before);
    await followReminders(ctx, task, happened, before);
    const former = before?.['contactId'] as string | null | undefined;
    // How many tasks a contact has is all that a rule can ask of them.
    if (happened !== 'changed' || former !== task.contactId) await rescore(ctx, [task.contactId, former]);
  },
});

const isMoved = (at: unknown, before: Date | null | undefined): boolean =>
  at !== undefined && ms(at as string | null) !== ms(before);

const ms = (at: Date | string | null | undefined): number | null => (at ? +new Date(at) : null);

/** The reminder of a task that is put off, unless one is sent too; of a time that is over by then nothing is said. */
function alongWith(fields: Record<string, unknown>, before: Task, now: number): Record<string, unknown> {
  const was = { reminderAt: ms(before.reminderAt), dueDate: ms(before.dueDate) };
  const at = movedReminder(was, ms(fields['dueDate'] as string | null));
  if (at === was.reminderAt || at === null) return {};
  return { reminderAt: iso(at), remindedAt: at > now ? null : new Date(now) };
}

type Happened = keyof AnyRecord['events'];
type Before = Record<string, unknown> | null;

/** Who is given a task hears of it (CRM-085, APR-027), unless they took it themselves. */
async function tellNewAssignee(ctx: VerbContext, task: Task, happened: Happened, before: Before): Promise<void> {
  const given = happened === 'created' || (before && before['assigneeId'] !== task.assigneeId);
  if (!given || !isOpenTask(task.status) || task.assigneeId === ctx.actor.userId) return;
  await ctx.run(notify, {
    userIds: [task.assigneeId],
    ...rendered('task-assigned', { by: ctx.actor.name, task: task.title }),
    referenceType: 'task',
    referenceId: task.id,
    event: tasks.events[happened].name,
  });
}

/** The process of a task runs while there is something to wait for, and looks again when that is different. */
async function followReminders(ctx: VerbContext, task: Task, happened: Happened, before: Before): Promise<void> {
  if (before && planOf(before) === planOf({ ...task })) return;
  if (isWatched(task)) return watchTask(ctx, task);
  const was = happened === 'deleted' ? { ...task, deletedAt: null } : (before as Watched | null);
  if (was && isWatched(was)) ctx.emit(taskPlanned, { taskId: task.id, title: task.title });
}
type Watched = Parameters<typeof isWatched>[0];

/** What its process depends on, as one text. */
const planOf = ({ status, reminderAt, dueDate, assigneeId, title }: Record<string, unknown>): string =>
  JSON.stringify([status, reminderAt ?? null, dueDate ?? null, assigneeId, title]);

/** Starts the process of a task, or lets the one that runs look again. */
export async function watchTask(ctx: VerbContext, task: Task): Promise<void> {
  await restartProcess(ctx, taskReminder, task.id, { title: task.title, ownerId: task.assigneeId });
  ctx.emit(taskPlanned, { taskId: task.id, title: task.title });
}
