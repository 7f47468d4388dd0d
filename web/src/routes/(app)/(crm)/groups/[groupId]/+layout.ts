import { error } from '@sveltejs/kit';
import { groups } from '#domain/crm/group/group.ts';
import { Id } from '#domain/platform/id.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.groupId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const input = { params: { id: params.groupId } };
  const found = await loaded(queryClient, groups.endpoints.read, input, { fetch, follows: ['crm.'] });
  return { crumbs: [{ label: 'Groups', href: '/groups' }, { label: found.groupName }] };
};
