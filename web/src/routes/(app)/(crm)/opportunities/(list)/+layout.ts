import { opportunities } from '#domain/crm/opportunity.ts';
import { opportunityModule } from '#lib/crm/opportunities.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = opportunityModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(opportunityModule) });
  const query = listQueryOf(opportunityModule, url);
  await Promise.all([
    prefetched(queryClient, opportunities.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Opportunities' }] };
};
