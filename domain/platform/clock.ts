import { z } from 'zod';

/** A tenant's time: shifted against the machine's, or standing still. Milliseconds since the epoch. */
export interface Clock { offsetMs: number; frozenAt: number | null; version: number }

export const realClock: Clock = { offsetMs: 0, frozenAt: null, version: 0 };

export const tenantNow = (clock: Clock, machineMs: number): number => clock.frozenAt ?? machineMs + clock.offsetMs;

/** Four digits say no other years, and PostgreSQL knows no year 0. */
const hasYear = (iso: string): boolean => /^\d{4}-/.test(iso) && !iso.startsWith('0000');
const years = 'must lie in the years 1 to 9999';

/** An instant as the API shows it: ISO-8601 in UTC, ending in Z (PLT-008); takes any offset. */
export const Instant = z.iso.datetime({ offset: true }).transform(s => new Date(s).toISOString()).refine(hasYear, years)
  .meta({ id: 'Instant', example: '2026-11-24T09:00:00.000Z' });

/** A calendar day, `YYYY-MM-DD`. */
export const Day = z.iso.date().refine(hasYear, years).meta({ id: 'Day', example: '2026-11-24' });

/** The day a month later; the last of that month where it has no such day. */
export function monthAfter(now: number): string {
  const day = new Date(now);
  const wanted = (day.getUTCMonth() + 1) % 12;
  day.setUTCMonth(day.getUTCMonth() + 1);
  if (day.getUTCMonth() !== wanted) day.setUTCDate(0);
  return day.toISOString().slice(0, 10);
}

const days = new Map<string, Intl.DateTimeFormat>();
/** The day that it is at an instant in a time zone. */
export function dayAt(now: number, timeZone: string): string {
  let format = days.get(timeZone);
  if (!format) days.set(timeZone, (format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })));
  return format.format(now);
}

const clocks = new Map<string, Intl.DateTimeFormat>();
/** What clocks on the wall show at an instant in a time zone, as if it were UTC. */
function wallAt(at: number, timeZone: string): number {
  let format = clocks.get(timeZone);
  if (!format) {
    format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short', timeStyle: 'medium' });
    clocks.set(timeZone, format);
  }
  const [year, month, day, hour, minute, second] = format.format(at).split(/[- :]/).map(Number);
  // The last day of the year 9999 ends in the next one, east of Greenwich.
  return Date.UTC(year!, month! - 1, day, hour, minute, second);
}

/** The instant at which clocks on the wall show this time, which is given as if it were UTC, in whole seconds. */
export function instantAt(wall: number, timeZone: string): number {
  const offset = (at: number): number => wallAt(at, timeZone) - at;
  return wall - offset(wall - offset(wall));
}
