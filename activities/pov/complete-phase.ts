import { z } from 'zod';
import { findApproval } from '../../db/approvals/approval.query.ts';
import type { Phase } from '../../db/pov/phase.entity.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { validatePhaseProgress } from '../../domain/pov/phase-progress.ts';
import { phaseCompleted } from '../../domain/pov/phase.contract.ts';
import { mergeDetails, PhaseStatus } from '../../domain/pov/phase.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { noteActivity } from './note-activity.ts';
import { phaseInRound } from './phase-in-round.ts';

/** A phase whose approval is complete is completed (APR-036). A round that is over by now changes nothing. */
export const completePhase = verb(
  {
    name: 'complete-phase', needs: 'process', input: z.object({ phaseId: Id, instanceId: Id }),
    output: z.object({ phaseId: Id, status: PhaseStatus }),
  },
  async (ctx, { phaseId, instanceId }) => {
    const { pov, phase, open } = await phaseInRound(ctx, phaseId, instanceId);
    if (open) {
      const approval = await findApproval(ctx.em, instanceId);
      const { valid, errors } = validatePhaseProgress(phase, approval && await approval.view());
      if (!valid) throw new Refusal('conflict', errors.join('; '), { reasons: errors });
      finishPhase(ctx, phase);
      noteActivity(ctx, pov.id, 'phase.completed', { phase: phase.name });
      ctx.emit(phaseCompleted, { povId: pov.id, phaseId, phase: phase.name, title: pov.title });
    }
    return { phaseId, status: phase.status };
  });

export function finishPhase({ now }: VerbContext, phase: Phase): void {
  phase.status = 'COMPLETED';
  phase.blockedAt = null;
  phase.completedAt = new Date(now);
  phase.submittedAt = null;
  phase.details = mergeDetails(phase.details ?? null, { metadata: { progress: 100 } });
}
