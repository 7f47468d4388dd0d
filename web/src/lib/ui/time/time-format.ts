const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

export type Moment = string | number | Date;
export const ms = (moment: Moment): number =>
  moment instanceof Date ? moment.getTime() : typeof moment === 'number' ? moment : Date.parse(moment);

/** A stretch of time in its two largest units: `6 d`, `1 d 18 h`, `2 h 10 m`, `4 m`. */
export function stretch(length: number): string {
  const left = Math.abs(length);
  if (left < minute) return 'under 1 m';
  if (left < hour) return `${Math.floor(left / minute)} m`;
  if (left < day) {
    const minutes = Math.floor((left % hour) / minute);
    return `${Math.floor(left / hour)} h${minutes ? ` ${minutes} m` : ''}`;
  }
  const hours = Math.floor((left % day) / hour);
  return `${Math.floor(left / day)} d${hours && left < 7 * day ? ` ${hours} h` : ''}`;
}

/** How soon a person must act: amber below 48 h, red below 4 h or late. */
export type Urgency = 'calm' | 'soon' | 'late';
export function urgency(until: number, now: number, person = true): Urgency {
  if (!person) return 'calm';
  const left = until - now;
  return left < 4 * hour ? 'late' : left < 48 * hour ? 'soon' : 'calm';
}

const formats = new Map<string, Intl.DateTimeFormat>();
function parts(at: number, zone: string | undefined, options: Intl.DateTimeFormatOptions): Record<string, string> {
  const id = JSON.stringify([zone, options]);
  let format = formats.get(id);
  if (!format) formats.set(id, (format = new Intl.DateTimeFormat('en-GB', { ...options, timeZone: zone })));
  const found = Object.fromEntries(format.formatToParts(at).map(p => [p.type, p.value]));
  // British English writes "Sept", one letter more than all others.
  if (found['month']) found['month'] = found['month'].slice(0, 3);
  return found;
}

/** `Thu 26 Nov`, with the year when it is another one than now's. */
export function dayText(moment: Moment, zone?: string, now: number = Date.now()): string {
  const p = parts(ms(moment), zone, { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' });
  const year = parts(now, zone, { year: 'numeric' })['year'];
  return p['year'] === year ? `${p['weekday']} ${p['day']} ${p['month']}` : `${p['day']} ${p['month']} ${p['year']}`;
}
/** `26 Nov`, with the year when it is another one. */
export function shortDay(moment: Moment, zone?: string, now: number = Date.now()): string {
  return dayText(moment, zone, now).replace(/^[A-Z][a-z]{2} (?=\d)/, '');
}
export function clockText(moment: Moment, zone?: string): string {
  const p = parts(ms(moment), zone, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return `${p['hour']}:${p['minute']}`;
}
/** `Thu 26 Nov 09:00`; within a week of now `Fri 16:20`; today `Today 09:00`. */
export function instantText(moment: Moment, zone?: string, now: number = Date.now()): string {
  const at = ms(moment);
  const time = clockText(at, zone);
  if (dayText(at, zone, now) === dayText(now, zone, now)) return `Today ${time}`;
  const far = Math.abs(at - now) > 6 * day;
  return `${far ? dayText(at, zone, now) : parts(at, zone, { weekday: 'short' })['weekday']} ${time}`;
}
/** The whole truth, for hovering: `Tue 24 Nov 2026, 14:12:08 CET · 13:12 UTC`. */
export function absoluteText(moment: Moment, zone?: string): string {
  const at = ms(moment);
  const p = parts(at, zone, {
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
  });
  const local = `${p['weekday']} ${p['day']} ${p['month']} ${p['year']}, ${p['hour']}:${p['minute']}:${p['second']}`;
  const utc = p['timeZoneName'] === 'UTC' ? '' : ` · ${clockText(at, 'UTC')} UTC`;
  return `${local} ${p['timeZoneName']}${utc}`;
}
