import { expect, test } from '@jest/globals';
import { waitText } from './wait-text.ts';

test.each([
  [
    'Waiting for Dana Okafor (Project manager) to approve Setup since Mon 16 Nov 10:05, with no deadline; ' +
      'on Tue 17 Nov 10:05 a reminder goes out.',
    'Dana Okafor to approve Setup',
  ],
  [
    'Waiting for Dana and Ravi to approve Setup since Mon 16 Nov 10:05, until Fri 20 Nov 09:00; ' +
      'then it is overdue.',
    'Dana and Ravi to approve Setup',
  ],
  [
    'Waiting for the launch checklist (2 of 5 items open: Budget approved, Details confirmed) ' +
      'since Mon 16 Nov 10:05, with no deadline; afterwards the launch is to be confirmed.',
    'The launch checklist, 2 of 5 open',
  ],
  [
    'Waiting for Tomás Vidal to open the launch since Fri 20 Nov 09:00, until its planned start on Tue 1 Dec; ' +
      'then it is late.',
    'Tomás Vidal to open the launch',
  ],
  [
    'Waiting for Tomás Vidal to confirm the launch (all 5 items are done) since Fri 20 Nov 09:00, with no deadline; ' +
      'afterwards Kiln is in progress.',
    'Tomás Vidal to confirm the launch',
  ],
  [
    'Setup has been running since Fri 20 Nov 09:00 and ends on Fri 27 Nov; ' +
      'then the team should submit it for approval.',
    'Setup runs until Fri 27 Nov',
  ],
  [
    'Stalled (waiting for the new firmware); waiting for Jonah Adeyemi to resume it since Tue 3 Nov 09:00, ' +
      'with no deadline; afterwards it is in progress again.',
    'Jonah Adeyemi to resume it',
  ],
  [
    'Setup came back (Ravi: not signed); waiting for the team to submit it again since Fri 20 Nov 09:00, ' +
      'with no deadline; afterwards its approvers are asked again.',
    'The team to submit it again',
  ],
  [
    'All phases are completed; waiting for Priya to move Kiln to validation since Tue 3 Nov 09:00, with no deadline; ' +
      'afterwards its outcome is to be recorded.',
    'Priya to move Kiln to validation',
  ],
])('says in a cell what %p says in full', (sentence, expected) => {
  expect(waitText({ sentence })).toBe(expected);
});
