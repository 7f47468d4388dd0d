import { opportunities } from '#domain/crm/opportunity.ts';
import { opportunityModule } from '#lib/crm/opportunities.ts';
import { listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const query = listQueryOf(opportunityModule, url);
  await prefetched(queryClient, opportunities.endpoints.list, { query }, { fetch, follows: opportunityModule.follows });
  return { crumbs: [{ label: 'Opportunities' }] };
};
