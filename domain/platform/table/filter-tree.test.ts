import { describe, expect, test } from '@jest/globals';
import { conditionsMax, depthMax, readTree } from './filter-tree.ts';

const food = { field: 'industry', op: 'eq', value: 'Food' };
const fault = (written: unknown): string | null => {
  const read = readTree(typeof written === 'string' ? written : JSON.stringify(written));
  return 'fault' in read ? read.fault : null;
};
const nested = (depth: number): unknown => (depth ? { all: [nested(depth - 1)] } : food);

describe('a filter tree', () => {
  test('is conditions joined by and, or; what is written by commas is a list of in', () => {
    const written = { any: [food, { all: [{ field: 'status', op: 'in', value: 'active,prospect' }] }] };
    expect(readTree(JSON.stringify(written))).toEqual({
      tree: {
        any: [
          { field: 'industry', op: 'eq', values: ['Food'] },
          { all: [{ field: 'status', op: 'in', values: ['active', 'prospect'] }] },
        ],
      },
    });
  });

  test.each([
    ['no JSON', '{"all":', 'must be JSON'],
    ['a number', 7, 'must be made of'],
    ['an empty group', { all: [] }, '"all" must be a list of conditions'],
    ['a group of both kinds', { all: [food], any: [food] }, 'must be made of'],
    ['another operator', { ...food, op: 'like' }, 'must be made of'],
    ['another key', { ...food, sql: '1=1' }, 'must be made of'],
    ['a prototype', '{"__proto__":[]}', 'must be made of'],
    ['several values where one is meant', { ...food, value: ['Food', 'Wine'] }, '"eq" of industry takes one value'],
    ['too many conditions', { any: Array(conditionsMax + 1).fill(food) }, `at most ${conditionsMax} conditions`],
    ['too deep', nested(depthMax + 1), `at most ${depthMax} groups deep`],
  ])('is not %s', (_, written, words) => expect(fault(written)).toContain(words));

  test('may be as deep and as wide as it says', () => {
    expect(fault(nested(depthMax))).toBeNull();
    expect(fault({ any: Array(conditionsMax).fill(food) })).toBeNull();
  });
});
