import { expect, it } from '@jest/globals';
import { centsDecimal, centsText, typedCents } from './amount.ts';

it.each([
  ['12', 1_200], ['12.5', 1_250], ['1,234.05', 123_405], ['0.07', 7], ['', ''], ['12.345', '12.345'], ['x', 'x'],
  [' 12,345,678 ', 1_234_567_800], ['1250,50', '1250,50'], ['12,5', '12,5'], ['1.234,50', '1.234,50'],
  ['1234,567', '1234,567'],
])(
  '%p typed is %p', (text, cents) => expect(typedCents(text)).toBe(cents));

it('cents are shown as amounts, without those that are none', () => {
  expect([centsText(123_400, 'USD'), centsText(123_405, 'EUR'), centsText(null, 'EUR')]).toEqual([
    '$ 1,234', '€ 1,234.05', '–',
  ]);
  expect(centsDecimal(7)).toBe('0.07');
});
