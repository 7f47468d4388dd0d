import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { Id } from '../platform/id.ts';

export const teamRoles = ['OWNER', 'PROJECT_MANAGER', 'SALES_ENGINEER', 'TECHNICAL_TEAM'] as const;
/** POV-021. */
export const TeamMemberRole = z.enum(teamRoles).meta({ id: 'TeamMemberRole' });
export type TeamMemberRole = z.output<typeof TeamMemberRole>;

/** The roles that are given by hand; OWNER changes with the POV's owner (POV-023). */
export const GivenTeamRole = TeamMemberRole.exclude(['OWNER']).meta({ id: 'GivenTeamRole' });
export type GivenTeamRole = z.output<typeof GivenTeamRole>;

export const teamRoleLabel: Record<TeamMemberRole, string> = {
  OWNER: 'Owner',
  PROJECT_MANAGER: 'Project manager',
  SALES_ENGINEER: 'Sales engineer',
  TECHNICAL_TEAM: 'Technical team',
};
export const isTeamRole = (role: string): role is TeamMemberRole => (teamRoles as readonly string[]).includes(role);

/** POV-T2, with the person's name. */
export const TeamMember = z
  .object({
    id: Id,
    teamId: Id,
    povId: Id,
    userId: Id,
    role: TeamMemberRole,
    name: z.string(),
    email: z.string(),
    active: z.boolean(),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'TeamMember' });
export type TeamMember = z.output<typeof TeamMember>;

export const Team = z.object({ id: Id, name: z.string(), members: z.array(TeamMember) }).meta({ id: 'Team' });
export type Team = z.output<typeof Team>;
