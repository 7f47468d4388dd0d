import { accounts } from '#domain/crm/account.ts';
import { accountModule } from '#lib/crm/accounts.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = accountModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(accountModule) });
  const query = listQueryOf(accountModule, url);
  await Promise.all([
    prefetched(queryClient, accounts.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Accounts' }] };
};
