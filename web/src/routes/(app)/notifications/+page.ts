import { notificationEndpoints } from '#domain/platform/notification.contract.ts';
import { notificationQuery } from '#lib/platform/notification/notification-filter.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  await prefetched(queryClient, notificationEndpoints.list, { query: notificationQuery(url) }, { fetch });
};
