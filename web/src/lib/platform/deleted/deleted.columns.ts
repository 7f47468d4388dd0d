import type { DeletedRecord } from '#domain/platform/deleted/deleted-record.contract.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { kindWord } from '../kind-word.ts';

export const deletedColumns: Column<DeletedRecord>[] = [
  { key: 'title', label: 'Record', strong: true, sort: true },
  { key: 'type', label: 'Type', text: row => kindWord(row.type), sort: true, from: 'sm' },
  { key: 'partOf', label: 'Belongs to', muted: true, from: 'lg' },
  { key: 'deletedAt', label: 'Deleted', sort: true, from: 'md' },
  { key: 'deletedByName', label: 'By', from: 'md' },
  { key: 'restore', label: 'Restore', hideLabel: true, number: true },
];
