/** How days are written: `YYYY-MM-DD`, `DD.MM.YYYY`, `MM/DD/YYYY` … */
const patterns = { dot: /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/, slash: /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/ };

/** How the texts write days, if some do: a number above 12 tells day and month apart; without one, month first. */
export function dateFormatOf(texts: readonly string[]): string | null {
  if (texts.some(t => patterns.dot.test(t))) return 'DD.MM.YYYY';
  const slashed = texts.map(t => patterns.slash.exec(t)).filter(m => m !== null);
  if (slashed.length) return slashed.some(m => Number(m[1]) > 12) ? 'DD/MM/YYYY' : 'MM/DD/YYYY';
  return texts.some(t => /^\d{4}-\d{2}-\d{2}/.test(t)) ? 'YYYY-MM-DD' : null;
}
