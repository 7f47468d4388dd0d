import { accounts } from '#domain/crm/account.ts';
import { accountModule } from '#lib/crm/accounts.ts';
import { keptModule } from '#lib/crm/custom/use-module.svelte.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const module = keptModule(queryClient, accountModule);
  const { pageType, follows } = module;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(module) });
  const query = listQueryOf(module, url);
  await Promise.all([
    prefetched(queryClient, accounts.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Accounts' }] };
};
