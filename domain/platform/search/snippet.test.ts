import { describe, expect, it } from '@jest/globals';
import { snippetOf } from './snippet.ts';

describe('the snippet of a find', () => {
  it.each([
    ['is left out where the title holds the words', 'muller', 'Müller AG', 'Maschinen', null],
    ['is the line in which the word stands', 'vip', 'Jane Doe', 'VIP since 2020\nBerlin', 'VIP since 2020'],
    ['is found without accents', 'zurich', 'Jane Doe', 'Office in Zürich', 'Office in Zürich'],
    ['is found by the digits of a phone', '55512', 'Jane Doe', 'jane@acme.test\n555-123-4567', '555-123-4567'],
    ['is left out where only a near word was found', 'acmee', 'Acme', 'A maker', null],
  ])('%s', (_, ...[wanted, title, body, snippet]) => expect(snippetOf(wanted!, title!, body!)).toBe(snippet));

  it('is cut around the word in a long line', () => {
    const text = `${'a '.repeat(100)}needle ${'b '.repeat(100)}`;
    const snippet = snippetOf('needle', 'Other', text)!;
    expect(snippet).toMatch(/^….*needle.*…$/);
    expect(snippet.length).toBeLessThan(100);
  });
});
