import { error } from '@sveltejs/kit';
import { principalDistributorRelationships } from '#domain/crm/principal-distributor-relationship.ts';
import { Id } from '#domain/platform/id.ts';
import { partnerModule } from '#lib/crm/partner/partners.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.relationId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const { read } = principalDistributorRelationships.endpoints;
  const { follows } = partnerModule;
  const found = await loaded(queryClient, read, { params: { id: params.relationId } }, { fetch, follows });
  return { crumbs: [{ label: 'Partners', href: '/partners' }, { label: found.pairName ?? 'Relation' }] };
};
