import type { PhaseTemplateUsage } from '#domain/pov/phase-template.ts';
import type { Column } from '#lib/ui/table/column.ts';

export const templateColumns: Column<PhaseTemplateUsage>[] = [
  { key: 'name', label: 'Template', strong: true },
  { key: 'phases', label: 'Phases', from: 'md', muted: true, width: '100%' },
  { key: 'usage', label: 'Used by' },
  { key: 'updatedAt', label: 'Changed', muted: true, from: 'lg' },
  { key: 'menu', label: 'More', hideLabel: true, width: '76px' },
];

/** The POVs whose phases were made from a template, each once, as far as its newest phases tell. */
export const povsOf = (template: PhaseTemplateUsage): PhaseTemplateUsage['phases'][number]['pov'][] => [
  ...new Map(template.phases.map(p => [p.pov.id, p.pov])).values(),
];

/** What was made from a template, in words; POVs are counted where all of its phases are known. */
export function usageOf(template: PhaseTemplateUsage): string {
  const { usageCount, phases } = template;
  const povs = povsOf(template).length;
  if (usageCount === 0) return 'no POV';
  const made = `${usageCount} ${usageCount === 1 ? 'phase' : 'phases'}`;
  return usageCount > phases.length ? made : `${povs} ${povs === 1 ? 'POV' : 'POVs'}, ${made}`;
}
