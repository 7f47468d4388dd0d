import { z } from 'zod';
import { Milestone } from '../../db/pov/milestone.entity.ts';
import { Phase } from '../../db/pov/phase.entity.ts';
import { shown } from '../../db/pov/shown.ts';
import { notFound, Refusal } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { phaseRestored } from '../../domain/pov/phase.contract.ts';
import { broughtBack, Phase as PhaseShape, whyNotRestorePhase } from '../../domain/pov/phase.ts';
import { deletedBy } from '../platform/record/deleted-by.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';
import { deletePhase } from './delete-phase.ts';
import { phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** Brings a phase back with the milestones that went with it, where it breaks no sequence (PLT-005). */
export const restorePhase = verb(
  { name: 'restore-phase', needs: 'pov:restore', input: z.object({ povId: Id, phaseId: Id }), output: PhaseShape },
  async (ctx, { povId, phaseId }) => {
    const { em, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'edit');
    ctx.authorize('pov:restore', { ownerId: pov.ownerId });
    const phase = await em.findOne(Phase, { id: phaseId, povId }, { refresh: true });
    if (!phase) throw notFound();
    if (!phase.deletedAt) return shown(PhaseShape, phase);
    const why = whyNotRestorePhase(pov, phase);
    if (why) throw new Refusal('conflict', why);
    placeAgain(phase, await phasesOf(ctx, povId));
    phase.deletedAt = null;
    await restoreMilestones(ctx, phaseId);
    noteActivity(ctx, povId, 'phase.restored', { phase: phase.name });
    emit(phaseRestored, { povId, phaseId, phase: phase.name, title: pov.title });
    await em.flush();
    return shown(PhaseShape, phase);
  },
);

function placeAgain(phase: Phase, others: Phase[]): void {
  const { sequence, moved, status } = broughtBack(phase, others);
  if (moved) sequence.forEach((one, i) => {
    one.order = i;
  });
  if (status !== phase.status) Object.assign(phase, { status, startedAt: null, blockedAt: null });
}

async function restoreMilestones({ em }: VerbContext, phaseId: string): Promise<void> {
  const gone = await em.find(Milestone, { phaseId, deletedAt: { $ne: null } });
  const withIt = await deletedBy(em, [deletePhase.name], gone.map(milestone => milestone.id));
  for (const milestone of gone) if (withIt.has(milestone.id)) milestone.deletedAt = null;
}
