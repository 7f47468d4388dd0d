import { phaseTemplateEndpoints } from '#domain/pov/phase-template.contract.ts';
import type { PhaseTemplate } from '#domain/pov/phase-template.ts';
import { reading, type Reading } from '#lib/platform/query.ts';
import type { Option } from '#lib/ui/form/field.ts';

/** The templates that a POV may be given; the default one first. */
export const templatesReading = (options: Reading = {}) =>
  reading(
    phaseTemplateEndpoints.choose,
    { query: { pageSize: 100 } },
    { ...options, follows: ['pov.phase-template.'] },
  );

export const templateOptions = (templates: readonly PhaseTemplate[] = []): Option[] =>
  templates.map(t => ({
    value: t.id,
    label: t.name,
    meta: `${t.workflow.length} ${t.workflow.length === 1 ? 'phase' : 'phases'}${t.isDefault ? ', default' : ''}`,
  }));
