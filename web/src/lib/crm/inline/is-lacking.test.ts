import { expect, it } from '@jest/globals';
import { isLacking } from './is-lacking.ts';

it('[CRM-069] asks for a reason that was not sent, and not for one that is itself refused', () => {
  expect(isLacking('lostReason', ['stage'], ['lostReason'])).toBe(true);
  expect(isLacking('lostReason', ['stage', 'lostReason'], ['lostReason'])).toBe(false);
  expect(isLacking('lostReason', ['lostReason'], ['lostReason'])).toBe(false);
  expect(isLacking('lostReason', ['stage'], ['stage', 'lostReason'])).toBe(false);
  expect(isLacking('lostReason', ['stage'], [])).toBe(false);
});
