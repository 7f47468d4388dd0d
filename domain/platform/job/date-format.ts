import { Day, Instant, instantAt } from '../clock.ts';

/** How days are written in a file. */
export const dateFormats = ['YYYY-MM-DD', 'DD.MM.YYYY', 'DD/MM/YYYY', 'MM/DD/YYYY'] as const;
export type DateFormat = (typeof dateFormats)[number];

/** A time may follow. */
const time = '(?:[ T,]+\\d{1,2}:\\d{2}.*)?$';
const patterns = {
  iso: new RegExp(`^(\\d{4})-(\\d{2})-(\\d{2})${time}`),
  dot: new RegExp(`^(\\d{1,2})\\.(\\d{1,2})\\.(\\d{4})${time}`),
  slash: new RegExp(`^(\\d{1,2})[/-](\\d{1,2})[/-](\\d{4})${time}`),
};

/**
 * How the texts write days, if some do: a number above 12 tells day and month apart; without one it is as `last` time,
 * or month first.
 */
export function dateFormatOf(texts: readonly string[], last: DateFormat | null = null): DateFormat | null {
  if (texts.some(t => patterns.dot.test(t))) return 'DD.MM.YYYY';
  const slashed = texts.map(t => patterns.slash.exec(t)).filter(m => m !== null);
  if (slashed.some(m => Number(m[1]) > 12)) return 'DD/MM/YYYY';
  if (slashed.some(m => Number(m[2]) > 12)) return 'MM/DD/YYYY';
  if (slashed.length) return last === 'DD/MM/YYYY' ? last : 'MM/DD/YYYY';
  return texts.some(t => patterns.iso.test(t)) ? 'YYYY-MM-DD' : last;
}

/** The day that a text so written means, or null: none that is impossible, none that is written otherwise. */
export function dayWritten(text: string, format: DateFormat | null | undefined): string | null {
  const iso = patterns.iso.exec(text);
  const written = (format === 'DD.MM.YYYY' ? patterns.dot : patterns.slash).exec(text);
  const [day, month] = format === 'MM/DD/YYYY' ? [written?.[2], written?.[1]] : [written?.[1], written?.[2]];
  const other = format && format !== 'YYYY-MM-DD' && day && month;
  const parts = other ? [written![3]!, month.padStart(2, '0'), day.padStart(2, '0')] : iso?.slice(1, 4);
  const read = Day.safeParse(parts?.join('-'));
  return read.success ? read.data : null;
}

const date = /^\d+[./-]\d+[./-]\d+[ T,]*/;
const clock = /^(\d{1,2}):(\d{2})(?::(\d{2})(?:[.,]\d+)?)?(?:\s*([ap])\.?m\.?)?$/i;

/**
 * The instant that a text so written means: with an offset that one, without it by the clocks of a time zone; of a day
 * alone its beginning, or its last second. Null where it says no such time.
 */
export function instantWritten(
  text: string, format: DateFormat | null | undefined, { zone, atEnd }: { zone: string; atEnd: boolean },
): string | null {
  const exact = Instant.safeParse(exactly(text));
  if (exact.success) return exact.data;
  const day = dayWritten(text, format);
  const seconds = secondsWritten(text.replace(date, '') || (atEnd ? '23:59:59' : '0:00'));
  // What programs write where they know no day, 1 January of the year 1, is none.
  if (day === null || seconds === null || day < '1000') return null;
  return new Date(instantAt(Date.parse(`${day}T00:00:00Z`) + seconds * 1000, zone)).toISOString();
}

const offset = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)(:\d\d(?:\.\d+)?)? ?(?:(Z|UTC|GMT)|([+-]\d\d):?(\d\d)?)$/i;
/** What other programs write of an instant, as `2026-11-28 14:30:00+00`, in the one spelling. */
function exactly(text: string): string {
  const [whole, day, at, seconds = ':00', utc, hours, minutes = '00'] = offset.exec(text) ?? [];
  return whole ? `${day}T${at}${seconds}${utc ? 'Z' : `${hours}:${minutes}`}` : text;
}

/** `14:30`, `2:30 PM`, `14:30:05` as seconds of a day. */
function secondsWritten(text: string): number | null {
  const [, hours, minutes, seconds = '0', half] = clock.exec(text) ?? [];
  const [h, m, s] = [Number(hours), Number(minutes), Number(seconds)];
  if (!(m < 60 && s < 60 && (half ? h >= 1 && h <= 12 : h < 24))) return null;
  const hour = half ? (h % 12) + (half.toLowerCase() === 'p' ? 12 : 0) : h;
  return hour * 3600 + m * 60 + s;
}
