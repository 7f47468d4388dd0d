import { createQuery, useQueryClient } from '@tanstack/svelte-query';
import { notificationEndpoints } from '#domain/platform/notification.contract.ts';
import { call } from '#lib/platform/client.ts';
import { reading } from '#lib/platform/query.ts';

/** Which approvals the reader was told of and has not looked at yet; looking marks what was told as read. */
export function useUnread() {
  const client = useQueryClient();
  const told = createQuery(() =>
    reading(notificationEndpoints.list, {
      query: { pageSize: 100, filter: { unread: 'true', referenceType: 'workflow-instance' } },
    }),
  );
  const items = $derived(told.data?.items ?? []);

  return {
    has: (instanceId: string): boolean => items.some(n => n.referenceId === instanceId),
    async looked(instanceId: string): Promise<void> {
      const mine = items.filter(n => n.referenceId === instanceId);
      if (mine.length === 0) return;
      await Promise.allSettled(mine.map(({ id }) => call(notificationEndpoints.markRead, { params: { id } })));
      await client.invalidateQueries({ queryKey: ['notifications'] });
    },
  };
}
