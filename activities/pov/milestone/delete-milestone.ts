import { z } from 'zod';
import { ById, Id } from '../../../domain/platform/id.ts';
import { milestoneDeleted } from '../../../domain/pov/milestone.contract.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';
import { noteActivity } from '../note-activity.ts';
import { claimMilestone } from './find-milestone.ts';

export const deleteMilestone = verb(
  {
    name: 'delete-milestone',
    needs: 'pov:update',
    input: z.object({ povId: Id, phaseId: Id, milestoneId: Id }),
    output: ById,
  },
  async (ctx, ref) => {
    const { phase, milestone } = await claimMilestone(ctx, ref);
    lockVersion(ctx, milestone);
    milestone.deletedAt = new Date(ctx.now);
    noteActivity(ctx, ref.povId, 'milestone.deleted', { milestone: milestone.name, phase: phase.name });
    ctx.emit(milestoneDeleted, {
      povId: ref.povId,
      milestoneId: milestone.id,
      milestone: milestone.name,
      phase: phase.name,
    });
    return { id: milestone.id };
  },
);
