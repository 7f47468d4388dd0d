import { groups } from '#domain/crm/group/group.ts';
import { groupModule } from '#lib/crm/group/groups.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = groupModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(groupModule) });
  const query = listQueryOf(groupModule, url);
  await Promise.all([
    prefetched(queryClient, groups.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Groups' }] };
};
