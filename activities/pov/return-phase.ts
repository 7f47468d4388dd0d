import { z } from 'zod';
import { findApproval } from '../../db/approvals/approval.query.ts';
import type { Instance } from '../../domain/approvals/instance.ts';
import { Id } from '../../domain/platform/id.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import { phaseReturned } from '../../domain/pov/phase.contract.ts';
import { PhaseStatus } from '../../domain/pov/phase.ts';
import { notify } from '../platform/notify.ts';
import { verb } from '../platform/verb.ts';
import { noteActivity } from './note-activity.ts';
import { phaseInRound } from './phase-in-round.ts';

/** A phase that was not approved goes back to work with the comment (APR-037); its owner hears of it. */
export const returnPhase = verb(
  {
    name: 'return-phase',
    needs: 'process',
    input: z.object({ phaseId: Id, instanceId: Id }),
    output: z.object({ phaseId: Id, status: PhaseStatus }),
  },
  async (ctx, { phaseId, instanceId }) => {
    const { pov, phase, open } = await phaseInRound(ctx, phaseId, instanceId);
    if (open) {
      const instance = await (await findApproval(ctx.em, instanceId))?.view();
      const comment = instance ? whyReturned(instance) : null;
      Object.assign(phase, {
        status: 'IN_PROGRESS',
        blockedAt: null,
        submittedAt: null,
        returnedAt: new Date(ctx.now),
        returnComment: comment,
      });
      phase.startedAt ??= new Date(ctx.now);
      // The approval itself tells whoever asked for it.
      const told = [pov.ownerId].filter(userId => userId !== instance?.requesterId);
      const message = rendered('phase-returned', { phase: phase.name, pov: pov.title, comment: comment ?? '' });
      await ctx.run(notify, {
        userIds: told,
        ...message,
        referenceType: 'pov',
        referenceId: pov.id,
        event: phaseReturned.name,
      });
      noteActivity(ctx, pov.id, 'phase.returned', { phase: phase.name, comment });
      ctx.emit(phaseReturned, { povId: pov.id, phaseId, phase: phase.name, title: pov.title, comment });
    }
    return { phaseId, status: phase.status };
  },
);

/** "Dana Okafor: the test data is missing", or how else the round ended. */
function whyReturned({ status, steps, cancelReason }: Instance): string {
  const rejected = steps.find(s => s.status === 'rejected');
  if (rejected) return [rejected.decidedByName, rejected.comment].filter(Boolean).join(': ');
  return status === 'cancelled' ? `Approval cancelled: ${cancelReason ?? ''}` : 'Nobody decided in time';
}
