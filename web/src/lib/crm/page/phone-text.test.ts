import { expect, test } from '@jest/globals';
import { phoneHref } from './phone-href.ts';
import { phoneText } from './phone-text.ts';

test.each([
  ['+12127365000', '+1 212 736 5000', 'tel:+12127365000'],
  ['+1 212 736 5000 ext. 4', '+1 212 736 5000 ext. 4', 'tel:+12127365000;ext=4'],
  ['212-736-5000 ext. 4', '212-736-5000 ext. 4', 'tel:2127365000'],
  ['(030) 1234567 x123', '(030) 1234567 x123', 'tel:0301234567'],
  ['22 33 44 55', '22 33 44 55', 'tel:22334455'],
  ['+1 2', '+1 2', 'tel:+12'],
])('%s is shown as %s and dialled by %s', (number, text, href) =>
  expect([phoneText(number), phoneHref(number)]).toEqual([text, href]));

test.each([
  ['+47 22 33 44 55 x12', 'tel:+4722334455;ext=12'], ['+4722334455;ext=12', 'tel:+4722334455;ext=12'],
  ['+47 22334455, Extension: 12', 'tel:+4722334455;ext=12'], ['+47 22334455 #12', 'tel:+4722334455;ext=12'],
  ['+44 (0)20 7946 0000', 'tel:+442079460000'], ['+39 (0)6 698 1234', 'tel:+39066981234'],
  ['555-123-4567', 'tel:5551234567'], ['1-800-FLOWERS', null], ['call me', null], ['ext. 4', null], ['', null],
])('%s is dialled by %s', (number, href) => expect(phoneHref(number)).toBe(href));

test('an extension of a field of its own is dialled behind the number', () => {
  expect(phoneHref('+4722334455', '12')).toBe('tel:+4722334455;ext=12');
  expect(phoneHref('+4722334455', 'the desk')).toBe('tel:+4722334455');
});
