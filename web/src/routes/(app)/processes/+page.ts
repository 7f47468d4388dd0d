import { processEndpoints } from '#domain/platform/process.contract.ts';
import { processQuery } from '#lib/platform/process/process-filter.ts';
import { prefetched } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  const arranged = tablePrefetched(queryClient, 'processes', fetch);
  await prefetched(queryClient, processEndpoints.list, { query: processQuery(url) }, { fetch });
  await arranged;
};
