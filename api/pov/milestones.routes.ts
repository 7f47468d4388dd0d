import { createMilestone } from '../../activities/pov/milestone/create-milestone.ts';
import { deleteMilestone } from '../../activities/pov/milestone/delete-milestone.ts';
import { restoreMilestone } from '../../activities/pov/milestone/restore-milestone.ts';
import { updateMilestone } from '../../activities/pov/milestone/update-milestone.ts';
import { listMilestones, listMilestonesEverywhere, readMilestone } from '../../db/pov/milestones.query.ts';
import { readPhase } from '../../db/pov/phases.query.ts';
import { seePov } from '../../db/pov/pov-scope.query.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { milestoneEndpoints } from '../../domain/pov/milestone.contract.ts';
import { serve } from '../platform/serve.ts';

export const milestones = serve(milestoneEndpoints, {
  everywhere: ({ query, read, actor }) => listMilestonesEverywhere(read, actor, query),
  list: async ({ params, query, read, actor }) => {
    await seePov(read, actor, params.id);
    if (!await readPhase(read, params.id, params.phaseId)) throw notFound();
    return listMilestones(read, params.id, params.phaseId, query);
  },
  create: ({ params, body, run }) => run(createMilestone, { ...body, povId: params.id, phaseId: params.phaseId }),
  read: async ({ params, read, actor }) => {
    await seePov(read, actor, params.id);
    const milestone = await readMilestone(read, params.id, params.phaseId, params.milestoneId);
    if (!milestone) throw notFound();
    return milestone;
  },
  update: ({ params: { id, ...ref }, body, run }) => run(updateMilestone, { ...body, ...ref, povId: id }),
  delete: ({ params: { id, ...ref }, run }) => run(deleteMilestone, { ...ref, povId: id }),
  restore: ({ params: { id, ...ref }, run }) => run(restoreMilestone, { ...ref, povId: id }),
});
