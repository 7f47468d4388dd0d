import { opportunityEndpoints } from '#domain/crm/opportunity.contract.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  await prefetched(queryClient, opportunityEndpoints.forecast, {}, { fetch, follows: ['crm.opportunity'] });
  return { crumbs: [{ label: 'Opportunities', href: '/opportunities' }, { label: 'Forecast' }] };
};
