import { expect, it } from '@jest/globals';
import { filterOf, matchingOf } from './pov-filter.ts';

const at = (search: string) => ({ pathname: '/povs', searchParams: new URLSearchParams(search) });

it('all that fit are those of the list: days are asked as days, which the server reads by one clock', () => {
  const url = at('from=2026-11-01&to=2026-11-30&status=WON,no&member=m');
  expect(filterOf(url)).toMatchObject({ from: '2026-11-01', to: '2026-11-30', status: 'WON', member: 'm' });
  expect(matchingOf(url).filter).toEqual({
    status: { in: ['WON'] }, member: 'm', endDate: { gte: '2026-11-01' }, startDate: { lte: '2026-11-30' },
  });
  expect(matchingOf(at('to=30.11.2026')).filter).toEqual({});
});
