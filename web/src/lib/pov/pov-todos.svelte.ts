import { createQuery } from '@tanstack/svelte-query';
import { milestoneEndpoints } from '#domain/pov/milestone.contract.ts';
import { povEndpoints } from '#domain/pov/pov.contract.ts';
import type { Todos } from '#lib/platform/home/todo.ts';
import { reading } from '#lib/platform/query.ts';
import { useMe } from '#lib/platform/session.svelte.ts';
import { overdueTodo, povTodo } from './pov-todo.ts';

const openOnes = 'PROJECTED,IN_PROGRESS,STALLED,VALIDATION';

/** What the reader's own POVs wait for: launches, phases to submit, outcomes, overdue milestones. */
export function usePovTodos(): Todos {
  const me = useMe();
  const enabled = me.may('pov:read');
  const mine = createQuery(() => ({
    ...reading(
      povEndpoints.list,
      { query: { pageSize: 100, member: me.user.id, status: openOnes } },
      { follows: ['pov.', 'workflow.'] },
    ),
    enabled,
  }));
  const milestones = createQuery(() => ({
    ...reading(
      milestoneEndpoints.everywhere,
      { query: { pageSize: 50, filter: { status: 'OVERDUE', member: me.user.id, povStatus: { in: openOnes } } } },
      { follows: ['pov.'] },
    ),
    enabled,
  }));
  const items = $derived.by(() => {
    const povs = mine.data?.items ?? [];
    const moves = povs
      .map(p => povTodo(p, { userId: me.user.id, permissions: me.permissions }))
      .filter(t => t !== null);
    return [...(milestones.data?.items ?? []).map(overdueTodo), ...moves];
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
