import { iso, type WaitingFor } from './process.ts';

/** Parts of the sentences that processes explain themselves with. Instants are milliseconds or ISO strings. */

const parts = (at: number | string, timeZone: string): Record<string, string> =>
  Object.fromEntries(formatOf(timeZone).formatToParts(new Date(at)).map(p => [p.type, p.value]));

/** To make one takes as long as the rest of a sentence. */
const formats = new Map<string, Intl.DateTimeFormat>();
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  });
  formats.set(timeZone, format);
  return format;
}

/** `Fri 27 Nov` in the tenant's time zone. */
export function sayDay(at: number | string, timeZone: string): string {
  const p = parts(at, timeZone);
  return `${p['weekday']} ${p['day']} ${p['month']!.slice(0, 3)}`;
}

/** `Tue 24 Nov 09:00` in the tenant's time zone. */
export function sayInstant(at: number | string, timeZone: string): string {
  const p = parts(at, timeZone);
  return `${sayDay(at, timeZone)} ${p['hour']}:${p['minute']}`;
}

/** Why a step of a process cannot be taken: `could not complete phase: a milestone is open`. */
export const sayStuck = (step: string, reason: string): string =>
  `could not ${step.replace(/[A-Z]/g, c => ` ${c.toLowerCase()}`)}: ${reason}`;

/** `Dana Okafor`, `Dana Okafor and Ravi Menon`, `A, B and C`. */
export const sayAll = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`;

/** `Dana Okafor`, `Dana Okafor or Ravi Menon`, `A, B or C`. */
export const sayAny = (names: readonly string[]): string =>
  names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} or ${names.at(-1)}`;

/** The parts of a wait. None can be left out, and its sentence is made of all of them. Instants in milliseconds. */
export interface Wait {
  /** What is said first: "Waiting for Dana Okafor to open the launch". */
  what: string;
  on: string;
  since: number;
  /** Until when it should be done; null where nothing says so. */
  due: number | null;
  /** What the deadline is, where it isn't plain: "its planned start on". */
  dueName?: string;
  /** What is said of the deadline instead of "until Fri 27 Nov". */
  dueText?: string;
  /** When something happens by itself, as long as nothing else does; null: never. */
  until: number | null;
  /** What happens at `until`, or after the wait where nothing happens by itself. */
  then: string;
  /** What is to be known besides: "reminder on Wed 25 Nov 09:00". */
  aside?: string | null;
  /** Whether a person must act; otherwise a date or a machine. */
  person: boolean;
}

interface Saying {
  now: number;
  timeZone: string;
  /** Deadlines are days, without their time. */
  days?: boolean;
}

/** "Waiting for Dana to approve Setup since Tue 24 Nov 09:00, until Fri 27 Nov 09:00; then it counts as rejected." */
export function waiting(wait: Wait, { now, timeZone, days }: Saying): WaitingFor {
  const { what, on, since, due, until, then, aside, person } = wait;
  const started = `${what} since ${sayInstant(since, timeZone)}`;
  const ends = deadline(wait, now, at => (days ? sayDay : sayInstant)(at, timeZone));
  return {
    sentence: `${started}${ends}${aside ? ` (${aside})` : ''}; ${next(wait, timeZone)}.`,
    on,
    since: iso(since),
    due: due === null ? null : iso(due),
    until: until === null ? null : iso(until),
    then,
    person,
  };
}

function next({ due, until, then }: Wait, timeZone: string): string {
  if (until === null) return `afterwards ${then}`;
  return until === due ? `then ${then}` : `on ${sayInstant(until, timeZone)} ${then}`;
}

function deadline({ due, dueName, dueText }: Wait, now: number, say: (at: number) => string): string {
  if (due === null) return ', with no deadline';
  const name = dueName ? `${dueName} ` : '';
  return due > now ? (dueText ?? `, until ${name}${say(due)}`) : `, late since ${name}${say(due)}`;
}
