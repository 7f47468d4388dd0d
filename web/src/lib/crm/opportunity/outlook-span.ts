/** The first day of what is looked back at; nothing where all is. */
export function closedSince(span: string, now: number): string | null {
  const today = new Date(now);
  const year = today.getUTCFullYear();
  if (span === 'all') return null;
  if (span !== 'months') return `${year}-01-01`;
  return new Date(Date.UTC(year - 1, today.getUTCMonth(), today.getUTCDate())).toISOString().slice(0, 10);
}

const months = new Intl.DateTimeFormat('en-GB', { month: 'long', year: 'numeric', timeZone: 'UTC' });
/** "October 2026" of 2026-10. */
export const monthText = (month: string): string => months.format(new Date(`${month}-01T00:00:00Z`));
