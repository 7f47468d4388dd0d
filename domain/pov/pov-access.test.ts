import { describe, expect, it } from '@jest/globals';
import { permissionRows } from '../platform/permission.ts';
import { roleCodes, type RoleCode } from '../platform/role.ts';
import { povPermissions } from './permissions.ts';
import { povActions, whyNotPov, type PovAction } from './pov-access.ts';
import type { TeamMemberRole } from './team-member.ts';

const rows = permissionRows(povPermissions);
const team = {
  ownerId: 'owner',
  members: [
    { userId: 'owner', role: 'OWNER' },
    { userId: 'pm', role: 'PROJECT_MANAGER' },
    { userId: 'se', role: 'SALES_ENGINEER' },
    { userId: 'tech', role: 'TECHNICAL_TEAM' },
  ] satisfies { userId: string; role: TeamMemberRole }[],
};
const may = (role: RoleCode, userId: string): PovAction[] =>
  povActions.filter(action => !whyNotPov(action, { userId, permissions: rows.filter(r => r.role === role) }, team));

const all: PovAction[] = [...povActions];
const noDelete: PovAction[] = ['view', 'edit', 'staff', 'transition', 'launch', 'submit', 'sync'];

describe('[POV-088] [PLT-037] what each role and team role may do with a POV', () => {
  it.each<[RoleCode, string, PovAction[]]>([
    ['SUPER_ADMIN', 'nobody', all],
    ['ADMIN', 'nobody', all],
    ['SALES_MANAGEMENT', 'nobody', all],
    ['SALESPERSON', 'nobody', []],
    ['SALESPERSON', 'owner', noDelete],
    ['SALESPERSON', 'pm', noDelete],
    ['SALESPERSON', 'se', ['view', 'edit', 'launch', 'submit', 'sync']],
    ['SALESPERSON', 'tech', ['view', 'edit']],
    ['ACCOUNTING', 'nobody', ['view']],
    ['ACCOUNTING', 'pm', ['view']],
    ['READ_ONLY', 'owner', ['view']],
  ])('%s as %s', (role, userId, actions) => expect(may(role, userId)).toEqual(actions));

  it('is said with the reason', () => {
    const sales = { userId: 'tech', permissions: rows.filter(r => r.role === 'SALESPERSON') };
    expect(whyNotPov('launch', sales, team)).toBe('As technical team you may not launch this POV');
    expect(whyNotPov('view', { ...sales, userId: 'nobody' }, team)).toBe('Only the team of this POV may see this POV');
    expect(whyNotPov('delete', sales, team)).toBe('Your role may not delete this POV');
  });

  it('lets a salesperson outside every team read only what is shared with them', () => {
    expect(roleCodes.filter(role => may(role, 'nobody').includes('view'))).toEqual([
      'SUPER_ADMIN',
      'ADMIN',
      'SALES_MANAGEMENT',
      'ACCOUNTING',
      'READ_ONLY',
    ]);
  });
});
