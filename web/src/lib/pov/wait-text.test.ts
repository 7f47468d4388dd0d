import { expect, test } from '@jest/globals';
import { waitText } from './wait-text.ts';

test.each([
  [
    'Waiting for Dana Okafor (Project manager) to approve Setup since Mon 16 Nov 10:05.',
    'Dana Okafor to approve Setup',
  ],
  [
    'Waiting for Dana and Ravi to approve Setup since Mon 16 Nov 10:05; it should be decided by Fri 20 Nov 09:00.',
    'Dana and Ravi to approve Setup',
  ],
  [
    'Waiting for the launch checklist: 2 of 5 items open (Budget approved, Details confirmed).',
    'The launch checklist, 2 of 5 open',
  ],
  [
    'Waiting for Tomás Vidal to open the launch since Fri 20 Nov 09:00; it is planned to start on Tue 1 Dec.',
    'Tomás Vidal to open the launch',
  ],
  ['Setup runs until Fri 27 Nov; then it should be submitted for approval.', 'Setup runs until Fri 27 Nov'],
  ['Stalled since Tue 3 Nov 09:00 (no test data); waiting for Priya Raman to resume it.', 'Priya Raman to resume it'],
  [
    'Stalled since Tue 3 Nov 09:00 (waiting for the new firmware); waiting for Jonah Adeyemi to resume it.',
    'Jonah Adeyemi to resume it',
  ],
  [
    'Setup came back on Fri 20 Nov 09:00: not signed. Waiting for the team to submit it again.',
    'The team to submit it again',
  ],
  [
    'All phases are completed; waiting for Priya to move Kiln to validation (in progress since Tue 3 Nov 09:00).',
    'Priya to move Kiln to validation',
  ],
])('says in a cell what %p says in full', (sentence, expected) => {
  expect(waitText({ sentence })).toBe(expected);
});
