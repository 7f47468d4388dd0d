import { z } from 'zod';
import { shown } from '../../db/pov/shown.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { phasesReordered } from '../../domain/pov/phase.contract.ts';
import { Phase as PhaseShape, reordered } from '../../domain/pov/phase.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';
import { phaseAmong, phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** Puts the named phases in the given order, in the places that they hold together (POV-031). */
export const reorderPhases = verb(
  {
    name: 'reorder-phases',
    needs: 'pov:update',
    input: z.object({ povId: Id, phaseIds: z.array(Id) }),
    output: z.object({ items: z.array(PhaseShape) }),
  },
  async (ctx, { povId, phaseIds }) => {
    const { em, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'edit');
    lockVersion(ctx, pov);
    const phases = await phasesOf(ctx, povId);
    if (new Set(phaseIds).size < phaseIds.length) throw invalidField('phaseIds', 'A phase is named twice');
    if (phaseIds.some(id => !phases.some(p => p.id === id)))
      throw invalidField('phaseIds', 'A phase is not of this POV');
    const sequence = reordered(
      phases.map(p => p.id),
      phaseIds,
    ).map(id => phaseAmong(phases, id));
    sequence.forEach((phase, i) => {
      phase.order = i;
    });
    noteActivity(ctx, povId, 'phases.reordered', { phases: sequence.map(p => p.name) });
    emit(phasesReordered, { povId, title: pov.title, phases: sequence.map(p => p.name) });
    await em.flush();
    return { items: sequence.map(p => shown(PhaseShape, p)) };
  },
);
