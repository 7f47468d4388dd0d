import { Milestone } from '../../../db/pov/milestone.entity.ts';
import type { Phase } from '../../../db/pov/phase.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { claimPov, type ClaimedPov } from '../claim-pov.ts';
import { phaseAmong, phasesOf } from '../find-phase.ts';

export interface MilestoneRef {
  povId: string;
  phaseId: string;
  milestoneId: string;
}

/** The phase under the lock of its POV. */
export async function claimPhase(
  ctx: VerbContext,
  { povId, phaseId }: Omit<MilestoneRef, 'milestoneId'>,
): Promise<ClaimedPov & { phase: Phase }> {
  const claimed = await claimPov(ctx, povId, 'edit');
  return { ...claimed, phase: phaseAmong(await phasesOf(ctx, povId), phaseId) };
}

/** The milestone under the lock of its POV. */
export async function claimMilestone(
  ctx: VerbContext,
  ref: MilestoneRef,
): Promise<ClaimedPov & { phase: Phase; milestone: Milestone }> {
  const claimed = await claimPhase(ctx, ref);
  const milestone = await ctx.em.findOne(
    Milestone,
    { id: ref.milestoneId, phaseId: ref.phaseId, deletedAt: null },
    { refresh: true },
  );
  if (!milestone) throw notFound();
  return { ...claimed, milestone };
}
