import { describe, expect, it } from '@jest/globals';
import { actionsWithin, narrowed, within, type Permission } from './api-key.ts';
import type { Scope } from '../permission.ts';

const may = (text: string): Permission[] => text.split(' ').filter(Boolean).map(cell => {
  const [subject, action, scope] = cell.split(':') as [string, string, Scope];
  return { subject, action, scope };
});

describe('[PLT-027] an API key', () => {
  it.each([
    ['pov:read:all pov:update:all', 'pov:read:all', 'pov:read:all'],
    ['pov:read:team', 'pov:read:all', 'pov:read:team'],
    ['pov:read:all', 'pov:read:own', 'pov:read:own'],
    ['pov:read:own', 'pov:update:all', ''],
    ['', 'pov:read:all', ''],
  ])('of a user with "%s" and a role with "%s" may "%s"', (user, key, both) => {
    expect(narrowed(may(user), may(key))).toEqual(may(both));
  });

  it('is within the rights of its maker when it names no other action', () => {
    expect(actionsWithin(may('pov:read:all'), may('pov:read:team pov:update:team'))).toBe(true);
    expect(actionsWithin(may('pov:read:all user:manage:all'), may('pov:read:all'))).toBe(false);
  });
});

it('[PLT-036] a role is within the rights of who gives it when it does no more, on no more records', () => {
  expect(within(may('pov:read:team'), may('pov:read:all pov:update:own'))).toBe(true);
  expect(within(may('pov:read:all'), may('pov:read:team'))).toBe(false);
  expect(within(may('user:manage:own'), may('pov:read:all'))).toBe(false);
});
