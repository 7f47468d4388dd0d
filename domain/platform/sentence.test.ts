import { expect, it } from '@jest/globals';
import { sayAll, sayDay, sayInstant } from './sentence.ts';

it.each([
  ['UTC', 'Tue 24 Nov 09:00'], ['Europe/Berlin', 'Tue 24 Nov 10:00'], ['Pacific/Auckland', 'Tue 24 Nov 22:00'],
])('says an instant in %s', (zone, said) => expect(sayInstant('2026-11-24T09:00:00Z', zone)).toBe(said));

it('says midnight as 00:00 and September in three letters', () => {
  expect(sayInstant('2026-09-01T00:00:00Z', 'UTC')).toBe('Tue 1 Sep 00:00');
  expect(sayDay(Date.parse('2026-09-01T23:30:00Z'), 'Europe/Berlin')).toBe('Wed 2 Sep');
});

it('joins names', () => {
  expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(sayAll)).toEqual(['', 'A', 'A and B', 'A, B and C']);
});
