import { error } from '@sveltejs/kit';
import { opportunities } from '#domain/crm/opportunity.ts';
import { Id } from '#domain/platform/id.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.opportunityId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const input = { params: { id: params.opportunityId } };
  const found = await loaded(queryClient, opportunities.endpoints.read, input, { fetch, follows: ['crm.'] });
  return { crumbs: [{ label: 'Opportunities', href: '/opportunities' }, { label: found.opportunityName }] };
};
