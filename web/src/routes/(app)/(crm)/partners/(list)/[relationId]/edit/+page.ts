import { error } from '@sveltejs/kit';
import { principalDistributorRelationships } from '#domain/crm/principal-distributor-relationship.ts';
import { Id } from '#domain/platform/id.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.relationId).success) error(404, 'This page does not exist');
  const { session, queryClient } = await parent();
  const may = scopeOf(session.permissions, 'principal-distributor-relationship:update');
  if (!may) error(403, 'Your role may not change relations.');
  const { read } = principalDistributorRelationships.endpoints;
  const found = await loaded(queryClient, read, { params: { id: params.relationId } }, { fetch });
  const record = { label: found.pairName ?? 'Relation', href: `/partners/${found.id}` };
  return { crumbs: [{ label: 'Partners', href: '/partners' }, record, { label: 'Edit' }] };
};
