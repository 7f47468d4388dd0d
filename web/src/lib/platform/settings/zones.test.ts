import { expect, it } from '@jest/globals';
import { currencyOptions, offsetOf, zoneOptions } from './zones.ts';

const winter = Date.parse('2026-11-24T09:00:00Z');
it('time zones are found by name, with their distance of the day', () => {
  expect(zoneOptions(winter).find(z => z.value === 'America/New_York')).toEqual({
    value: 'America/New_York',
    label: 'America/New York',
    meta: '-05:00',
  });
  expect(zoneOptions(winter)[0]).toMatchObject({ value: 'UTC', meta: '+00:00' });
  expect(offsetOf('Europe/Oslo', Date.parse('2026-07-01T09:00:00Z'))).toBe('+02:00');
});

it('currencies are found by code and name', () => {
  expect(currencyOptions().find(c => c.value === 'NOK')?.label).toBe('NOK · Norwegian Krone');
});
