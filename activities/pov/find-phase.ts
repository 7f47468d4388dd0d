import { Phase } from '../../db/pov/phase.entity.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { inSequence } from '../../domain/pov/phase.ts';
import type { VerbContext } from '../platform/verb.ts';

/** The phases of a POV in sequence; claim the POV before changing one. */
export async function phasesOf({ em }: VerbContext, povId: string): Promise<Phase[]> {
  return (await em.find(Phase, { povId, deletedAt: null }, { refresh: true })).sort(inSequence);
}

export function phaseAmong(phases: readonly Phase[], phaseId: string): Phase {
  const phase = phases.find(p => p.id === phaseId);
  if (!phase) throw notFound();
  return phase;
}
