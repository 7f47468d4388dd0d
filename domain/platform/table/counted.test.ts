import { expect, it } from '@jest/globals';
import { z } from 'zod';
import { countIn, countNames } from './counted.ts';

it('a count is shown by the name of its column, however its noun is made plural', () => {
  const row = { employeeCount: '11-50', _count: { contacts: 1, opportunities: 2, children: 3, people: 4 } };
  expect(['contactCount', 'opportunityCount', 'childCount', 'employeeCount', 'peopleCount'].map(f => countIn(row, f)))
    .toEqual([1, 2, 3, undefined, undefined]);
  expect(countIn({}, 'contactCount')).toBeUndefined();
  const View = z.object({ _count: z.object({ contacts: z.int(), people: z.int(), children: z.int() }) });
  expect([countNames({ View }), countNames({ View: z.object({}) })]).toEqual([['contactCount', 'childCount'], []]);
});
