import { roleEndpoints } from '#domain/platform/identity/role.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import { roleListQuery } from '#lib/platform/roles/use-roles.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, params }) => {
  const { queryClient } = await parent();
  const [role] = await Promise.all([
    loaded(queryClient, roleEndpoints.read, { params: { id: params.roleId } }, { fetch }),
    loaded(queryClient, roleEndpoints.list, { query: roleListQuery }, { fetch }),
  ]);
  return { role };
};
