import {
  parseAbsolute, parseDate, parseDateTime, parseTime, toCalendarDateTime, toTime, toZoned,
} from '@internationalized/date';

/** A day of a form as an instant in the workspace's time zone: its beginning, or its last second. */
export const startOfDay = (day: string, zone: string): string => at(day, '00:00:00', zone);
/** Whatever is due on a day may still be done all day long. */
export const endOfDay = (day: string, zone: string): string => at(day, '23:59:59', zone);

/** Another day at the time of the one before; the end of that day where there was none, or the day alone was said. */
export function sameTimeOn(day: string, before: string | null | undefined, zone: string): string {
  const time = before ? toTime(parseAbsolute(before, zone)) : null;
  return time && time.compare(midnight) !== 0
    ? toZoned(toCalendarDateTime(parseDate(day), time), zone).toDate().toISOString()
    : endOfDay(day, zone);
}
const midnight = parseTime('00:00:00');

const at = (day: string, time: string, zone: string): string =>
  toZoned(toCalendarDateTime(parseDate(day), parseTime(time)), zone)
    .toDate()
    .toISOString();

/** `2026-03-02T14:30`, as a form has it, as an instant; what is none is left to the field to refuse. */
export const typedMinute = (local: string, zone: string): string =>
  /^\d{4}-\d\d-\d\dT\d\d:\d\d/.test(local) ? toZoned(parseDateTime(local), zone).toDate().toISOString() : local;
/** The same the other way round; nothing where there is none. */
export function localMinute(instant: string, zone: string): string {
  if (Number.isNaN(Date.parse(instant))) return '';
  const local = toCalendarDateTime(parseAbsolute(new Date(instant).toISOString(), zone));
  return local.toString().slice(0, 'YYYY-MM-DDTHH:mm'.length);
}

/** The day of an instant, `YYYY-MM-DD`, in the workspace's time zone. */
export function dayOf(instant: string | null | undefined, zone: string): string {
  if (!instant) return '';
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant));
}

/** The day that is so many days later. */
export const daysAfter = (day: string, days: number): string => parseDate(day).add({ days }).toString();
