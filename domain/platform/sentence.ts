/** Parts of the sentences that processes explain themselves with. Instants are milliseconds or ISO strings. */

const parts = (at: number | string, timeZone: string): Record<string, string> =>
  Object.fromEntries(new Intl.DateTimeFormat('en-GB', {
    timeZone, weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
  }).formatToParts(new Date(at)).map(p => [p.type, p.value]));

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
