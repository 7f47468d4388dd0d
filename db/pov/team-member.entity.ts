import { defineEntity, p } from '@mikro-orm/core';
import { teamRoles, type TeamMemberRole } from '../../domain/pov/team-member.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** A person in a team, once (POV-023), with exactly one OWNER. */
const TeamMemberSchema = defineEntity({
  name: 'TeamMember',
  tableName: 'team_member',
  properties: {
    ...owned(),
    teamId: p.uuid(),
    povId: p.uuid(),
    userId: p.uuid(),
    role: p.string().$type<TeamMemberRole>().length(20),
  },
  uniques: [
    { properties: ['tenantId', 'teamId', 'userId'], where: 'deleted_at is null', name: 'team_member_user_unique' },
  ],
  indexes: [
    { properties: ['tenantId', 'povId'] },
    { properties: ['tenantId', 'userId', 'povId'] },
    { properties: ['tenantId', 'teamId'] },
  ],
  checks: [{ name: 'team_member_role_check', expression: oneOf('role', teamRoles) }],
  ...tenantOwned,
});
export class TeamMember extends TeamMemberSchema.class {}
TeamMemberSchema.setClass(TeamMember);
