import { groups } from '#domain/crm/group/group.ts';
import { groupModule } from '#lib/crm/group/groups.ts';
import { listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const query = listQueryOf(groupModule, url);
  await prefetched(queryClient, groups.endpoints.list, { query }, { fetch, follows: groupModule.follows });
  return { crumbs: [{ label: 'Groups' }] };
};
