import { z } from 'zod';
import { Milestone } from '../../db/pov/milestone.entity.ts';
import type { Phase } from '../../db/pov/phase.entity.ts';
import { ById, Id } from '../../domain/platform/id.ts';
import { phaseDeleted } from '../../domain/pov/phase.contract.ts';
import { withdrawInstance } from '../approvals/withdraw-instance.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';
import { phaseAmong, phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** Deletes a phase with its milestones; its open approval is withdrawn. */
export const deletePhase = verb(
  { name: 'delete-phase', needs: 'pov:update', input: z.object({ povId: Id, phaseId: Id }), output: ById },
  async (ctx, { povId, phaseId }) => {
    const { em, now, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'edit');
    const phase = phaseAmong(await phasesOf(ctx, povId), phaseId);
    lockVersion(ctx, phase);
    await withdrawApproval(ctx, phase, `${phase.name} was deleted`);
    phase.deletedAt = new Date(now);
    for (const milestone of await em.find(Milestone, { phaseId, deletedAt: null })) milestone.deletedAt = new Date(now);
    noteActivity(ctx, povId, 'phase.deleted', { phase: phase.name });
    emit(phaseDeleted, { povId, phaseId, phase: phase.name, title: pov.title });
    return { id: phaseId };
  });

/** Nobody needs to approve it any more. */
export async function withdrawApproval(ctx: VerbContext, phase: Phase, reason: string): Promise<void> {
  if (!phase.submittedAt || !phase.approvalInstanceId) return;
  await ctx.run(withdrawInstance, { instanceId: phase.approvalInstanceId, reason });
  phase.submittedAt = null;
}
