import type { Column } from '#lib/ui/table/column.ts';
import type { KeyRow } from './key-words.ts';

export const keyColumns: Column<KeyRow>[] = [
  { key: 'name', label: 'Name', strong: true, sort: true },
  { key: 'user', label: 'Acts as', from: 'md' },
  { key: 'role', label: 'Role', sort: true, from: 'sm' },
  { key: 'prefix', label: 'Begins with', from: 'lg' },
  { key: 'lastUsedAt', label: 'Last used', sort: true, from: 'sm' },
  { key: 'expiresAt', label: 'Expires', sort: true, from: 'md' },
  { key: 'state', label: 'State' },
  { key: 'revoke', label: 'Revoke', hideLabel: true, width: '110px' },
];
