import type { RoleView } from '#domain/platform/identity/role.contract.ts';
import { within } from '#domain/platform/identity/api-key.ts';
import { roleLabel } from '#domain/platform/role.ts';
import type { Option } from '#lib/ui/form/field.ts';
import type { Session } from '../session.svelte.ts';

/** What a role is called: by its own name, unless that is only its code. */
export const roleName = ({ code, name }: Pick<RoleView, 'code' | 'name'>): string =>
  name === code ? roleLabel(code) : name;

/** The name of a role by its code, as far as it is known. */
export const nameOfRole = (code: string, roles: readonly RoleView[]): string => {
  const role = roles.find(r => r.code === code);
  return role ? roleName(role) : roleLabel(code);
};

/** Why the reader may not hand out this role, or null: nobody gives more than they have. */
export const whyNotGive = (role: RoleView, me: Pick<Session, 'permissions' | 'user'>): string | null =>
  role.code !== me.user.role && !within(role.permissions, me.permissions) ? 'may do more than you' : null;

/** The roles to choose from; those that the reader may not give say why. */
export const roleOptions = (roles: readonly RoleView[], me: Pick<Session, 'permissions' | 'user'>): Option[] =>
  roles.map(role => ({ value: role.code, label: roleName(role), reason: whyNotGive(role, me) }));
