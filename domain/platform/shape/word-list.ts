/** What would be taken for the end of a word, or for its quotation marks. */
const parting = /[,;\n]|^\s*"/;

/** Words as one text, a comma between them; one that holds a comma itself stands in quotation marks, as in CSV. */
export const wordsText = (words: readonly string[]): string =>
  words.map(word => (parting.test(word) ? `"${word.replaceAll('"', '""')}"` : word)).join(', ');

/** A word in quotation marks that end before the next sign, or else all up to that sign; then the sign. */
const next = {
  ',': /\s*(?:"((?:[^"]|"")*)"\s*|([^,]*))(,|$)/y,
  ',;': /\s*(?:"((?:[^"]|"")*)"\s*|([^,;]*))([,;]|$)/y,
};

/** The same the other way; files of other programs have semicolons too. Words are taken without the blanks around. */
export function wordsOf(text: string, signs: keyof typeof next = ','): string[] {
  const pattern = next[signs];
  const words: string[] = [];
  for (let at = 0, sign = ','; sign; ) {
    pattern.lastIndex = at;
    const [, quoted, bare = '', ended = ''] = pattern.exec(text)!;
    words.push((quoted?.replaceAll('""', '"') ?? bare).trim());
    [at, sign] = [pattern.lastIndex, ended];
  }
  return words.filter(Boolean);
}
