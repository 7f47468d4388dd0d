import { describe, expect, it } from '@jest/globals';
import { heldPlan, holdAt, sayHold, whyNotUpdate } from './process-hold.ts';
import type { Hold, Plan } from '../process.ts';

const hold: Hold = {
  reason: 'the site is closed.',
  by: 'Dana Okafor',
  byId: null,
  since: '2026-11-24T09:00:00.000Z',
  until: '2026-11-30T09:00:00.000Z',
};
const endless = { ...hold, until: null };

it('says who, since when, why, and when it goes on', () => {
  expect(sayHold(hold, 'UTC')).toBe(
    'On hold by Dana Okafor since Tue 24 Nov 09:00 because the site is closed; resumes on Mon 30 Nov 09:00.',
  );
  expect(sayHold(endless, 'UTC')).toMatch(/; it goes on when somebody resumes it\.$/);
});

it.each([
  ['hold', { ended: false, hold: null }, undefined],
  ['hold', { ended: false, hold }, 'It is on hold already, by Dana Okafor'],
  ['resume', { ended: false, hold }, undefined],
  ['resume', { ended: false, hold: null }, 'It is not on hold'],
  ['hold', { ended: true, hold: null }, 'The process has ended'],
  ['resume', { ended: true, hold }, 'The process has ended'],
] as const)('%s of %j: %s', (name, standing, why) => {
  expect(whyNotUpdate(name, standing)).toBe(why);
});

it('is over at its end, to the millisecond', () => {
  const end = Date.parse(hold.until!);
  expect([holdAt(hold, end - 1), holdAt(hold, end), holdAt(endless, end * 2), holdAt(null, 0)]).toEqual([
    hold,
    null,
    endless,
    null,
  ]);
});

describe('the plan of a process on hold', () => {
  const plan: Plan = {
    step: null,
    wakeAt: Date.parse('2026-11-25T09:00:00.000Z'),
    stage: 'Setup',
    waitingFor: {
      ...{ sentence: 'Waiting.', on: 'Dana', since: hold.since, due: null, until: null },
      ...{ then: 'it goes on', person: true },
    },
    future: [
      { at: '2026-11-25T09:00:00.000Z', what: 'Reminder', kind: 'timer' },
      { at: '2026-12-05T09:00:00.000Z', what: 'Deadline', kind: 'timer' },
    ],
    closed: null,
    needsHuman: true,
    ownerId: null,
  };

  it('wakes at the end of the hold, to which what falls due before it is put off', () => {
    expect(heldPlan(plan, hold, 'UTC')).toMatchObject({
      wakeAt: Date.parse(hold.until!),
      needsHuman: false,
      waitingFor: { until: hold.until, then: 'it goes on', person: false },
      future: [
        { at: hold.until, what: 'The hold ends', kind: 'timer' },
        { at: hold.until, what: 'Reminder', kind: 'predicted' },
        { at: '2026-12-05T09:00:00.000Z', what: 'Deadline', kind: 'timer' },
      ],
    });
  });

  it('without an end it waits for a person, and nobody knows what comes', () => {
    expect(heldPlan(plan, endless, 'UTC')).toMatchObject({ wakeAt: null, needsHuman: true, future: [] });
  });

  it('carries out what was decided, and ends when all is done', () => {
    expect(heldPlan({ ...plan, step: { do: 'closeInstance' } }, hold, 'UTC')).toMatchObject({
      step: { do: 'closeInstance' },
      waitingFor: null,
    });
    const closed = { ...plan, closed: 'LOST' };
    expect(heldPlan(closed, hold, 'UTC')).toBe(closed);
  });
});
