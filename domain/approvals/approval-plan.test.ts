import { describe, expect, it } from '@jest/globals';
import { anInstance, aStep, ids } from './approval.fixture.ts';
import { approvalPlan } from './approval-plan.ts';
import { reminderAt } from './approval-sentence.ts';
import type { Instance } from './instance.ts';

const opened = '2026-11-24T09:00:00.000Z';
const hours = (n: number): number => Date.parse(opened) + n * 3_600_000;
const plan = (some: Partial<Instance>, now = hours(0), timeZone = 'UTC') =>
  approvalPlan({ instance: anInstance(some), timeZone }, now);

const engineer = aStep({ openedAt: opened });
const manager = aStep({
  name: 'Project manager approval',
  role: 'PROJECT_MANAGER',
  assigneeIds: [ids.pat],
  order: 1,
  openedAt: opened,
});

describe('what an approval does next', () => {
  const [first, second] = [aStep({ order: 0 }), aStep({ order: 1 })];

  it('opens all steps of a parallel approval, one after the other', () => {
    expect(plan({ steps: [first, second] }).step).toEqual({
      do: 'openStep',
      instanceId: ids.instance,
      stepId: first.id,
    });
    expect(plan({ steps: [{ ...first, openedAt: opened }, second] }).step).toMatchObject({
      do: 'openStep',
      stepId: second.id,
    });
  });

  it('[APR-024] opens a step of a sequence when the ones before are decided', () => {
    const mode = 'sequence';
    expect(plan({ mode, steps: [{ ...first, openedAt: opened }, second] }).step).toBeNull();
    expect(plan({ mode, steps: [{ ...first, status: 'approved' }, second] }).step).toMatchObject({
      do: 'openStep',
      stepId: second.id,
    });
    expect(plan({ mode, steps: [{ ...first, status: 'skipped' }, second] }).step).toMatchObject({
      do: 'openStep',
      stepId: second.id,
    });
  });

  it.each(['completed', 'rejected', 'cancelled'] as const)('closes when it is %s, once', status => {
    expect(plan({ status, steps: [engineer] }).step).toEqual({ do: 'closeInstance', instanceId: ids.instance });
    expect(plan({ status, steps: [engineer], closedAt: opened })).toMatchObject({
      step: null,
      closed: status,
      waitingFor: null,
      wakeAt: null,
    });
  });

  it.each([
    ['just before a day', 24 - 1e-6, {}, null],
    ['after a day', 24, {}, 1],
    ['within two days of the last one', 60, { remindedAt: '2026-11-25T09:00:00.000Z', reminders: 1 }, null],
    ['two days after the last one', 72, { remindedAt: '2026-11-25T09:00:00.000Z', reminders: 1 }, 2],
    ['once, after a long pause', 500, {}, 1],
  ])('reminds the approvers %s', (_, after, reminded, number) => {
    const { step } = plan({ steps: [{ ...engineer, ...reminded }] }, hours(after));
    expect(step).toEqual(
      number === null ? null : { do: 'remindApprovers', instanceId: ids.instance, stepId: engineer.id, number },
    );
  });

  it.each([
    ['overdue', false, 48, 'markOverdue'],
    ['expired', false, 48, 'expireInstance'],
    ['expired', false, 47, 'remindApprovers'],
    ['overdue', true, 48, 'remindApprovers'],
  ] as const)(
    'at a deadline after 48 h that makes it %s (already: %s), after %i h: %s',
    (whenDue, isOverdue, after, expected) => {
      const slaDeadline = new Date(hours(48)).toISOString();
      expect(plan({ steps: [engineer], slaDeadline, whenDue, isOverdue }, hours(after)).step?.do).toBe(expected);
    },
  );
});

describe('what it says while it waits', () => {
  it('names who, what, since when, and what comes when', () => {
    expect(plan({ steps: [engineer] }).waitingFor).toEqual({
      sentence:
        'Waiting for Dana Okafor (Sales engineer) to approve Setup since Tue 24 Nov 09:00, with no deadline; ' +
        'on Wed 25 Nov 09:00 a reminder goes out.',
      on: 'Dana Okafor (Sales engineer)',
      since: opened,
      due: null,
      until: '2026-11-25T09:00:00.000Z',
      then: 'a reminder goes out',
      person: true,
    });
  });

  it('names all whose decision is needed', () => {
    expect(plan({ steps: [engineer, manager] }).waitingFor!.on).toBe(
      'Dana Okafor (Sales engineer) and Pat Lee (Project manager)',
    );
    expect(plan({ steps: [engineer, manager], mode: 'parallel-any' }).waitingFor!.on).toBe(
      'Dana Okafor (Sales engineer) or Pat Lee (Project manager)',
    );
    expect(plan({ steps: [{ ...engineer, status: 'approved' }, manager] }).waitingFor!.on).toBe(
      'Pat Lee (Project manager)',
    );
  });

  it('speaks in the zone of the tenant', () => {
    expect(plan({ steps: [engineer] }, hours(0), 'Europe/Berlin').waitingFor!.sentence).toMatch(
      'since Tue 24 Nov 10:00',
    );
  });

  it.each([
    ['expired', 'it counts as rejected'],
    ['overdue', 'it is overdue'],
  ] as const)('tells a deadline, and the reminder before it (%s)', (whenDue, then) => {
    const said = (after: number) => {
      const slaDeadline = new Date(hours(after)).toISOString();
      const { waitingFor } = plan({ steps: [engineer], slaDeadline, whenDue });
      expect(waitingFor).toMatchObject({ then, until: slaDeadline, due: slaDeadline });
      return waitingFor?.sentence;
    };
    expect(said(2)).toMatch(`, until Tue 24 Nov 11:00; then ${then}.`);
    expect(said(48)).toMatch(`, until Thu 26 Nov 09:00 (reminder on Wed 25 Nov 09:00); then ${then}.`);
  });

  it('tells that it is overdue, and of the next reminder', () => {
    const slaDeadline = new Date(hours(2)).toISOString();
    expect(plan({ steps: [engineer], slaDeadline, isOverdue: true }, hours(3)).waitingFor).toMatchObject({
      sentence:
        'Waiting for Dana Okafor (Sales engineer) to approve Setup since Tue 24 Nov 09:00, ' +
        'late since Tue 24 Nov 11:00; on Wed 25 Nov 09:00 a reminder goes out.',
      due: slaDeadline,
      until: '2026-11-25T09:00:00.000Z',
    });
  });

  it('waits for steps to be added to an approval without any', () => {
    expect(plan({ steps: [] })).toMatchObject({
      step: null,
      wakeAt: null,
      waitingFor: {
        sentence:
          'Waiting for steps to be added to the approval of Setup since Tue 24 Nov 09:00, with no deadline; ' +
          'afterwards those who can decide are asked.',
        on: 'steps to be added',
        until: null,
      },
    });
  });
});

describe('what it expects', () => {
  it('shows the timer that is set and what follows if nobody acts', () => {
    const { future, wakeAt } = plan({ steps: [engineer] });
    expect(future.map(f => [f.at, f.kind])).toEqual([
      ['2026-11-25T09:00:00.000Z', 'timer'],
      ['2026-11-27T09:00:00.000Z', 'escalation'],
      ['2026-11-29T09:00:00.000Z', 'escalation'],
    ]);
    expect(wakeAt).toBe(hours(24));
  });

  it('ends with the deadline that ends it', () => {
    const { future } = plan({ steps: [engineer], slaDeadline: new Date(hours(30)).toISOString(), whenDue: 'expired' });
    expect(future.map(f => f.what)).toEqual([
      'Reminder to Dana Okafor (Sales engineer)',
      'Ends as rejected: nobody decided',
    ]);
  });

  it('wakes for the earliest of several reminders', () => {
    const later = { ...manager, openedAt: '2026-11-24T12:00:00.000Z' };
    expect(plan({ steps: [later, engineer] }).wakeAt).toBe(reminderAt({ ...engineer, openedAt: opened }));
  });
});
