import { z } from 'zod';
import type { Actor } from '../../domain/platform/actor.ts';
import { Instant } from '../../domain/platform/clock.ts';
import { featureRequests } from '../../domain/pov/request/feature-request.ts';
import { Launch } from '../../domain/pov/launch.ts';
import { Milestone } from '../../domain/pov/milestone.ts';
import { Phase } from '../../domain/pov/phase.ts';
import { PovActivity } from '../../domain/pov/pov-activity.ts';
import { PovDetail } from '../../domain/pov/pov.contract.ts';
import { PovKpi } from '../../domain/pov/pov-kpi.ts';
import type { TransitionFacts } from '../../domain/pov/pov-transition.ts';
import { supportRequests } from '../../domain/pov/request/support-request.ts';
import { TeamMember } from '../../domain/pov/team-member.ts';
import type { Reader } from '../platform/reader.ts';
import { belongingTo } from '../platform/record.query.ts';
import { columnsOf, selected, sql, type Sql } from '../platform/sql.ts';
import { waitingForOf } from '../platform/waiting-for.ts';
import { jsonList, jsonRow } from './columns.query.ts';
import { launchesOf } from './launches.query.ts';
import { milestonesOf } from './milestones.query.ts';
import { asPhase, phasesOf } from './phases.query.ts';
import { activitiesOf } from './pov-activities.query.ts';
import { asKpi, kpisOf } from './pov-kpis.query.ts';
import { linksFor, opportunityIdSaid, opportunityNameFor } from './pov-links.query.ts';
import { visiblePovs } from './pov-scope.query.ts';
import { membersOf } from './team-members.query.ts';

const povId = sql`p.id`;
const columns: Record<string, Sql> = {
  ...columnsOf('p', [
    'id',
    'tenantId',
    'title',
    'status',
    'startDate',
    'endDate',
    'objective',
    'teamId',
    'ownerId',
    'revenue',
    'forecastDate',
    'accountId',
    'customerName',
    'customerContact',
    'partnerName',
    'partnerContact',
    'competitors',
    'solution',
    'lastCrmSync',
    'crmSyncStatus',
    'documents',
    'featureRequests',
    'supportTickets',
    'blockers',
    'tags',
    'estimatedBudget',
    'budgetDocument',
    'resources',
    'metadata',
    'dealCloseDate',
    'quarterEnd',
    'quarterType',
    'statusSince',
    'statusReason',
    'createdAt',
    'updatedAt',
    'version',
  ]),
  opportunityId: opportunityIdSaid,
  dealId: opportunityIdSaid,
  createdDate: sql`p.created_at`,
  owner: jsonRow(sql`select o.id, o.full_name as name, o.email from app_user o where o.id = p.owner_id`),
  team: jsonRow(sql`select t.id, t.name, ${jsonList(membersOf(povId))} as members from team t where t.id = p.team_id`),
  phases: jsonList(phasesOf(povId)),
  milestones: jsonList(milestonesOf(povId)),
  kpis: jsonList(kpisOf(povId)),
  launches: jsonList(launchesOf(povId)),
  activities: jsonList(activitiesOf(povId, 10)),
  approvals:
    jsonList(sql`select i.id, i.title, i.status, i.reference_id as "phaseId", i.created_at as "createdAt",
      i.completed_at as "completedAt"
    from workflow_instance i where i.reference_type = 'phase' and i.deleted_at is null
    and i.reference_id in (select h.id from phase h where h.pov_id = p.id and h.deleted_at is null)
    order by i.created_at desc`),
  crmSyncHistory: sql`'[]'::json`,
  process: jsonRow(
    sql`select pr.workflow_id as "workflowId", pr.status, pr.stage from process pr
      where pr.entity_id = p.id and pr.type = 'povLifecycle'`,
  ),
  waitingFor: sql`(select ${waitingForOf('pr')} from process pr
    where pr.entity_id = p.id and pr.type = 'povLifecycle')`,
};

/** What the reader may know of what it is linked to: its opportunity, its account, requests (POV-008). */
const linkedFor = (actor: Actor): Record<string, Sql> => ({
  opportunityName: opportunityNameFor(actor),
  ...linksFor(actor),
  linkedFeatureRequests: jsonList(belongingTo(povId, featureRequests, actor)),
  linkedSupportRequests: jsonList(belongingTo(povId, supportRequests, actor)),
});

/** Lists that came as JSON: their instants get the form of all others. */
const Lists = z.object({
  team: z.object({ id: z.string(), name: z.string(), members: z.array(TeamMember) }).nullable(),
  phases: z.array(Phase),
  milestones: z.array(Milestone),
  kpis: z.array(PovKpi),
  launches: z.array(Launch),
  activities: z.array(PovActivity),
  linkedFeatureRequests: z.array(featureRequests.View),
  linkedSupportRequests: z.array(supportRequests.View),
  approvals: z.array(PovDetail.shape.approvals.element.extend({ createdAt: Instant, completedAt: Instant.nullable() })),
});

/** A POV with all that belongs to it (POV-003, 017), in one query; undefined if the actor may see none of that id. */
export async function readPov(read: Reader, actor: Actor, id: string): Promise<PovDetail | undefined> {
  const row = await read.row<PovDetail>(
    sql`select ${selected({ ...columns, ...linkedFor(actor) })} from pov p
      where p.id = ${id} and p.deleted_at is null and ${visiblePovs(actor)}`,
  );
  if (!row) return undefined;
  const lists = Lists.parse({ ...row, phases: row.phases.map(asPhase), kpis: row.kpis.map(asKpi) });
  return { ...row, ...lists, launch: lists.launches[0] ?? null };
}

/** What the conditions of a transition are judged on; undefined if there is no POV that the actor may see. */
export async function readTransitionFacts(
  read: Reader,
  actor: Actor,
  id: string,
): Promise<TransitionFacts | undefined> {
  return read.row<TransitionFacts>(sql`select p.status, p.blockers,
    ${jsonList(sql`select h.status, h.details from phase h where h.pov_id = p.id and h.deleted_at is null`)} as phases,
    ${jsonList(sql`select k.target, k.current from pov_kpi k where k.pov_id = p.id and k.deleted_at is null`)} as kpis
    from pov p where p.id = ${id} and p.deleted_at is null and ${visiblePovs(actor)}`);
}
