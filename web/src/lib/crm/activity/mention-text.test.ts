import { expect, it } from '@jest/globals';
import { mentionBegun, mentionedIn, mentionParts } from './mention-text.ts';

const dana = { id: '1', name: 'Dana Okafor' }, dan = { id: '2', name: 'Dan' };

it('a mention begins with an @ at the beginning of a word', () => {
  expect([
    mentionBegun('@'), mentionBegun('Ask @Dan'), mentionBegun('Ask @Dana Ok'), mentionBegun('(@Zoë'),
  ]).toEqual(['', 'Dan', 'Dana Ok', 'Zoë']);
  expect([mentionBegun('dana@example'), mentionBegun('no'), mentionBegun('@Dana Okafor, can')]).toEqual([
    null, null, null,
  ]);
});

it('who was taken out of the text again is not told', () => {
  expect(mentionedIn('Ask @Dana Okafor', [dana, dana, dan])).toEqual([dana, dan]);
  expect(mentionedIn('Ask Dana', [dana])).toEqual([]);
});

it('mentions stand apart from the text, the longest name first', () => {
  expect(mentionParts('Ask @Dana Okafor, or @Dan.', [dan, dana])).toEqual([
    { text: 'Ask ', mention: false }, { text: '@Dana Okafor', mention: true }, { text: ', or ', mention: false },
    { text: '@Dan', mention: true }, { text: '.', mention: false },
  ]);
  expect(mentionParts('Nobody', [])).toEqual([{ text: 'Nobody', mention: false }]);
});
