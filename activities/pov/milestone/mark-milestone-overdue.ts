import { z } from 'zod';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { Milestone } from '../../../db/pov/milestone.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { sayInstant } from '../../../domain/platform/sentence.ts';
import { milestoneOverdue } from '../../../domain/pov/milestone.contract.ts';
import { MilestoneStatus, statusByDate } from '../../../domain/pov/milestone.ts';
import { notify } from '../../platform/notify.ts';
import { verb } from '../../platform/verb.ts';
import { noteActivity } from '../note-activity.ts';
import { claimMilestone } from './find-milestone.ts';

/** A pending milestone whose date has passed becomes overdue, and the owner of the POV is told (POV-030). */
export const markMilestoneOverdue = verb(
  {
    name: 'mark-milestone-overdue',
    needs: 'process',
    input: z.object({ milestoneId: Id }),
    output: z.object({ milestoneId: Id, status: MilestoneStatus }),
  },
  async (ctx, { milestoneId }) => {
    const { em, now, tenantId } = ctx;
    const found = await em.findOne(Milestone, { id: milestoneId, deletedAt: null });
    if (!found) throw notFound();
    const { pov, phase, milestone } = await claimMilestone(ctx, {
      povId: found.povId,
      phaseId: found.phaseId,
      milestoneId,
    });
    if (milestone.status === 'PENDING' && statusByDate(milestone.status, +milestone.dueDate, now) === 'OVERDUE') {
      milestone.status = 'OVERDUE';
      const owner = await em.findOneOrFail(User, { id: pov.ownerId });
      const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
      const message = rendered('milestone-overdue', {
        milestone: milestone.name,
        phase: phase.name,
        pov: pov.title,
        dueDate: sayInstant(+milestone.dueDate, timeZone),
      });
      await ctx.run(notify, {
        userIds: [owner.id],
        ...message,
        referenceType: 'pov',
        referenceId: pov.id,
        event: milestoneOverdue.name,
      });
      noteActivity(ctx, pov.id, 'milestone.overdue', { milestone: milestone.name, phase: phase.name });
      ctx.emit(milestoneOverdue, {
        povId: pov.id,
        milestoneId,
        milestone: milestone.name,
        phase: phase.name,
        owner: owner.fullName,
      });
    }
    return { milestoneId, status: milestone.status };
  },
);
