import type { Column } from '#lib/ui/table/column.ts';
import { kindWord } from '../kind-word.ts';
import { summaryOf, type AuditRow } from './audit-changes.ts';

export const auditColumns: Column<AuditRow>[] = [
  { key: 'createdAt', label: 'When', strong: true, sort: true },
  { key: 'user', label: 'Who', sort: true },
  { key: 'action', label: 'Action', sort: true },
  { key: 'tableName', label: 'Table', sort: true, text: row => kindWord(row.tableName), from: 'sm' },
  { key: 'changes', label: 'Changed', text: summaryOf, from: 'md' },
  { key: 'verb', label: 'By', muted: true, sort: true, text: row => kindWord(row.verb), from: 'lg' },
  { key: 'recordId', label: 'Record', from: 'xl' },
];
