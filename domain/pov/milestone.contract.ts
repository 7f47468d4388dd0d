import { z } from 'zod';
import { endpoint, event } from '../platform/contract.ts';
import { Id } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import {
  CreateMilestone,
  Milestone,
  MilestoneOfPov,
  MilestoneStatus,
  milestoneStatusLabel,
  PatchMilestone,
} from './milestone.ts';
import { tellsPov } from './pov-lifecycle.contract.ts';

const path = '/api/povs/:id/phases/:phaseId/milestones';
const one = `${path}/:milestoneId`;
const ByPhase = z.object({ id: Id, phaseId: Id });
const ByMilestone = ByPhase.extend({ milestoneId: Id });

/** POV-031. */
export const milestoneEndpoints = {
  everywhere: endpoint({
    method: 'GET',
    path: '/api/milestones',
    needs: 'pov:read',
    query: ListQuery,
    returns: listOf(MilestoneOfPov),
    summary: 'Milestones of every POV that the caller may read, by date',
  }),
  list: endpoint({
    method: 'GET',
    path,
    needs: 'pov:read',
    params: ByPhase,
    query: ListQuery,
    returns: listOf(Milestone),
    summary: 'The milestones of a phase by date',
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'pov:update',
    params: ByPhase,
    body: CreateMilestone,
    returns: Milestone,
    status: 201,
    summary: 'Add a milestone',
  }),
  read: endpoint({
    method: 'GET',
    path: one,
    needs: 'pov:read',
    params: ByMilestone,
    returns: Milestone,
    summary: 'A milestone',
  }),
  update: endpoint({
    method: 'PATCH',
    path: one,
    needs: 'pov:update',
    params: ByMilestone,
    body: PatchMilestone,
    returns: Milestone,
    summary: 'Change a milestone',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: one,
    needs: 'pov:update',
    params: ByMilestone,
    returns: z.object({ id: Id }),
    summary: 'Delete a milestone',
  }),
  restore: endpoint({
    method: 'POST',
    path: `${one}/restore`,
    needs: 'pov:restore',
    params: ByMilestone,
    returns: Milestone,
    summary: 'Restore a deleted milestone',
  }),
};

const about = z.object({ povId: Id, milestoneId: Id, milestone: z.string(), phase: z.string() });
type About = z.output<typeof about>;
const shared = { entity: (p: About) => p.milestoneId, story: (p: About) => p.povId, tells: tellsPov };

export const milestoneCreated = event({
  name: 'pov.milestone.created',
  payload: about,
  ...shared,
  says: p => `added the milestone ${p.milestone} to ${p.phase}`,
});
export const milestoneChanged = event({
  name: 'pov.milestone.changed',
  payload: about.extend({ status: MilestoneStatus, fields: z.array(z.string()) }),
  ...shared,
  says: p =>
    p.fields.includes('status')
      ? `set ${p.milestone} to ${milestoneStatusLabel[p.status].toLowerCase()}`
      : `changed ${p.fields.join(', ')} of ${p.milestone}`,
});
export const milestoneDeleted = event({
  name: 'pov.milestone.deleted',
  payload: about,
  ...shared,
  says: p => `deleted the milestone ${p.milestone}`,
});
export const milestoneRestored = event({
  name: 'pov.milestone.restored',
  payload: about,
  ...shared,
  says: p => `restored the milestone ${p.milestone}`,
});
export const milestoneOverdue = event({
  name: 'pov.milestone.overdue',
  payload: about.extend({ owner: z.string() }),
  ...shared,
  says: p => `found ${p.milestone} overdue and told ${p.owner}`,
});
