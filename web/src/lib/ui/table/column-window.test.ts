import { expect, it } from '@jest/globals';
import type { Column } from './column.ts';
import { drawnColumns, edgesOf, isGap, withGaps, type Edges } from './column-window.ts';

const edges = (count: number): Edges[] => Array.from({ length: count }, (_, i) => [i * 100, i * 100 + 100]);
const start = { from: 0, to: 24 };

it('draws all of a few columns, and of many what is in sight with some around', () => {
  expect(drawnColumns(edges(24), [0, 500], start)).toEqual({ from: 0, to: 24 });
  expect(drawnColumns(edges(72), [3_000, 4_000], start)).toEqual({ from: 27, to: 43 });
  expect(drawnColumns(edges(72), [6_200, 7_200], start)).toEqual({ from: 59, to: 72 });
});

it('draws no others as long as those in sight are drawn, unless there are far too many', () => {
  const drawn = { from: 27, to: 43 };
  expect(drawnColumns(edges(72), [3_200, 4_200], drawn)).toEqual(drawn);
  expect(drawnColumns(edges(72), [3_800, 4_800], drawn)).toEqual({ from: 35, to: 51 });
  expect(drawnColumns(edges(72), [3_200, 4_200], { from: 0, to: 72 })).toEqual({ from: 29, to: 45 });
});

it('a column begins where the one before it ends; one without room is nowhere', () => {
  expect(edgesOf([100, 0, 80], 48)).toEqual([[48, 148], [148, 148], [148, 228]]);
});

it('leaves those of a table that is not to be seen as they are', () => {
  expect(drawnColumns(edges(72).map(() => [0, 0]), [0, 0], start)).toEqual(start);
});

it('has a gap for each run of columns out of sight, as wide as those that there is room for', () => {
  const columns: Column<object>[] = Array.from({ length: 9 }, (_, i) => ({ key: `c${i}`, label: `C${i}` }));
  const drawn = withGaps(columns, { from: 4, to: 6 }, { always: (_, at) => at === 1, roomless: new Set(['c2', 'c7']) });
  expect(drawn.map(column => (isGap(column) ? column.span : column.key))).toEqual([1, 'c1', 1, 'c4', 'c5', 2]);
  expect(withGaps(columns, { from: 0, to: 9 }, { always: () => false, roomless: new Set() })).toEqual(columns);
});
