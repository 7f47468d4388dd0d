import { activityEndpoints } from '#domain/crm/activity/activity.contract.ts';
import { activityFilters, activityFollows, activityQuery } from '#lib/crm/activity/activity-filter.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  await openAsKept({ client: queryClient, fetch, url, pageType: 'activities', names: activityFilters });
  const query = activityQuery(url);
  await Promise.all([
    prefetched(queryClient, activityEndpoints.list, { query }, { fetch, follows: activityFollows }),
    tablePrefetched(queryClient, 'activities', fetch),
  ]);
  return { crumbs: [{ label: 'Activities' }] };
};
