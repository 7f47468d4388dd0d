import { accounts } from '#domain/crm/account.ts';
import { accountModule } from '#lib/crm/accounts.ts';
import { listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const query = listQueryOf(accountModule, url);
  await prefetched(queryClient, accounts.endpoints.list, { query }, { fetch, follows: accountModule.follows });
  return { crumbs: [{ label: 'Accounts' }] };
};
