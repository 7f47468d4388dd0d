import { z } from 'zod';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { ListQuery, listOf } from '../platform/list.ts';
import { Version } from '../platform/version.ts';
import { tellsPov } from './pov-lifecycle.contract.ts';
import { GivenTeamRole, TeamMember, TeamMemberRole, teamRoleLabel } from './team-member.ts';

const path = '/api/povs/:id/team/members';
const one = `${path}/:memberId`;
const ByMember = z.object({ id: Id, memberId: Id });

/** POV-022. */
export const teamMemberEndpoints = {
  list: endpoint({
    method: 'GET',
    path,
    needs: 'pov:read',
    params: ById,
    query: ListQuery,
    returns: listOf(TeamMember),
    summary: 'The team of a POV',
  }),
  add: endpoint({
    method: 'POST',
    path,
    needs: 'pov:update',
    params: ById,
    body: z.object({ userId: Id, role: GivenTeamRole }),
    returns: TeamMember,
    status: 201,
    summary: 'Add a user to the team',
  }),
  change: endpoint({
    method: 'PATCH',
    path: one,
    needs: 'pov:update',
    params: ByMember,
    body: z.object({ role: GivenTeamRole, version: Version }),
    returns: TeamMember,
    summary: 'Give a member another role',
  }),
  remove: endpoint({
    method: 'DELETE',
    path: one,
    needs: 'pov:update',
    params: ByMember,
    returns: z.object({ id: Id }),
    summary: 'Take a member out of the team',
  }),
};

const about = z.object({
  povId: Id,
  title: z.string(),
  memberId: Id,
  userId: Id,
  name: z.string(),
  role: TeamMemberRole,
});
type About = z.output<typeof about>;
const shared = {
  entity: (p: About) => p.povId,
  tells: tellsPov,
  concerns: (p: About) => [p.userId],
};
const label = (p: About): string => teamRoleLabel[p.role].toLowerCase();

export const memberAdded = event({
  name: 'pov.member.added',
  payload: about,
  ...shared,
  says: p => `added ${p.name} as ${label(p)}`,
});
export const memberChanged = event({
  name: 'pov.member.changed',
  payload: about,
  ...shared,
  says: p => `made ${p.name} ${label(p)}`,
});
export const memberRemoved = event({
  name: 'pov.member.removed',
  payload: about,
  ...shared,
  says: p => `took ${p.name} out of the team`,
});
export const ownerChanged = event({
  name: 'pov.owner.changed',
  payload: about.extend({ former: z.string() }),
  ...shared,
  says: p => `handed ${p.title} over from ${p.former} to ${p.name}`,
});
