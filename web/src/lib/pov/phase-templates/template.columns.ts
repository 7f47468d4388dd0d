import type { PhaseTemplateUsage } from '#domain/pov/phase-template.ts';
import type { Column } from '#lib/ui/table/column.ts';

export const templateColumns: Column<PhaseTemplateUsage>[] = [
  { key: 'name', label: 'Template', strong: true },
  { key: 'phases', label: 'Phases', from: 'md', muted: true, width: '100%' },
  { key: 'usage', label: 'Used by' },
  { key: 'updatedAt', label: 'Changed', muted: true, from: 'lg' },
  { key: 'menu', label: 'More', hideLabel: true, width: '76px' },
];

/** The POVs whose phases were made from a template, each once. */
export const povsOf = (template: PhaseTemplateUsage): PhaseTemplateUsage['phases'][number]['pov'][] => [
  ...new Map(template.phases.map(p => [p.pov.id, p.pov])).values(),
];
