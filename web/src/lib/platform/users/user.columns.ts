import type { User } from '#domain/platform/identity/user.ts';
import type { Column } from '#lib/ui/table/column.ts';

export const userColumns: Column<User>[] = [
  { key: 'fullName', label: 'Name', strong: true, sort: true },
  { key: 'username', label: 'User name', sort: true, muted: true, from: 'md' },
  { key: 'email', label: 'E-mail', sort: true, from: 'lg' },
  { key: 'role', label: 'Role', sort: true },
  { key: 'active', label: 'State', sort: true, from: 'sm' },
  { key: 'lastLogin', label: 'Last sign-in', sort: true, from: 'md' },
  { key: 'menu', label: 'More', hideLabel: true, width: '76px' },
];
