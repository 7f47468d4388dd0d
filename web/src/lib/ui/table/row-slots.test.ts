import { expect, it } from '@jest/globals';
import { RowSlots } from './row-slots.ts';

const placed = (slots: RowSlots, ids: string, held?: number): string =>
  [...ids].map(id => slots.place([...ids], held).get(id)).join('');

it('a row keeps its element while it is drawn, others come into those that are free', () => {
  const slots = new RowSlots();
  expect(placed(slots, 'abcd')).toBe('0123');
  expect(placed(slots, 'cdef')).toBe('2301');
  expect(placed(slots, 'fedc')).toBe('1032');
  expect(placed(slots, 'ghij')).toBe('1032');
});

it('more rows have more elements, and fewer give theirs up', () => {
  const slots = new RowSlots();
  expect(placed(slots, 'ab')).toBe('01');
  expect(placed(slots, 'abc')).toBe('012');
  expect(placed(slots, 'c')).toBe('2');
  expect(placed(slots, 'cd')).toBe('23');
});

it('an element that somebody stands in becomes no other row', () => {
  const slots = new RowSlots();
  placed(slots, 'abc');
  expect(placed(slots, 'cde', 0)).toBe('213');
});
