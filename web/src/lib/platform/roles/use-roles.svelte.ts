import { createQuery } from '@tanstack/svelte-query';
import { roleEndpoints, type RoleView } from '#domain/platform/identity/role.contract.ts';
import { reading } from '../query.ts';
import { useMe } from '../session.svelte.ts';

export const roleListQuery = { pageSize: 100 };

/** All roles; none for those who may not read them. */
export function useRoles(): { readonly all: RoleView[] } {
  const me = useMe();
  const list = createQuery(() => ({
    ...reading(roleEndpoints.list, { query: roleListQuery }),
    ...(me.may('role:read') ? {} : { enabled: false }),
  }));
  return {
    get all() {
      return list.data?.items ?? [];
    },
  };
}
