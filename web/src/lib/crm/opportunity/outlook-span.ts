/** The first day of what is looked back at; nothing where all is. */
export function closedSince(span: string, now: number): string | null {
  const today = new Date(now);
  if (span === 'all') return null;
  if (span === 'months')
    return new Date(Date.UTC(today.getUTCFullYear() - 1, today.getUTCMonth(), today.getUTCDate())).toISOString().slice(0, 10);
  return `${today.getUTCFullYear()}-01-01`;
}
