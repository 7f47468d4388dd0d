import { Phase } from '../../db/pov/phase.entity.ts';
import type { Pov } from '../../db/pov/pov.entity.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { VerbContext } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';

/** The phase under the lock of its POV, and whether this round of approval is still its open one. */
export async function phaseInRound(
  ctx: VerbContext,
  phaseId: string,
  instanceId: string,
): Promise<{ pov: Pov; phase: Phase; open: boolean }> {
  const found = await ctx.em.findOne(Phase, { id: phaseId, deletedAt: null });
  if (!found) throw notFound();
  const { pov } = await claimPov(ctx, found.povId, 'edit');
  const phase = await ctx.em.findOneOrFail(Phase, { id: phaseId }, { refresh: true });
  return {
    pov,
    phase,
    open: phase.approvalInstanceId === instanceId && Boolean(phase.submittedAt) && !phase.deletedAt,
  };
}
