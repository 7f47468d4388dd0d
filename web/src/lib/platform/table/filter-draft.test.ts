import { describe, expect, it, test } from '@jest/globals';
import { readTree } from '#domain/platform/table/filter-tree.ts';
import {
  draftOf, operatorsOf, writtenOf, wrongIn, type DraftCondition, type FilterChoice,
} from './filter-draft.ts';
import { filterText } from './filter-words.ts';

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
  for (const text of [
    null, '', '{', '7', 'null', '{"all":7}', '{"all":[null]}', '{"all":["x"]}', '{"all":[{"field":"a","op":"eq"}]}',
  ])
    expect(draftOf(text, [{ name: 'a', label: 'A', kind: 'amount' }])).toEqual({ by: 'all', items: [] });
});

it('each kind of field has its operators', () => {
  expect(operatorsOf('words').map(o => o.label)).toEqual(['has', 'has not', 'contains', 'is empty', 'is not empty']);
  expect(operatorsOf('day').map(o => o.value)).toEqual(['gte', 'lte']);
  expect(operatorsOf('amount').map(o => o.label)).toEqual(['is', 'from', 'up to', 'is empty', 'is not empty']);
  // What an address compares by stays to choose.
  expect(operatorsOf('amount', 'contains').map(o => o.label)).toContain('contains');
});

describe('of numbers and amounts', () => {
  const fields: FilterChoice[] = [
    { name: 'value', label: 'Value', kind: 'amount' }, { name: 'probability', label: 'Probability', kind: 'number' },
  ];
  const one = (field: string, op: string, value: string) => ({ by: 'all' as const, items: [{ field, op, value }] });
  const asked = (condition: DraftCondition): string | null => writtenOf({ by: 'all', items: [condition] }, fields);

  test.each([
    ['value', 'eq', '12500', '1250000'], ['value', 'gte', '12,500', '1250000'], ['value', 'lte', '0.5', '50'],
    ['probability', 'gte', '25 %', '25'], ['probability', 'eq', '1,250.5', '1250.5'],
    ['value', 'contains', '12500', '12500'],
  ])('%s %s %s is asked as %s', (field, op, value, sent) => {
    expect(asked({ field, op, value })).toBe(JSON.stringify({ all: [{ field, op, value: sent }] }));
    expect(wrongIn(one(field, op, value), fields)).toBeNull();
  });

  test.each([
    ['an amount', { field: 'value', op: 'gte', value: '1250000' }, '12500.00'],
    ['cents of one', { field: 'value', op: 'gt', value: '5' }, '0.05'],
    ['what it contains', { field: 'value', op: 'contains', value: '125' }, '125'],
  ])('%s is shown as people type it, and means what it meant', (_, condition, shown) => {
    const text = JSON.stringify({ all: [condition] });
    const draft = draftOf(text, fields);
    expect(draft.items).toEqual([{ ...condition, value: shown }]);
    expect(writtenOf(draft, fields)).toBe(text);
  });

  test.each(['-500', '12.5', '1e3'])('%s, which are no whole cents, is kept as it is', value => {
    const text = JSON.stringify({ all: [{ field: 'value', op: 'gte', value }] });
    expect(writtenOf(draftOf(text, fields), fields)).toBe(text);
  });

  test.each([
    ['value', '12.345'], ['value', '1250,50'], ['value', 'much'], ['probability', '1,5'], ['probability', 'half'],
  ])(
    '%s %s is no number, and said so', (field, value) => {
      const draft = { by: 'any' as const, items: [one(field, 'gte', value)] };
      expect(wrongIn(draft, fields)).toMatch(/ must be an? (amount|number)/);
    });

  it('what is asked is said in words', () => {
    const read = readTree(JSON.stringify({ any: [
      { field: 'value', op: 'gte', value: '1250000' },
      { all: [{ field: 'value', op: 'lt', value: '50' }, { field: 'gone', op: 'in', value: ['a', 'b'] }] },
    ] }));
    expect('tree' in read && filterText(read.tree, fields)).toBe(
      'Value from 12,500 or (Value below 0.5 and gone is one of a, b)');
  });
});
