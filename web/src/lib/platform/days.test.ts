import { expect, test } from '@jest/globals';
import { dayOf, daysAfter, endOfDay, localMinute, sameTimeOn, startOfDay, typedMinute } from './days.ts';

test.each([
  ['Europe/Oslo', '2026-11-27', '2026-11-26T23:00:00.000Z', '2026-11-27T22:59:59.000Z'],
  ['America/New_York', '2026-07-04', '2026-07-04T04:00:00.000Z', '2026-07-05T03:59:59.000Z'],
  ['UTC', '2026-12-31', '2026-12-31T00:00:00.000Z', '2026-12-31T23:59:59.000Z'],
])('takes a day of %s from its first to its last second, and back', (zone, day, start, end) => {
  expect(startOfDay(day, zone)).toBe(start);
  expect(endOfDay(day, zone)).toBe(end);
  expect(dayOf(start, zone)).toBe(day);
  expect(dayOf(end, zone)).toBe(day);
});

test('keeps the time of the day on another day, over a change of the clock too; without one it is the end', () => {
  expect(sameTimeOn('2026-10-26', '2026-10-23T12:30:00.000Z', 'Europe/Oslo')).toBe('2026-10-26T13:30:00.000Z');
  expect(sameTimeOn('2026-11-27', endOfDay('2026-11-24', 'UTC'), 'UTC')).toBe('2026-11-27T23:59:59.000Z');
  expect(sameTimeOn('2026-11-27', null, 'Europe/Oslo')).toBe('2026-11-27T22:59:59.000Z');
  expect(sameTimeOn('2026-11-27', '2026-11-24T00:00:00.000Z', 'UTC')).toBe('2026-11-27T23:59:59.000Z');
});

test('counts days over the end of a month', () => expect(daysAfter('2026-11-25', 7)).toBe('2026-12-02'));

test('takes a minute as it is read on the clock of a zone, and back', () => {
  expect(typedMinute('2026-07-04T09:30', 'Europe/Oslo')).toBe('2026-07-04T07:30:00.000Z');
  expect(localMinute('2026-07-04T07:30:00.000Z', 'Europe/Oslo')).toBe('2026-07-04T09:30');
  expect([typedMinute('soon', 'UTC'), typedMinute('', 'UTC'), localMinute('', 'UTC')]).toEqual(['soon', '', '']);
});
