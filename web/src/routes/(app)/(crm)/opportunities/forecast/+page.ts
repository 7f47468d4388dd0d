import { opportunityEndpoints } from '#domain/crm/opportunity.contract.ts';
import { boardQueryOf } from '#lib/crm/board/board-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, parent, fetch }) => {
  const { queryClient, session } = await parent();
  const query = boardQueryOf(url, session.user.id);
  await prefetched(queryClient, opportunityEndpoints.forecast, { query }, { fetch, follows: ['crm.opportunity'] });
  return { crumbs: [{ label: 'Opportunities', href: '/opportunities' }, { label: 'Forecast' }] };
};
