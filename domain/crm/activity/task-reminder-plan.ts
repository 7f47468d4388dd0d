import { iso, type FutureEntry, type Plan } from '../../platform/process.ts';
import { waiting } from '../../platform/sentence.ts';
import { isOpenTask, type TaskStatus } from './task.ts';

export type Reminder = 'reminder' | 'overdue';
export type TaskReminderStep = { do: 'remindAssignee'; taskId: string; about: Reminder };

/** All that the process of a task depends on; instants in milliseconds. */
export interface TaskReminderState {
  timeZone: string;
  id: string;
  title: string;
  status: TaskStatus;
  deleted: boolean;
  since: number;
  reminderAt: number | null;
  dueDate: number | null;
  /** What was said already of these instants. */
  reminded: boolean;
  overdueTold: boolean;
  assigneeId: string;
  assigneeName: string;
}

/** Is there anything to wait for? Done, deleted and undated tasks have no process. */
export const isWatched = (
  task: { status: TaskStatus; reminderAt?: unknown; dueDate?: unknown; deletedAt?: unknown },
): boolean => isOpenTask(task.status) && !task.deletedAt && Boolean(task.reminderAt ?? task.dueDate);

/** The reminder of a task that comes to be due at another time moves along by as much. Instants in milliseconds. */
export const movedReminder = (
  { reminderAt, dueDate }: Pick<TaskReminderState, 'reminderAt' | 'dueDate'>, nextDue: number | null,
): number | null =>
  reminderAt === null || dueDate === null || nextDue === null ? reminderAt : reminderAt + nextDue - dueDate;

/** Tells the assignee once at the time of the reminder and once when the task is overdue, until it is done. */
export function taskReminderPlan(task: TaskReminderState, now: number): Plan<TaskReminderStep> {
  const { title, assigneeName, assigneeId, timeZone } = task;
  const base = {
    ownerId: assigneeId, referenceId: task.id, future: [], wakeAt: null, waitingFor: null, step: null,
    needsHuman: false, closed: null,
  };
  const over = endOf(task);
  if (over) return { ...base, stage: over, closed: over.toUpperCase() };
  const next = stillToSay(task);
  const due = next.find(n => n.at <= now);
  const stage = task.dueDate !== null && task.dueDate <= now ? 'Overdue' : 'Open';
  if (due) return { ...base, stage, step: { do: 'remindAssignee', taskId: task.id, about: due.about } };
  const first = next[0];
  return {
    ...base,
    stage,
    needsHuman: true,
    wakeAt: first?.at ?? null,
    future: next.map((n): FutureEntry =>
      ({ at: iso(n.at), kind: 'timer', what: `If ${title} is still open, ${n.what}` })),
    waitingFor: waiting(
      {
        what: `Waiting for ${assigneeName} to finish ${title}`,
        on: assigneeName,
        since: task.since,
        due: task.dueDate,
        until: first?.at ?? null,
        then: first?.what ?? 'nothing more is sent',
        person: true,
      },
      { now, timeZone },
    ),
  };
}

function endOf({ status, deleted, reminderAt, dueDate }: TaskReminderState): string | null {
  if (deleted) return 'Deleted';
  if (status === 'completed') return 'Completed';
  if (status === 'cancelled') return 'Cancelled';
  return reminderAt === null && dueDate === null ? 'Undated' : null;
}

interface Saying {
  at: number;
  about: Reminder;
  what: string;
}
function stillToSay(task: TaskReminderState): Saying[] {
  const { reminderAt, dueDate, reminded, overdueTold, assigneeName } = task;
  const sayings: Saying[] = [];
  if (reminderAt !== null && !reminded)
    sayings.push({ at: reminderAt, about: 'reminder', what: `${assigneeName} is reminded` });
  if (dueDate !== null && !overdueTold)
    sayings.push({ at: dueDate, about: 'overdue', what: `${assigneeName} is told that it is overdue` });
  return sayings.sort((a, b) => a.at - b.at);
}
