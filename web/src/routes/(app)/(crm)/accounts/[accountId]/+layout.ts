import { error } from '@sveltejs/kit';
import { accounts } from '#domain/crm/account.ts';
import { Id } from '#domain/platform/id.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch, url }) => {
  if (!Id.safeParse(params.accountId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const input = { params: { id: params.accountId } };
  const found = await loaded(queryClient, accounts.endpoints.read, input, { fetch, follows: ['crm.'], at: url });
  return { crumbs: [{ label: 'Accounts', href: '/accounts' }, { label: found.accountName }] };
};
