import { parseDate, parseTime, toCalendarDateTime, toZoned } from '@internationalized/date';

/** A day of a form as an instant in the workspace's time zone: its beginning, or its last second. */
export const startOfDay = (day: string, zone: string): string => at(day, '00:00:00', zone);
/** Whatever is due on a day may still be done all day long. */
export const endOfDay = (day: string, zone: string): string => at(day, '23:59:59', zone);

const at = (day: string, time: string, zone: string): string =>
  toZoned(toCalendarDateTime(parseDate(day), parseTime(time)), zone)
    .toDate()
    .toISOString();

/** The day of an instant, `YYYY-MM-DD`, in the workspace's time zone. */
export function dayOf(instant: string | null | undefined, zone: string): string {
  if (!instant) return '';
  return new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short' }).format(new Date(instant));
}

/** The day that is so many days later. */
export const daysAfter = (day: string, days: number): string => parseDate(day).add({ days }).toString();
