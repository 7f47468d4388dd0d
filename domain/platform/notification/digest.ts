import { dayAt, instantAt } from '../clock.ts';
import { iso, type Plan } from '../process.ts';
import { waiting } from '../sentence.ts';

export const digestPeriods = ['off', 'daily', 'weekly'] as const;
export type DigestPeriod = (typeof digestPeriods)[number];

/** In the morning at the tenant; weekly ones on Mondays. */
export const digestHour = 8;
/** So many are named in one mail; the others are counted. */
export const digestNames = 20;

const dayMs = 86_400_000;

/** The last time until `now` at which such a digest is due. */
export const lastDigest = (now: number, timeZone: string, every: DigestPeriod): number =>
  found(now, timeZone, every, { step: -1, fits: at => at <= now });
/** The first one after it. */
export const nextDigest = (now: number, timeZone: string, every: DigestPeriod): number =>
  found(now, timeZone, every, { step: 1, fits: at => at > now });

function found(
  now: number, timeZone: string, every: DigestPeriod, { step, fits }: { step: 1 | -1; fits: (at: number) => boolean },
): number {
  const today = Date.parse(`${dayAt(now, timeZone)}T00:00:00Z`);
  for (let days = 0; ; days += step) {
    const day = today + days * dayMs;
    const at = instantAt(day + digestHour * 3_600_000, timeZone);
    if (fits(at) && (every !== 'weekly' || new Date(day).getUTCDay() === 1)) return at;
  }
}

export type DigestStep = { do: 'sendDigest'; digestId: string; due: number };
/** All that the digest of somebody depends on; instants in milliseconds. */
export interface DigestState {
  digestId: string;
  userId: string;
  name: string;
  every: DigestPeriod;
  deleted: boolean;
  /** Until when they were told by the last one. */
  since: number;
  timeZone: string;
}

/** What is unread is mailed at each time that is due; those that were missed are one. */
export function digestPlan(
  { digestId, userId, name, every, deleted, since, timeZone }: DigestState, now: number,
): Plan<DigestStep> {
  const base = {
    step: null, wakeAt: null, waitingFor: null, future: [], closed: null, needsHuman: false, ownerId: userId,
  };
  if (deleted || every === 'off') return { ...base, stage: 'Off', closed: 'OFF' };
  const stage = every === 'daily' ? 'Daily' : 'Weekly';
  const due = lastDigest(now, timeZone, every);
  if (due > since) return { ...base, stage, step: { do: 'sendDigest', digestId, due } };
  const next = nextDigest(now, timeZone, every);
  const then = `what ${name} has not read is mailed`;
  return {
    ...base,
    stage,
    wakeAt: next,
    future: [{ at: iso(next), kind: 'timer', what: `What ${name} has not read is mailed` }],
    waitingFor: waiting(
      {
        what: `Waiting for the time of the ${every} digest`, on: 'the clock', since, due: next, until: next, then,
        person: false,
      },
      { now, timeZone },
    ),
  };
}
