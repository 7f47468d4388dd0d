import { error } from '@sveltejs/kit';
import { accounts } from '#domain/crm/account.ts';
import { Id } from '#domain/platform/id.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.accountId).success) error(404, 'This page does not exist');
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'account:update')) error(403, 'Your role may not change accounts.');
  const found = await loaded(queryClient, accounts.endpoints.read, { params: { id: params.accountId } }, { fetch });
  const record = { label: found.accountName, href: `/accounts/${found.id}` };
  return { crumbs: [{ label: 'Accounts', href: '/accounts' }, record, { label: 'Edit' }] };
};
