import type { RoleView } from '#domain/platform/identity/role.contract.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { roleName } from './role-words.ts';

export const roleColumns: Column<RoleView>[] = [
  { key: 'name', label: 'Role', strong: true, sort: true, text: roleName },
  { key: 'builtIn', label: 'Kind', sort: true, from: 'sm' },
  { key: 'users', label: 'Active users', number: true },
  { key: 'permissions', label: 'Permissions', number: true, text: r => r.permissions.length, from: 'sm' },
  { key: 'code', label: 'Code', sort: true, muted: true, from: 'md' },
  { key: 'updatedAt', label: 'Changed', muted: true, from: 'lg' },
];
