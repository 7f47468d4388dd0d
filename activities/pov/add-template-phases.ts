import type { PhaseTemplate } from '../../db/pov/phase-template.entity.ts';
import { Phase } from '../../db/pov/phase.entity.ts';
import type { Pov } from '../../db/pov/pov.entity.ts';
import { spreadPhases } from '../../domain/pov/phase-spread.ts';
import type { VerbContext } from '../platform/verb.ts';

/** One phase for each definition of the template, spread over the dates of the POV (POV-063, 064). */
export function addTemplatePhases(
  { em, id }: VerbContext,
  pov: Pov,
  template: PhaseTemplate,
  firstOrder: number,
): Phase[] {
  const spans = spreadPhases(
    { startDate: pov.startDate.toISOString(), endDate: pov.endDate.toISOString() },
    template.workflow.length,
  );
  return template.workflow.map(({ name, description, type, details }, i) =>
    em.create(Phase, {
      id: id(),
      povId: pov.id,
      templateId: template.id,
      name,
      description,
      type,
      order: firstOrder + i,
      startDate: new Date(spans[i]!.startDate),
      endDate: new Date(spans[i]!.endDate),
      details: {
        ...details,
        metadata: { status: 'NOT_STARTED', progress: 0, ...(details['metadata'] as object | undefined) },
      },
    }),
  );
}
