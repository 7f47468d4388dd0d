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
