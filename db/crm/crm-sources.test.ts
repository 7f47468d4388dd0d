import { expect, it } from '@jest/globals';
import { contacts } from '../../domain/crm/contact.ts';
import { permissions } from '../../domain/index.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { abilityFor, permissionRows } from '../../domain/platform/permission.ts';
import { inScope } from '../platform/record.query.ts';
import { compileSql } from '../platform/sql.ts';

const userId = '00000000-0000-4000-8000-000000000001';
const as = (role: string): Actor => {
  const cells = permissionRows(permissions).filter(cell => cell.role === role);
  return {
    kind: 'user', tenantId: userId, userId, key: `user:${userId}`, name: 'Robin', role, permissions: cells,
    ability: abilityFor(cells, userId),
  };
};
const conditionFor = (role: string): string => compileSql(inScope(contacts, as(role), 'contact:read')).sql;

it('who sees all accounts sees all contacts, and no account is read for that', () => {
  expect(conditionFor('SALES_MANAGEMENT')).toBe('true');
  expect(conditionFor('SALESPERSON')).toMatch(/"account_id" is null or exists .*"account" o .*"o"."account_owner" =/s);
});
