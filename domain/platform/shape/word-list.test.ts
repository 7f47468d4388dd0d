import { describe, expect, it } from '@jest/globals';
import { wordsOf, wordsText } from './word-list.ts';

describe('words as one text', () => {
  it.each([
    ['plain ones', ['fair', 'cold store'], 'fair, cold store'],
    ['a comma in one', ['Food, drink', 'fair'], '"Food, drink", fair'],
    ['a semicolon in one', ['fair', 'a;b'], 'fair, "a;b"'],
    ['a sign at the end', ['a,', ',b'], '"a,", ",b"'],
    ['quotation marks around', ['"quoted"', 'x'], '"""quoted""", x'],
    ['quotation marks and a comma', ['5" disk, new', '5" disk'], '"5"" disk, new", 5" disk'],
    ['a new line in one', ['a\nb', 'c'], '"a\nb", c'],
    ['none', [], ''],
  ])('%s', (_, words, text) => {
    expect(wordsText(words)).toBe(text);
    expect(wordsOf(text)).toEqual(words);
    expect(wordsOf(text, ',;')).toEqual(words);
  });

  it.each([
    ['blanks and empty ones are left out', ' a ,, b ;; "" , c,', ['a', 'b', 'c']],
    ['without blanks between', 'a,"b,c";d', ['a', 'b,c', 'd']],
    ['a mark that nothing ends is a letter', '"a, b', ['"a', 'b']],
    ['marks that end too soon are letters', '"a" b, c', ['"a" b', 'c']],
    ['marks within a word are letters', '5" disk, 3" disk', ['5" disk', '3" disk']],
  ])('of other programs: %s', (_, text, words) => expect(wordsOf(text, ',;')).toEqual(words));

  it('where only commas part, semicolons stay', () => {
    expect(wordsOf('a;b, c')).toEqual(['a;b', 'c']);
  });

  it('takes a long text in its stride', () => {
    const marks = '"'.repeat(30_000);
    for (const text of [marks, `"${'a"",'.repeat(20_000)}`, ',"'.repeat(30_000), `"${' '.repeat(30_000)}x`])
      expect(wordsOf(text, ',;').length).toBeGreaterThan(0);
  });
});
