import { expect, it } from '@jest/globals';
import { sameEntries, sameItems, steadily } from './steady.ts';

it('answers the same thing as long as what is in it is the same', () => {
  const list = steadily<readonly number[]>(sameItems);
  const first = list([1, 2]);
  expect(list([1, 2])).toBe(first);
  const next = list([2, 1]);
  expect(next).toEqual([2, 1]);
  expect(list([2, 1])).toBe(next);
});

it('compares objects by what they hold', () => {
  expect(sameEntries({ a: 1 }, { a: 1 })).toBe(true);
  expect(sameEntries({ a: 1 }, { b: 1 })).toBe(false);
  expect(sameEntries({ a: 1 }, { a: 1, b: 2 })).toBe(false);
});
