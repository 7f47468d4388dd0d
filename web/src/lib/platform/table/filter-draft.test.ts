import { expect, it, test } from '@jest/globals';
import { readTree } from '#domain/platform/table/filter-tree.ts';
import { countOf, draftOf, operatorsOf, writtenOf } from './filter-draft.ts';

const food = { field: 'industry', op: 'contains', value: 'Food' };

test.each([
  ['two conditions', { all: [food, { field: 'status', op: 'eq', value: 'active' }] }],
  ['a group in a group', { any: [food, { all: [{ field: 'phone', op: 'empty', value: 'true' }] }] }],
  ['what only the API makes', { all: [{ any: [{ all: [food] }] }, { field: 'a', op: 'in', value: ['b', 'c'] }] }],
])('%s is read from an address and written as it was', (_, written) => {
  const text = JSON.stringify(written);
  expect(writtenOf(draftOf(text))).toBe(text);
  expect(readTree(text)).toHaveProperty('tree');
});

it('one condition becomes a group of one', () =>
  expect(writtenOf(draftOf(JSON.stringify(food)))).toBe(JSON.stringify({ all: [food] })));

it('what is not whole is left out, and what cannot be read is nothing', () => {
  const items = [{ field: 'a', op: 'eq', value: ' ' }, { by: 'all' as const, items: [] }];
  const draft = { by: 'any' as const, items };
  expect(writtenOf(draft)).toBeNull();
  expect(writtenOf({ ...draft, items: [...draft.items, { field: 'a', op: 'empty:false', value: '' }] })).toBe(
    '{"any":[{"field":"a","op":"empty","value":"false"}]}',
  );
  for (const text of [null, '', '{', '7', 'null']) expect(countOf(draftOf(text))).toBe(0);
});

it('each kind of field has its operators', () => {
  expect(operatorsOf('words').map(o => o.label)).toEqual(['has', 'has not', 'contains', 'is empty', 'is not empty']);
  expect(operatorsOf('day').map(o => o.value)).toEqual(['gte', 'lte']);
});
