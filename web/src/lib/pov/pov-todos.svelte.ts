import { createQuery } from '@tanstack/svelte-query';
import { eventEndpoints } from '#domain/platform/event.contract.ts';
import { povEndpoints } from '#domain/pov/pov.contract.ts';
import type { Todos } from '#lib/platform/home/todo.ts';
import { reading } from '#lib/platform/query.ts';
import { useMe } from '#lib/platform/session.svelte.ts';
import { milestoneEvents, overdueTodos, povTodo } from './pov-todo.ts';

/** What the reader's own POVs wait for: launches, phases to submit, outcomes, overdue milestones. */
export function usePovTodos(): Todos {
  const me = useMe();
  const enabled = me.may('pov:read');
  const mine = createQuery(() => ({
    ...reading(
      povEndpoints.list,
      { query: { pageSize: 100, member: me.user.id, status: 'PROJECTED,IN_PROGRESS,STALLED,VALIDATION' } },
      { follows: ['pov.', 'workflow.'] },
    ),
    enabled,
  }));
  const milestones = createQuery(() => ({
    ...reading(
      eventEndpoints.list,
      { query: { newest: 'true', limit: 200, name: milestoneEvents.join(',') } },
      { follows: ['pov.milestone'] },
    ),
    enabled,
  }));
  const items = $derived.by(() => {
    const povs = mine.data?.items ?? [];
    const moves = povs
      .map(p => povTodo(p, { userId: me.user.id, permissions: me.permissions }))
      .filter(t => t !== null);
    return [...overdueTodos(milestones.data?.items ?? [], povs), ...moves];
  });
  return {
    get items() {
      return items;
    },
    get loading() {
      return enabled && (mine.isPending || milestones.isPending);
    },
    get error() {
      return mine.error ?? milestones.error;
    },
  };
}
