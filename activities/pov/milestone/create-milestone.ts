import { Milestone } from '../../../db/pov/milestone.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { Id } from '../../../domain/platform/id.ts';
import { milestoneCreated } from '../../../domain/pov/milestone.contract.ts';
import { CreateMilestone, Milestone as MilestoneShape } from '../../../domain/pov/milestone.ts';
import { verb } from '../../platform/verb.ts';
import { noteActivity } from '../note-activity.ts';
import { claimPhase } from './find-milestone.ts';

/** Adds a dated goal to a phase (POV-029). */
export const createMilestone = verb(
  {
    name: 'create-milestone',
    needs: 'pov:update',
    input: CreateMilestone.extend({ povId: Id, phaseId: Id }),
    output: MilestoneShape,
  },
  async (ctx, { povId, phaseId, dueDate, ...fields }) => {
    const { em, id, emit } = ctx;
    const { phase } = await claimPhase(ctx, { povId, phaseId });
    const milestone = em.create(Milestone, { id: id(), povId, phaseId, ...fields, dueDate: new Date(dueDate) });
    const { name } = milestone;
    noteActivity(ctx, povId, 'milestone.created', { milestone: name, phase: phase.name });
    emit(milestoneCreated, { povId, milestoneId: milestone.id, milestone: name, phase: phase.name });
    await em.flush();
    return shown(MilestoneShape, milestone);
  },
);
