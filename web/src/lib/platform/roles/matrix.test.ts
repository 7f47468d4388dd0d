import { expect, it } from '@jest/globals';
import type { RoleView } from '#domain/platform/identity/role.contract.ts';
import { choiceOf, givable, permissionsOf, subjectsOf, whyNotLevel } from './matrix.ts';

const role = (...permissions: RoleView['permissions']): RoleView => ({ permissions }) as RoleView;
const p = (subject: string, action: string, scope: 'all' | 'own' | 'team' = 'all') => ({ subject, action, scope });

it('shows every permission by subject, and the levels that its records have', () => {
  const roles = [role(p('pov', 'launch'), p('pov', 'read'), p('user', 'manage')), role(p('pov', 'read', 'team'))];
  expect(subjectsOf(roles).map(s => [s.label, ...s.actions.map(a => `${a.label}: ${a.levels.join(' ')}`)])).toEqual([
    ['POV', 'Read: none team all', 'Launch: none team all'],
    ['User', 'Manage: none all'],
  ]);
});

it('a choice becomes permissions and back', () => {
  const permissions = [p('pov', 'read', 'team'), p('user', 'manage')];
  expect(permissionsOf({ ...choiceOf(permissions), 'pov:delete': 'none' })).toEqual(permissions);
});

it('says what the reader may not give', () => {
  const mine = [p('pov', 'read', 'team')];
  expect(whyNotLevel('pov:read', 'team', [], mine)).toBeNull();
  expect(whyNotLevel('pov:read', 'all', [], mine)).toBe('more than you may');
  expect(whyNotLevel('pov:read', 'all', [p('pov', 'read')], mine)).toBeNull();
  expect(whyNotLevel('pov:delete', 'none', [], mine)).toBeNull();
  expect(givable([p('pov', 'read', 'own'), p('pov', 'read')], mine)).toEqual([p('pov', 'read', 'own')]);
});
