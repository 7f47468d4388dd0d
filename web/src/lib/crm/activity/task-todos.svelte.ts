import ListChecks from '@lucide/svelte/icons/list-checks';
import { createQuery } from '@tanstack/svelte-query';
import type { Task } from '#domain/crm/activity/task.ts';
import type { Todo, Todos } from '#lib/platform/home/todo.ts';
import { useMe } from '#lib/platform/session.svelte.ts';
import { useClock } from '#lib/ui/time/clock.svelte.ts';
import { myTasks } from './task-reading.ts';

/** What is due later than that is no matter of today. */
const soonMs = 48 * 3_600_000;

/** The reader's tasks that are overdue or due within two days. */
export function useTaskTodos(): Todos {
  const me = useMe();
  const clock = useClock();
  const enabled = me.may('task:read');
  const list = createQuery(() => ({ ...myTasks(me.user.id), enabled }));
  const items = $derived((list.data?.items ?? []).flatMap(task => taskTodo(task, clock.now + soonMs)));
  return {
    get items() {
      return items;
    },
    get loading() {
      return enabled && list.isPending;
    },
    get error() {
      return list.error;
    },
  };
}

function taskTodo(task: Task, before: number): Todo[] {
  const { id, title, dueDate: until, createdAt: since } = task;
  if (!until || Date.parse(until) > before) return [];
  const context = [task.contactName, task.accountName, task.opportunityName].filter(Boolean).join(', ') || 'Task';
  const href = `/tasks?task=${id}`;
  return [{ id: `task-${id}`, icon: ListChecks, title, context, since, until, href, action: 'Open' }];
}
