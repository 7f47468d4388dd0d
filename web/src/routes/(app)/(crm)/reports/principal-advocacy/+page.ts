import { principalAdvocacyEndpoints } from '#domain/crm/principal-advocacy.contract.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  const follows = ['crm.', 'inventory.'];
  await prefetched(queryClient, principalAdvocacyEndpoints.read, {}, { fetch, follows });
  return { crumbs: [{ label: 'Principals' }] };
};
