import type { ProcessSummary } from '#domain/platform/process.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { aboutOf } from '../process/process-words.ts';
import { kindWord } from '../kind-word.ts';

export const troubleColumns: Column<ProcessSummary>[] = [
  { key: 'title', label: 'About', strong: true, text: aboutOf, width: '220px' },
  { key: 'type', label: 'Process', muted: true, text: p => kindWord(p.type), from: 'lg', width: '140px' },
  { key: 'status', label: 'State', width: '110px' },
  { key: 'stuck', label: 'Why', from: 'sm' },
  { key: 'steer', label: 'Retry and more', hideLabel: true, width: '132px' },
];
