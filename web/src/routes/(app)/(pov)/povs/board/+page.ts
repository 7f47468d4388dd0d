import { povEndpoints } from '#domain/pov/pov.contract.ts';
import { prefetched } from '#lib/platform/query.ts';
import { filterOf, povListFollows } from '#lib/pov/pov-filter.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const query = { ...filterOf(url), status: undefined };
  await prefetched(queryClient, povEndpoints.board, { query }, { fetch, follows: povListFollows });
  return { crumbs: [{ label: 'POVs', href: '/povs' }, { label: 'Board' }] };
};
