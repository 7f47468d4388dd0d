import { userEndpoints } from '#domain/platform/identity/user.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import { userQuery } from '#lib/platform/users/user-filter.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  const arranged = tablePrefetched(queryClient, 'users', fetch);
  // Awaited in the browser, too: who may not read them gets the page that says so.
  await loaded(queryClient, userEndpoints.list, { query: userQuery(url) }, { fetch });
  await arranged;
  return { crumbs: [{ label: 'Users' }] };
};
