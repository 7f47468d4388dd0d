import { principalDistributorRelationships } from '#domain/crm/principal-distributor-relationship.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { partnerModule } from '#lib/crm/partner/partners.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = partnerModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(partnerModule) });
  const query = listQueryOf(partnerModule, url);
  await Promise.all([
    prefetched(queryClient, principalDistributorRelationships.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Partners' }] };
};
