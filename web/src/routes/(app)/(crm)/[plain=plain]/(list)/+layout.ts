import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { plainModule } from '#lib/plain/plain-modules.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, params, parent, fetch }) => {
  const { queryClient } = await parent();
  const module = plainModule(params.plain);
  const { pageType, follows, record, heading } = module;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(module) });
  const query = listQueryOf(module, url);
  await Promise.all([
    prefetched(queryClient, record.endpoints.list, { query }, { fetch, follows: [...follows] }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: heading }] };
};
