const pattern = /^P(?:(\d{1,4})W)?(?:(\d{1,5})D)?(?:T(?:(\d{1,6})H)?(?:(\d{1,7})M)?(?:(\d{1,9})S)?)?$/;
const units = [7 * 86_400_000, 86_400_000, 3_600_000, 60_000, 1000];

/** Milliseconds of an ISO 8601 duration of weeks, days and clock time; null if it is none, or nothing. */
export function durationMs(text: string): number | null {
  const parts = pattern.exec(text)?.slice(1);
  if (!parts) return null;
  const ms = units.reduce((sum, unit, i) => sum + unit * Number(parts[i] ?? 0), 0);
  return ms > 0 ? ms : null;
}

/** Milliseconds of seconds, or of an ISO 8601 duration that was checked. */
export const spanMs = (by: number | string): number =>
  typeof by === 'number' ? Math.round(by * 1000) : (durationMs(by) ?? 0);
