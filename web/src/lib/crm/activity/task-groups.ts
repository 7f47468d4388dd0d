import type { Task } from '#domain/crm/activity/task.ts';
import { dayOf, daysAfter, sameTimeOn } from '#lib/platform/days.ts';

export interface TaskGroup {
  name: 'Overdue' | 'Today' | 'Later' | 'No date';
  tasks: Task[];
}

/** Open tasks by when they are due; empty groups vanish. */
export function byDue(tasks: readonly Task[], now: number, zone: string): TaskGroup[] {
  const today = dayOf(new Date(now).toISOString(), zone);
  const nameOf = ({ dueDate }: Task): TaskGroup['name'] => {
    if (!dueDate) return 'No date';
    if (Date.parse(dueDate) <= now) return 'Overdue';
    return dayOf(dueDate, zone) === today ? 'Today' : 'Later';
  };
  const names: TaskGroup['name'][] = ['Overdue', 'Today', 'Later', 'No date'];
  return names
    .map(name => ({ name, tasks: tasks.filter(task => nameOf(task) === name) }))
    .filter(group => group.tasks.length > 0);
}

/** When a task is to come up again; what snoozing offers. Who set a time of the day keeps it. */
export function snoozes(now: number, zone: string, due?: string | null): { label: string; dueDate: string }[] {
  const today = dayOf(new Date(now).toISOString(), zone);
  const until = (label: string, days: number) => ({ label, dueDate: sameTimeOn(daysAfter(today, days), due, zone) });
  return [until('Until tomorrow', 1), until('For three days', 3), until('For a week', 7)];
}
