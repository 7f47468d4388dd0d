import { describe, expect, test } from '@jest/globals';
import { conditions, ListQuery, sortKeys } from './list.ts';

describe('a list query (PLT-047)', () => {
  test('has page 1 of 20 rows unless said, and never more than 100', () => {
    expect(ListQuery.parse({})).toEqual({ page: 1, pageSize: 20 });
    expect(ListQuery.parse({ pageSize: '500' }).pageSize).toBe(100);
  });

  test.each(['0', '-1', '1.5', 'many', ''])('refuses page "%s"', page => {
    expect(ListQuery.safeParse({ page }).success).toBe(false);
  });

  test('has its filters as conditions; a bare value means eq, commas make a list of in', () => {
    const { filter } = ListQuery.parse({
      filter: { status: { in: 'WON,LOST' }, priority: { gte: '4', lt: '9' }, owner: 'dana' },
    });
    expect(conditions(filter)).toEqual([
      { field: 'status', op: 'in', values: ['WON', 'LOST'] },
      { field: 'priority', op: 'gte', values: ['4'] },
      { field: 'priority', op: 'lt', values: ['9'] },
      { field: 'owner', op: 'eq', values: ['dana'] },
    ]);
  });

  test('refuses an operator that it does not know', () => {
    expect(ListQuery.safeParse({ filter: { status: { like: 'x' } } }).success).toBe(false);
  });

  test('sorts by several fields', () => {
    expect(sortKeys('-createdAt, title')).toEqual([
      { field: 'createdAt', descending: true },
      { field: 'title', descending: false },
    ]);
  });
});
