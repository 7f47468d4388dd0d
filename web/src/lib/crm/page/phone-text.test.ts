import { expect, test } from '@jest/globals';
import { phoneHref, phoneText } from './phone-text.ts';

test.each([
  ['+12127365000', '+1 212 736 5000', 'tel:+12127365000'],
  ['+1 212 736 5000 ext. 4', '+1 212 736 5000 ext. 4', 'tel:+12127365000;ext=4'],
  ['212-736-5000 ext. 4', '212-736-5000 ext. 4', 'tel:2127365000'],
  ['(030) 1234567 x123', '(030) 1234567 x123', 'tel:0301234567'],
  ['22 33 44 55', '22 33 44 55', 'tel:22334455'],
  ['+1 2', '+1 2', 'tel:+12'],
])('%s is shown as %s and dialled by %s', (number, text, href) =>
  expect([phoneText(number), phoneHref(number)]).toEqual([text, href]));
