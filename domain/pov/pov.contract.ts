import { z } from 'zod';
import { Day, Instant } from '../platform/clock.ts';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import { WaitingFor } from '../platform/process.ts';
import { History } from '../platform/record.ts';
import { featureRequests } from './request/feature-request.ts';
import { Launch } from './launch.ts';
import { toldLaunch } from './launch.contract.ts';
import { Milestone } from './milestone.ts';
import { Phase } from './phase.ts';
import { CreatePov, PatchPov, Pov, PutPov } from './pov.ts';
import { PovActivity } from './pov-activity.ts';
import { PovKpi } from './pov-kpi.ts';
import { MovePov, tellsPov } from './pov-lifecycle.contract.ts';
import { PovStatus, povStatuses, povStatusLabel } from './pov-status.ts';
import { AllowedTransition } from './pov-transition.ts';
import { supportRequests } from './request/support-request.ts';
import { Team, TeamMemberRole } from './team-member.ts';

/** A POV in lists and on boards: who works on it, where it stands, what it waits for. */
export const PovListItem = Pov.pick({
  id: true,
  title: true,
  status: true,
  startDate: true,
  endDate: true,
  ownerId: true,
  teamId: true,
  customerName: true,
  accountId: true,
  opportunityId: true,
  opportunityName: true,
  revenue: true,
  estimatedBudget: true,
  competitors: true,
  tags: true,
  statusSince: true,
  createdAt: true,
  createdDate: true,
  updatedAt: true,
  version: true,
})
  .extend({
    ownerName: z.string(),
    members: z.array(z.object({ userId: Id, name: z.string(), role: TeamMemberRole })),
    currentPhase: z.object({ id: Id, name: z.string(), status: z.string(), endDate: Instant }).nullable(),
    phasesDone: z.int(),
    phasesTotal: z.int(),
    waitingFor: WaitingFor.nullable(),
  })
  .meta({ id: 'PovListItem' });
export type PovListItem = z.output<typeof PovListItem>;

const Named = z.object({ id: Id, name: z.string() });
/** A POV with all that belongs to it (POV-003, 017). */
export const PovDetail = Pov.extend({
  owner: z.object({ id: Id, name: z.string(), email: z.string() }),
  account: Named.nullable().meta({ description: 'That it is for, if it is there for the reader' }),
  opportunity: Named.nullable().meta({ description: 'The same of the opportunity' }),
  team: Team.nullable(),
  phases: z.array(Phase),
  milestones: z.array(Milestone),
  kpis: z.array(PovKpi),
  launch: Launch.nullable(),
  launches: z.array(Launch),
  activities: z.array(PovActivity).meta({ description: 'The newest ten' }),
  approvals: z.array(
    z.object({
      id: Id,
      title: z.string(),
      status: z.string(),
      phaseId: Id,
      createdAt: Instant,
      completedAt: Instant.nullable(),
    }),
  ),
  linkedFeatureRequests: z.array(featureRequests.View),
  linkedSupportRequests: z.array(supportRequests.View),
  crmSyncHistory: z.array(z.object({ id: Id, status: z.string(), createdAt: Instant })),
  process: z.object({ workflowId: z.string(), status: z.string(), stage: z.string().nullable() }).nullable(),
  waitingFor: WaitingFor.nullable(),
}).meta({ id: 'PovDetail' });
export type PovDetail = z.output<typeof PovDetail>;

const isStatusList = (text: string): boolean => text.split(',').every(s => PovStatus.safeParse(s).success);
const statusList = z.string().max(100).refine(isStatusList, `one of ${povStatuses.join(', ')}`);

/** Filters that may also be given bare, as `?status=IN_PROGRESS` (POV-016). */
export const PovListQuery = ListQuery.extend({
  status: statusList.optional().meta({ description: 'One status, or several by comma' }),
  ownerId: Id.optional(),
  team: Id.optional(),
  member: Id.optional().meta({ description: 'POVs whose team this user is in' }),
  tag: z.string().max(100).optional(),
  from: Day.optional().meta({ description: 'Running on or after this day' }),
  to: Day.optional().meta({ description: 'Running on or before this day' }),
});
export type PovListQuery = z.output<typeof PovListQuery>;

const path = '/api/povs';
const one = `${path}/:id`;

export const povEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'pov:read',
    query: PovListQuery,
    returns: listOf(PovListItem),
    summary: 'POVs; filter by status, owner, team member, tag, dates and text; filter[deleted]=true to restore them',
  }),
  board: endpoint({
    method: 'GET',
    path: '/api/pov-board',
    needs: 'pov:read',
    query: PovListQuery.omit({ cursor: true }),
    summary: 'POVs in a column for each status',
    returns: z.object({
      columns: z.array(z.object({ status: PovStatus, total: z.int(), items: z.array(PovListItem) })),
    }),
  }),
  figures: endpoint({
    method: 'GET',
    path: '/api/pov-figures',
    needs: 'pov:read',
    summary: 'How many POVs of those that you may see stand in each status; at most half a minute old',
    returns: z.object({ byStatus: z.record(PovStatus, z.int()) }),
  }),
  create: endpoint({
    method: 'POST',
    path,
    needs: 'pov:create',
    body: CreatePov,
    returns: z.object({ data: Pov }),
    status: 201,
    summary: 'Create a POV with its team, its first phase and the phases of a template; starts its lifecycle',
  }),
  read: endpoint({
    method: 'GET',
    path: one,
    needs: 'pov:read',
    params: ById,
    returns: PovDetail,
    summary: 'A POV with all that belongs to it',
  }),
  replace: endpoint({
    method: 'PUT',
    path: one,
    needs: 'pov:update',
    params: ById,
    body: PutPov,
    returns: Pov,
    summary: 'Replace a POV',
  }),
  update: endpoint({
    method: 'PATCH',
    path: one,
    needs: 'pov:update',
    params: ById,
    body: PatchPov,
    returns: Pov,
    summary: 'Change a POV',
  }),
  delete: endpoint({
    method: 'DELETE',
    path: one,
    needs: 'pov:delete',
    params: ById,
    returns: z.object({ id: Id }),
    summary: 'Delete a POV and all that belongs to it; ends its lifecycle',
  }),
  restore: endpoint({
    method: 'POST',
    path: `${one}/restore`,
    needs: 'pov:restore',
    params: ById,
    returns: Pov,
    summary: 'Restore a deleted POV with all that went with it; goes on with its lifecycle',
  }),
  history: endpoint({
    method: 'GET',
    path: `${one}/history`,
    needs: 'pov:read',
    params: ById,
    returns: History,
    summary: 'Who changed which fields of a POV and of its phases, milestones, KPIs and blockers, newest first',
  }),
  changeOwner: endpoint({
    method: 'PUT',
    path: `${one}/owner`,
    needs: 'pov:update',
    params: ById,
    body: z.object({ userId: Id }),
    returns: Pov,
    summary: 'Hand a POV over to another owner',
  }),
  transitions: endpoint({
    method: 'GET',
    path: `${one}/transitions`,
    needs: 'pov:read',
    params: ById,
    query: z.object({ reason: z.string().max(2000).optional() }),
    returns: z.object({ status: PovStatus, transitions: z.array(AllowedTransition) }),
    summary: 'Where the POV can go from here, and every reason why not',
  }),
  transition: endpoint({
    method: 'POST',
    path: `${one}/transitions`,
    needs: 'pov:transition',
    params: ById,
    body: MovePov,
    returns: Pov,
    summary: 'Move a POV to another status',
  }),
  activities: endpoint({
    method: 'GET',
    path: `${one}/activities`,
    needs: 'pov:read',
    params: ById,
    query: ListQuery,
    returns: listOf(PovActivity),
    summary: 'What was done with the POV, newest first',
  }),
};

const about = z.object({ povId: Id, title: z.string() });
type About = z.output<typeof about>;
const itself = { entity: (p: About) => p.povId, tells: tellsPov };
const withLaunch = (p: About & { launchId: string | null }) => [...tellsPov(p), ...toldLaunch(p.launchId)];

export const povCreated = event({
  name: 'pov.pov.created',
  payload: about.extend({ template: z.string().nullable() }),
  ...itself,
  says: p => `created ${p.title}${p.template ? ` with the phases of ${p.template}` : ''}`,
});
export const povChanged = event({
  name: 'pov.pov.changed',
  payload: about.extend({ fields: z.array(z.string()), launchId: Id.nullable() }),
  ...itself,
  tells: withLaunch,
  says: p => `changed ${p.fields.join(', ')}`,
});
export const povDeleted = event({
  name: 'pov.pov.deleted',
  payload: about.extend({ launchId: Id.nullable() }),
  ...itself,
  tells: withLaunch,
  says: p => `deleted ${p.title}`,
});
export const povRestored = event({
  name: 'pov.pov.restored',
  payload: about.extend({ launchId: Id.nullable() }),
  ...itself,
  tells: withLaunch,
  says: p => `restored ${p.title}`,
});
export const statusChanged = event({
  name: 'pov.status.changed',
  ...itself,
  tells: withLaunch,
  payload: about.extend({ from: PovStatus, to: PovStatus, reason: z.string().nullable(), launchId: Id.nullable() }),
  says: p =>
    `moved ${p.title} from ${povStatusLabel[p.from]} to ${povStatusLabel[p.to]}${p.reason ? `: ${p.reason}` : ''}`,
});
