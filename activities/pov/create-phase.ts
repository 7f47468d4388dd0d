import { Phase } from '../../db/pov/phase.entity.ts';
import { shown } from '../../db/pov/shown.ts';
import { Id } from '../../domain/platform/id.ts';
import { phaseCreated } from '../../domain/pov/phase.contract.ts';
import { CreatePhase, Phase as PhaseShape } from '../../domain/pov/phase.ts';
import { verb } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';
import { phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** Adds a phase, last unless an order is said (POV-025). */
export const createPhase = verb(
  { name: 'create-phase', needs: 'pov:update', input: CreatePhase.safeExtend({ povId: Id }), output: PhaseShape },
  async (ctx, { povId, order, startDate, endDate, ...fields }) => {
    const { em, id, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'edit');
    const last = (await phasesOf(ctx, povId)).at(-1);
    const phase = em.create(Phase, {
      id: id(),
      povId,
      ...fields,
      order: order ?? (last ? last.order + 1 : 0),
      startDate: new Date(startDate),
      endDate: new Date(endDate),
    });
    noteActivity(ctx, povId, 'phase.created', { phase: phase.name });
    emit(phaseCreated, { povId, phaseId: phase.id, phase: phase.name, title: pov.title });
    await em.flush();
    return shown(PhaseShape, phase);
  },
);
