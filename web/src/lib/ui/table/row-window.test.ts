import { expect, it } from '@jest/globals';
import { drawnRows } from './row-window.ts';

const at = (top: number) => drawnRows(10_000, { top, height: 800, row: 40 });

it('draws a short table whole, and of a long one what is in sight with some around', () => {
  expect(drawnRows(80, { top: -1e6, height: 800, row: 40 })).toEqual({ from: 0, to: 80 });
  expect(at(200)).toEqual({ from: 0, to: 30 });
  expect(at(-4_000)).toEqual({ from: 92, to: 128 });
});

it('ends with the last row, also when it is scrolled beyond or not to be seen at all', () => {
  expect(at(-400_000 + 800)).toEqual({ from: 9_970, to: 10_000 });
  expect(at(-1_000_000)).toEqual({ from: 9_970, to: 10_000 });
  expect(at(5_000)).toEqual({ from: 0, to: 30 });
});

it('stays as it is until few of the rows around what is in sight are left', () => {
  const before = at(-4_000);
  const next = (top: number) => drawnRows(10_000, { top, height: 800, row: 40, before });
  expect(next(-4_000 - 6 * 40)).toBe(before);
  expect(next(-4_000 + 6 * 40)).toBe(before);
  expect(next(-4_000 - 7 * 40)).toEqual({ from: 99, to: 135 });
  expect(next(-4_000 + 7 * 40)).toEqual({ from: 85, to: 121 });
});

it('does not stay where rows are gone, or where more is seen than before', () => {
  const before = { from: 92, to: 128 };
  expect(drawnRows(100, { top: -4_000, height: 800, row: 40, before })).toEqual({ from: 70, to: 100 });
  expect(drawnRows(10_000, { top: -4_000, height: 2_000, row: 40, before })).toEqual({ from: 92, to: 158 });
});
