import { createQuery } from '@tanstack/svelte-query';
import { userEndpoints } from '#domain/platform/identity/user.contract.ts';
import { administrators, type User } from '#domain/platform/identity/user.ts';
import { reading } from '../query.ts';

/** Why somebody must remain who administers the tenant, or null: the API refuses the same in these words (PLT-043). */
export function useLastAdministrator(): (user: Pick<User, 'role' | 'active'> | null) => string | null {
  const filter = { role: { in: administrators.join(',') }, active: 'true' };
  const left = createQuery(() => reading(userEndpoints.list, { query: { pageSize: 1, filter } }));
  return user =>
    user?.active && administrators.includes(user.role) && left.data?.total === 1
      ? 'The last active administrator cannot be removed'
      : null;
}
