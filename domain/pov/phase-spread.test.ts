import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { spreadPhases, type Span } from './phase-spread.ts';

const days = ({ startDate, endDate }: Span): number => (Date.parse(endDate) - Date.parse(startDate)) / 86_400_000;
const span = (startDate: string, endDate: string): Span => ({
  startDate: new Date(startDate).toISOString(),
  endDate: new Date(endDate).toISOString(),
});

describe('[POV-064] phases spread over a POV', () => {
  it('gives 5 phases 10 of 50 days each', () => {
    const phases = spreadPhases(span('2026-01-01', '2026-02-20'), 5);
    expect(phases.map(days)).toEqual([10, 10, 10, 10, 10]);
    expect(phases[0]!.startDate).toBe('2026-01-01T00:00:00.000Z');
    expect(phases.at(-1)!.endDate).toBe('2026-02-20T00:00:00.000Z');
  });

  it.each([
    ['days that do not divide', span('2026-01-01', '2026-01-11'), 3],
    ['times of day', span('2026-03-20T08:15:00Z', '2026-05-02T17:45:30Z'), 4],
    ['fewer days than phases', span('2026-01-01', '2026-01-03'), 5],
    ['an hour', span('2026-01-01T10:00:00Z', '2026-01-01T11:00:00Z'), 7],
    ['no time at all', span('2026-01-01', '2026-01-01'), 3],
    ['one phase', span('2026-01-01', '2026-04-01'), 1],
    ['fifty phases in 51 days', span('2026-01-01', '2026-02-21'), 50],
  ])('has no gap and no overlap and ends with the POV: %s', (_, pov, count) => {
    const phases = spreadPhases(pov, count);
    expect(phases).toHaveLength(count);
    expect(phases[0]!.startDate).toBe(pov.startDate);
    expect(phases.at(-1)!.endDate).toBe(pov.endDate);
    for (const [i, phase] of phases.entries()) {
      expect(phase.endDate >= phase.startDate).toBe(true);
      if (i) expect(phase.startDate).toBe(phases[i - 1]!.endDate);
    }
  });

  it('so it is over any span: month ends, 29 February, the turn of a year', () => {
    const instant = fc.date({ min: new Date('2000-01-01'), max: new Date('2199-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(instant, fc.nat(800 * 86_400_000), fc.integer({ min: 1, max: 50 }), (from, ms, n) => {
        const pov = span(from.toISOString(), new Date(from.getTime() + ms).toISOString());
        const phases = spreadPhases(pov, n);
        expect([phases[0]!.startDate, phases.at(-1)!.endDate]).toEqual([pov.startDate, pov.endDate]);
        for (const [i, phase] of phases.entries()) {
          expect(Date.parse(phase.endDate)).toBeGreaterThanOrEqual(Date.parse(phase.startDate));
          if (i) expect(phase.startDate).toBe(phases[i - 1]!.endDate);
        }
      }),
    );
  });

  it('puts the borders on whole days where there are enough', () => {
    expect(spreadPhases(span('2026-01-01', '2026-01-11'), 3).map(days)).toEqual([3, 4, 3]);
  });

  it('makes nothing of nothing', () => expect(spreadPhases(span('2026-01-01', '2026-01-11'), 0)).toEqual([]));
});
