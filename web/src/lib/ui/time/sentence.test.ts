import { expect, test } from '@jest/globals';
import { pieces } from './sentence.ts';

const marked = (sentence: string, names: string[] = []): string =>
  pieces(sentence, names).map(p => (p.strong ? `[${p.text}]` : p.text)).join('');

test.each([
  [['Dana Okafor', 'Setup'],
    'Waiting for Dana Okafor to approve Setup since Friday 20 Nov; escalates on Thursday 09:00.',
    'Waiting for [Dana Okafor] to approve [Setup] since Friday 20 Nov; escalates on [Thursday 09:00].'],
  [[], 'Since noon; reminds on Fri 27 Nov 09:00, ends 30 Sep 2027 at 10:00',
    'Since noon; reminds on [Fri 27 Nov 09:00], ends [30 Sep 2027 at 10:00]'],
  [[], 'Waiting for **the customer** since Tue 24 Nov 09:00', 'Waiting for [the customer] since Tue 24 Nov 09:00'],
  [['A+ (Ltd)'], 'A+ (Ltd) has 3 Mays left', '[A+ (Ltd)] has 3 Mays left'],
])('marks names and times to come: %p', (names, sentence, expected) => {
  expect(marked(sentence, names)).toBe(expected);
});
