import { searchEndpoints } from '#domain/platform/search/search.contract.ts';
import { prefetched } from '#lib/platform/query.ts';
import { searchQuery } from '#lib/platform/search/search-query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  await prefetched(queryClient, searchEndpoints.search, { query: searchQuery(url) }, { fetch });
  return { crumbs: [{ label: 'Search' }] };
};
