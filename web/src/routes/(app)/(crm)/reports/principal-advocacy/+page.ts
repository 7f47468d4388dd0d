import { principalAdvocacyEndpoints } from '#domain/crm/principal-advocacy.contract.ts';
import { prefetched } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  const follows = ['crm.', 'inventory.'];
  await Promise.all([
    prefetched(queryClient, principalAdvocacyEndpoints.read, {}, { fetch, follows }),
    tablePrefetched(queryClient, 'reports', fetch),
  ]);
  return { crumbs: [{ label: 'Principals' }] };
};
