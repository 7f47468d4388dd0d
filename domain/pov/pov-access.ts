import type { Needs } from '../platform/contract.ts';
import { scopeOf, type PermissionRow } from '../platform/permission.ts';
import type { RecordParent } from '../platform/record.ts';
import { teamRoleLabel, teamRoles, type TeamMemberRole } from './team-member.ts';

/** POV-088. `approve` is decided step by step: see the approval's own rule. */
export const povActions = ['view', 'edit', 'staff', 'delete', 'transition', 'launch', 'submit', 'sync'] as const;
export type PovAction = (typeof povActions)[number];

interface Rule { needs: Needs; teamRoles: readonly TeamMemberRole[]; what: string }

const leads = ['OWNER', 'PROJECT_MANAGER'] as const;
const workers = [...leads, 'SALES_ENGINEER'] as const;

/** What each action needs of the tenant's role, and of the team role where that role is bound to its own POVs. */
export const povAccess: Record<PovAction, Rule> = {
  view: { needs: 'pov:read', teamRoles, what: 'see this POV' },
  edit: { needs: 'pov:update', teamRoles, what: 'change this POV' },
  /** Team roles give rights: who may hand them out is no member of any kind. */
  staff: { needs: 'pov:update', teamRoles: leads, what: 'change the team or the owner of this POV' },
  delete: { needs: 'pov:delete', teamRoles: leads, what: 'delete this POV' },
  transition: { needs: 'pov:transition', teamRoles: leads, what: 'change the status of this POV' },
  launch: { needs: 'pov:launch', teamRoles: workers, what: 'launch this POV' },
  submit: { needs: 'pov:submit', teamRoles: workers, what: 'submit phases of this POV' },
  sync: { needs: 'pov:sync', teamRoles: workers, what: 'sync this POV' },
};

/** For records that may belong to a POV: whoever may not see it sees none of them. */
export const ofPov: RecordParent = {
  field: 'povId',
  table: 'pov',
  reads: povAccess.view.needs,
  scopes: { owner: 'ownerId', members: { table: 'team_member', record: 'pov_id', user: 'user_id' } },
};

export interface PovUser { userId: string | null; permissions: readonly Omit<PermissionRow, 'role'>[] }
export interface PovTeam { ownerId: string; members: readonly { userId: string; role: TeamMemberRole }[] }

/** Why the user may not do it to this POV (POV-088, PLT-037): by the role's scope, then by the team role. */
export function whyNotPov(action: PovAction, user: PovUser, pov: PovTeam): string | undefined {
  const rule = povAccess[action];
  const scope = scopeOf(user.permissions, rule.needs);
  if (scope === 'all') return undefined;
  if (scope === null) return `Your role may not ${rule.what}`;
  const role = pov.ownerId === user.userId ? 'OWNER' : pov.members.find(m => m.userId === user.userId)?.role;
  if (!role || scope === 'own' && role !== 'OWNER') return `Only the team of this POV may ${rule.what}`;
  return rule.teamRoles.includes(role) ? undefined : `As ${teamRoleLabel[role].toLowerCase()} you may not ${rule.what}`;
}
