import { userEndpoints } from '#domain/platform/identity/user.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import { userQuery } from '#lib/platform/users/user-filter.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  // Awaited in the browser, too: who may not read them gets the page that says so.
  await loaded(queryClient, userEndpoints.list, { query: userQuery(url) }, { fetch });
  return { crumbs: [{ label: 'Users' }] };
};
