import { expect, it } from '@jest/globals';
import { monthAfter } from '../../platform/clock.ts';
import { dealHeaders, whyDealsGone } from './deal-sunset.ts';

it.each([
  ['2026-11-24T09:00:00Z', '2026-12-24'], ['2027-01-31T09:00:00Z', '2027-02-28'],
  ['2026-12-01T00:00:00Z', '2027-01-01'],
])('a month after %s is %s', (now, day) => expect(monthAfter(Date.parse(now))).toBe(day));

it('answers say when it ends, and from that day on that it has ended', () => {
  expect(dealHeaders('2026-12-24')['Sunset']).toBe('Thu, 24 Dec 2026 00:00:00 GMT');
  expect(dealHeaders(null)).not.toHaveProperty('Sunset');
  expect(whyDealsGone('2026-12-24', '2026-12-23T23:59:59.999Z')).toBeUndefined();
  expect(whyDealsGone('2026-12-24', '2026-12-24T00:00:00.000Z')).toContain('/api/crm/opportunities');
  expect(whyDealsGone(null, '2036-12-24T00:00:00.000Z')).toBeUndefined();
});
