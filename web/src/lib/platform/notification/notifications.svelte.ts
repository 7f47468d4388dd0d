import { createMutation, useQueryClient } from '@tanstack/svelte-query';
import { notificationEndpoints } from '#domain/platform/notification.contract.ts';
import type { Notification } from '#domain/platform/notification.ts';
import { call } from '../client.ts';
import { keyOf } from '../query.ts';

interface Listed {
  items: Notification[];
}
const lists = keyOf(notificationEndpoints.list).slice(0, 2);
const counts = keyOf(notificationEndpoints.unreadCount).slice(0, 2);

/** Marking notifications as read: shown at once, put right by what the API says. */
export function useMarkRead() {
  const client = useQueryClient();
  const settle = (): Promise<void> => client.invalidateQueries({ queryKey: ['notifications'] });
  function show(read: (n: Notification) => boolean, left: (count: number) => number): void {
    const readAt = new Date().toISOString();
    client.setQueriesData<Listed>(
      { queryKey: lists },
      data =>
        data && {
          ...data,
          items: data.items.map(n => (read(n) && !n.readAt ? { ...n, readAt } : n)),
        },
    );
    client.setQueriesData<{ count: number }>(
      { queryKey: counts },
      data => data && { count: Math.max(0, left(data.count)) },
    );
  }

  const one = createMutation(() => ({
    mutationFn: (id: string) => call(notificationEndpoints.markRead, { params: { id } }),
    onMutate: (id: string) =>
      show(
        n => n.id === id,
        count => count - 1,
      ),
    onSettled: settle,
  }));
  const all = createMutation(() => ({
    mutationFn: () => call(notificationEndpoints.markAllRead, {}),
    onMutate: () =>
      show(
        () => true,
        () => 0,
      ),
    onSettled: settle,
  }));
  return {
    one: (n: Notification): void => {
      if (!n.readAt) one.mutate(n.id);
    },
    all: (): void => all.mutate(),
    get busy() {
      return all.isPending;
    },
  };
}
