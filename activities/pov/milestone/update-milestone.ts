import type { Milestone } from '../../../db/pov/milestone.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { milestoneChanged } from '../../../domain/pov/milestone.contract.ts';
import {
  Milestone as MilestoneShape,
  PatchMilestone,
  statusAfter,
  type MilestoneStatus,
} from '../../../domain/pov/milestone.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb, type VerbContext } from '../../platform/verb.ts';
import { changedFields } from '../changed-fields.ts';
import { noteActivity } from '../note-activity.ts';
import { claimMilestone } from './find-milestone.ts';

/** Changes a milestone; a later date opens an overdue one again. */
export const updateMilestone = verb(
  {
    name: 'update-milestone',
    needs: 'pov:update',
    output: MilestoneShape,
    input: PatchMilestone.extend({ povId: Id, phaseId: Id, milestoneId: Id }),
  },
  async (ctx, { povId, phaseId, milestoneId, version, status, dueDate, ...fields }) => {
    const { phase, milestone } = await claimMilestone(ctx, { povId, phaseId, milestoneId });
    lockVersion(ctx, milestone, version);
    const columns = { ...fields, ...(dueDate ? { dueDate: new Date(dueDate) } : {}) };
    const changed = changedFields(milestone, columns);
    ctx.em.assign(milestone, columns, { ignoreUndefined: true });
    if (moveMilestone(ctx, milestone, status)) changed.push('status');
    if (changed.length) {
      noteActivity(ctx, povId, 'milestone.updated', {
        milestone: milestone.name,
        fields: changed,
        status: milestone.status,
      });
      ctx.emit(milestoneChanged, {
        povId,
        milestoneId,
        milestone: milestone.name,
        phase: phase.name,
        status: milestone.status,
        fields: changed,
      });
    }
    await ctx.em.flush();
    return shown(MilestoneShape, milestone);
  },
);

function moveMilestone({ now }: VerbContext, milestone: Milestone, asked: MilestoneStatus | undefined): boolean {
  const before = milestone.status;
  const after = statusAfter(before, asked, +milestone.dueDate, now);
  if (asked === 'OVERDUE' && after !== 'OVERDUE')
    throw invalidField('status', 'A milestone is overdue only after its date');
  milestone.status = after;
  milestone.completedAt = after === 'COMPLETED' ? (milestone.completedAt ?? new Date(now)) : null;
  return after !== before;
}
