import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { sayAll, sayDay, sayInstant } from './sentence.ts';

it.each([
  ['UTC', 'Tue 24 Nov 09:00'], ['Europe/Berlin', 'Tue 24 Nov 10:00'], ['Pacific/Auckland', 'Tue 24 Nov 22:00'],
])('says an instant in %s', (zone, said) => expect(sayInstant('2026-11-24T09:00:00Z', zone)).toBe(said));

it('says midnight as 00:00 and September in three letters', () => {
  expect(sayInstant('2026-09-01T00:00:00Z', 'UTC')).toBe('Tue 1 Sep 00:00');
  expect(sayDay(Date.parse('2026-09-01T23:30:00Z'), 'Europe/Berlin')).toBe('Wed 2 Sep');
});

/** Zones whose clocks change at other instants, in other directions, by half an hour. */
const zones = ['Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kolkata', 'Pacific/Chatham', 'UTC'];

it.each([
  ['before the hour that is left out', 'Europe/Berlin', '2027-03-28T00:59:00Z', 'Sun 28 Mar 01:59'],
  ['after it', 'Europe/Berlin', '2027-03-28T01:00:00Z', 'Sun 28 Mar 03:00'],
  ['in the hour that comes twice, at first', 'Europe/Berlin', '2027-10-31T00:30:00Z', 'Sun 31 Oct 02:30'],
  ['and again', 'Europe/Berlin', '2027-10-31T01:30:00Z', 'Sun 31 Oct 02:30'],
  ['before the half hour that comes twice', 'Australia/Lord_Howe', '2027-04-03T14:59:00Z', 'Sun 4 Apr 01:59'],
  ['and in it', 'Australia/Lord_Howe', '2027-04-03T15:00:00Z', 'Sun 4 Apr 01:30'],
  ['on the other side of the sea', 'America/New_York', '2027-03-14T07:00:00Z', 'Sun 14 Mar 03:00'],
  ['on 29 February', 'America/New_York', '2028-03-01T04:30:00Z', 'Tue 29 Feb 23:30'],
  ['on the last evening of a year', 'America/New_York', '2027-01-01T04:59:00Z', 'Thu 31 Dec 23:59'],
])('says an instant where clocks change: %s', (_when, zone, at, said) => expect(sayInstant(at, zone)).toBe(said));

it('says the day and the time that a calendar of the zone shows, at any instant', () => {
  const instant = fc.integer({ min: Date.parse('2000-01-01'), max: Date.parse('2199-12-31') });
  fc.assert(
    fc.property(instant, fc.constantFrom(...zones), (at, timeZone) => {
      const [day, time] = new Date(at).toLocaleString('sv-SE', { timeZone }).split(' ') as [string, string];
      expect(sayInstant(at, timeZone).slice(-5)).toBe(time.slice(0, 5));
      expect(sayDay(at, timeZone).split(' ')[1]).toBe(String(Number(day.slice(8))));
    }),
  );
});

it('joins names', () => {
  expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(sayAll)).toEqual(['', 'A', 'A and B', 'A, B and C']);
});
