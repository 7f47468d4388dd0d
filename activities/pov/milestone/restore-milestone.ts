import { z } from 'zod';
import { Milestone } from '../../../db/pov/milestone.entity.ts';
import { Phase } from '../../../db/pov/phase.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { milestoneRestored } from '../../../domain/pov/milestone.contract.ts';
import { Milestone as MilestoneShape } from '../../../domain/pov/milestone.ts';
import { whyNotRestorePart } from '../../../domain/pov/pov-status.ts';
import { verb } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';
import { noteActivity } from '../note-activity.ts';

/** Brings a milestone back; one whose date has passed is found overdue by the process of its POV (PLT-005). */
export const restoreMilestone = verb(
  {
    name: 'restore-milestone',
    needs: 'pov:restore',
    input: z.object({ povId: Id, phaseId: Id, milestoneId: Id }),
    output: MilestoneShape,
  },
  async (ctx, { povId, phaseId, milestoneId }) => {
    const { em, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'edit');
    ctx.authorize('pov:restore', { ownerId: pov.ownerId });
    const phase = await em.findOne(Phase, { id: phaseId, povId }, { refresh: true });
    const milestone = await em.findOne(Milestone, { id: milestoneId, phaseId, povId }, { refresh: true });
    if (!phase || !milestone) throw notFound();
    if (!milestone.deletedAt) return shown(MilestoneShape, milestone);
    const why = phase.deletedAt
      ? `It belongs to ${phase.name}, which is deleted: restore that first`
      : whyNotRestorePart(pov);
    if (why) throw new Refusal('conflict', why);
    milestone.deletedAt = null;
    noteActivity(ctx, povId, 'milestone.restored', { milestone: milestone.name, phase: phase.name });
    emit(milestoneRestored, { povId, milestoneId, milestone: milestone.name, phase: phase.name });
    await em.flush();
    return shown(MilestoneShape, milestone);
  },
);
