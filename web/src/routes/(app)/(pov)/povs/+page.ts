import { povEndpoints } from '#domain/pov/pov.contract.ts';
import { prefetched } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import { listQueryOf, povListFollows } from '#lib/pov/pov-filter.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const arranged = tablePrefetched(queryClient, 'povs', fetch);
  await prefetched(queryClient, povEndpoints.list, { query: listQueryOf(url) }, { fetch, follows: povListFollows });
  await arranged;
};
