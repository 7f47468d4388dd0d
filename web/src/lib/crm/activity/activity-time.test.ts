import { expect, it } from '@jest/globals';
import { placedAt } from './activity-time.ts';

it('what is entered took place at its time, or is planned for it; without one it is now', () => {
  const [zone, now] = ['Europe/Oslo', Date.parse('2026-11-24T09:00:00Z')];
  expect(placedAt('2026-11-23T14:30', zone, now))
    .toEqual({ status: 'completed', completedAt: '2026-11-23T13:30:00.000Z' });
  expect(placedAt('2026-11-24T10:01', zone, now))
    .toEqual({ status: 'scheduled', scheduledAt: '2026-11-24T09:01:00.000Z' });
  expect(placedAt('2026-11-24T10:00', zone, now)).toMatchObject({ status: 'completed' });
  expect(placedAt('', zone, now)).toEqual({});
  expect(placedAt('soon', zone, now)).toEqual({ status: 'completed', completedAt: 'soon' });
});
