import { expect, it } from '@jest/globals';
import { endpoints, permissions, processes } from '../../domain/index.ts';
import type { Needs } from '../../domain/platform/contract.ts';
import { drawGrid, goldenGrid } from './permission-grid.ts';

it('[PLT-030] the permission grid is the one that was agreed to', async () => {
  expect(drawGrid()).toBe(await goldenGrid());
});

it('what contracts need is in the grid', () => {
  const needed: Needs[] = [
    ...Object.values(endpoints).map(e => e.needs),
    ...processes.flatMap(p => [p.reads, p.start.needs, ...Object.values(p.signals).map(s => s.needs)]),
  ];
  const unknown = needed.filter(n => n.includes(':')).filter(n => {
    const [subject, action] = n.split(':') as [string, string];
    return !permissions[subject]?.[action];
  });
  expect(unknown).toEqual([]);
});
