import type { ProcessSummary } from '#domain/platform/process.ts';
import type { Column } from '#lib/ui/table/column.ts';
import { aboutOf } from './process-words.ts';
import { kindWord } from '../kind-word.ts';

export const processColumns: Column<ProcessSummary>[] = [
  { key: 'title', label: 'About', strong: true, sort: true, text: aboutOf },
  { key: 'type', label: 'Process', sort: true, muted: true, text: p => kindWord(p.type), from: 'md' },
  { key: 'waitingFor', label: 'Waits for', width: '420px', from: 'sm' },
  { key: 'status', label: 'State', sort: true },
  { key: 'stage', label: 'Stage', sort: true, from: 'lg', text: p => p.stage && kindWord(p.stage) },
  { key: 'nextWakeAt', label: 'Wakes', sort: true, from: 'lg' },
];
