import { roleEndpoints } from '#domain/platform/identity/role.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import { roleQuery } from '#lib/platform/roles/role-query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  const arranged = tablePrefetched(queryClient, 'roles', fetch);
  // Awaited in the browser, too: who may not read them gets the page that says so.
  await loaded(queryClient, roleEndpoints.list, { query: roleQuery(url) }, { fetch });
  await arranged;
  return { crumbs: [{ label: 'Roles' }] };
};
