import { describe, expect, it } from '@jest/globals';
import { digestPlan, lastDigest, nextDigest, type DigestState } from './digest.ts';

const iso = (at: number): string => new Date(at).toISOString();

describe('a digest is due', () => {
  it.each([
    ['daily', '2026-11-24T09:00:00Z', 'UTC', ['2026-11-24T08:00:00.000Z', '2026-11-25T08:00:00.000Z']],
    ['daily', '2026-11-24T08:00:00Z', 'UTC', ['2026-11-24T08:00:00.000Z', '2026-11-25T08:00:00.000Z']],
    ['daily', '2026-11-24T09:00:00Z', 'Asia/Kolkata', ['2026-11-24T02:30:00.000Z', '2026-11-25T02:30:00.000Z']],
    ['daily', '2026-11-24T09:00:00Z', 'America/New_York', ['2026-11-23T13:00:00.000Z', '2026-11-24T13:00:00.000Z']],
    ['weekly', '2026-11-24T09:00:00Z', 'UTC', ['2026-11-23T08:00:00.000Z', '2026-11-30T08:00:00.000Z']],
    ['weekly', '2026-11-23T07:59:59Z', 'UTC', ['2026-11-16T08:00:00.000Z', '2026-11-23T08:00:00.000Z']],
    // In the night before the clocks are changed.
    ['daily', '2026-10-24T12:00:00Z', 'Europe/Oslo', ['2026-10-24T06:00:00.000Z', '2026-10-25T07:00:00.000Z']],
    ['daily', '2026-03-28T12:00:00Z', 'Europe/Oslo', ['2026-03-28T07:00:00.000Z', '2026-03-29T06:00:00.000Z']],
  ] as const)('%s at %s in %s: last and next %j', (every, now, zone, times) => {
    const at = Date.parse(now);
    expect([iso(lastDigest(at, zone, every)), iso(nextDigest(at, zone, every))]).toEqual(times);
  });
});

describe('the process of a digest', () => {
  const now = Date.parse('2026-11-24T09:00:00Z');
  const state = (more: Partial<DigestState> = {}): DigestState => ({
    digestId: 'd', userId: 'u', name: 'Dana', every: 'daily', deleted: false, since: now, timeZone: 'UTC', ...more,
  });

  it('waits for its time, and says so', () => {
    const plan = digestPlan(state(), now);
    const wakeAt = Date.parse('2026-11-25T08:00:00Z');
    expect(plan).toMatchObject({ step: null, closed: null, wakeAt, stage: 'Daily' });
    expect(plan.waitingFor!.sentence).toBe(
      'Waiting for the time of the daily digest since Tue 24 Nov 09:00, until Wed 25 Nov 08:00; '
      + 'then what Dana has not read is mailed.',
    );
  });

  it('sends one for all that were missed', () => {
    const { step } = digestPlan(state({ since: now - 10 * 86_400_000 }), now);
    expect(step).toEqual({ do: 'sendDigest', digestId: 'd', due: Date.parse('2026-11-24T08:00:00Z') });
  });

  it.each([[{ every: 'off' as const }], [{ deleted: true }]])('ends with %j', more =>
    expect(digestPlan(state(more), now)).toMatchObject({ closed: 'OFF', step: null }));
});
