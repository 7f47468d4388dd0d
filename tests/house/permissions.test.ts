import { describe, expect, it } from '@jest/globals';
import { endpoints, permissions, processes } from '../../domain/index.ts';
import type { Needs } from '../../domain/platform/contract.ts';
import type { PermissionGrid } from '../../domain/platform/permission.ts';
import { allowedBy, drawGrid, goldenGrid } from './permission-grid.ts';
import { tableFaults } from './permission-table.ts';

it('[PLT-030] the permission grid is the one that was agreed to', async () => {
  expect(drawGrid()).toBe(await goldenGrid());
});

it('[PLT-030] the permission grid is PLT-T2', () => expect(tableFaults()).toEqual([]));

const needed: Needs[] = [
  ...Object.values(endpoints).map(e => e.needs),
  ...processes.flatMap(p => [p.reads, p.start.needs, ...Object.values(p.signals).map(s => s.needs)]),
];
const unknownOf = (needs: Needs[], grid: PermissionGrid = permissions): Needs[] =>
  needs
    .filter(n => n.includes(':'))
    .filter(n => {
      const [subject, action] = n.split(':') as [string, string];
      return !grid[subject]?.[action];
    });

it('[PLT-030] what contracts need is in the grid', () => expect(unknownOf(needed)).toEqual([]));

describe('a fault that is planted is found:', () => {
  const { pov } = permissions as PermissionGrid;
  const changed = (actions: PermissionGrid[string]): PermissionGrid => ({
    ...permissions,
    pov: { ...pov, ...actions },
  });

  it.each<[string, PermissionGrid, string]>([
    [
      'a right that nobody agreed to',
      changed({ delete: { ...pov!['delete'], SALESPERSON: 'own' } }),
      'pov:delete SALESPERSON: has own, should have -',
    ],
    ['a scope that is too wide', changed({ read: { ...pov!['read'], SALESPERSON: 'all' } }), 'pov:read SALESPERSON'],
    ['a right that is gone', changed({ create: {} }), 'pov:create ADMIN: has -, should have all'],
    ['a new action', changed({ sell: { ADMIN: 'all' } }), 'pov:sell ADMIN: has all, should have -'],
    ['a new subject', { ...permissions, moon: { read: { READ_ONLY: 'all' } } }, 'moon:read READ_ONLY'],
  ])('%s', async (_, grid, fault) => {
    expect(tableFaults(grid)).toContainEqual(expect.stringContaining(fault));
    expect(drawGrid(grid)).not.toBe(await goldenGrid());
  });

  it('a contract that needs what is not in the grid', async () => {
    expect(unknownOf([...needed, 'pov:sell'])).toEqual(['pov:sell']);
    const allowed = allowedBy(await goldenGrid());
    expect(() => allowed('pov:sell', 'ADMIN')).toThrow('The golden grid has no pov:sell');
    expect([allowed('pov:delete', 'ADMIN'), allowed('pov:delete', 'SALESPERSON')]).toEqual([true, false]);
  });
});
