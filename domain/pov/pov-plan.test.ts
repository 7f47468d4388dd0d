import { describe, expect, it } from '@jest/globals';
import { anInstance, aStep } from '../approvals/approval.fixture.ts';
import { approvalFuture } from '../approvals/approval-plan.ts';
import { approvalWaitingFor } from '../approvals/approval-sentence.ts';
import { povPlan, type PhaseState, type PovState } from './pov-plan.ts';
import type { InstanceStatus } from '../approvals/instance.ts';

const at = (text: string): number => Date.parse(`${text}Z`);
const now = at('2026-11-24T09:00');
const phase = (id: string, change: Partial<PhaseState> = {}): PhaseState => ({
  id,
  name: id[0]!.toUpperCase() + id.slice(1),
  status: 'NOT_STARTED',
  startDate: at('2026-11-20T00:00'),
  endDate: at('2026-11-27T00:00'),
  startedAt: null,
  blockedAt: null,
  completedAt: null,
  submittedAt: null,
  returned: null,
  approval: null,
  ...change,
});
const state = (change: Partial<Omit<PovState, 'pov'>> & { pov?: Partial<PovState['pov']> } = {}): PovState => ({
  timeZone: 'UTC',
  phases: [phase('setup', { status: 'IN_PROGRESS' })],
  milestones: [],
  launch: null,
  ...change,
  pov: {
    id: 'pov',
    title: 'Acme',
    status: 'IN_PROGRESS',
    statusSince: at('2026-11-20T08:00'),
    statusReason: null,
    deleted: false,
    ownerId: 'dana',
    ownerName: 'Dana Okafor',
    startDate: at('2026-11-20T00:00'),
    endDate: at('2027-01-20T00:00'),
    customerMoved: false,
    ...change.pov,
  },
});
const sentence = (s: PovState, when = now): string | undefined => povPlan(s, when).waitingFor?.sentence;
const instance = anInstance({ steps: [aStep({ openedAt: new Date(now).toISOString() })] });
const approving = approvalWaitingFor(instance, 'UTC', now);
const submitted = (status: InstanceStatus): Partial<PhaseState> => ({
  status: 'IN_PROGRESS',
  submittedAt: now,
  approval: {
    instanceId: 'i',
    status,
    waitingFor: approving,
    future: approvalFuture(instance, 'UTC'),
  },
});

it('says what the process of its approval says, and looks again when the approvers are reminded', () => {
  const plan = povPlan(state({ phases: [phase('setup', submitted('in_progress'))] }), now);
  expect(plan.waitingFor).toEqual(approving);
  expect(plan.wakeAt).toBe(now + 86_400_000);
});

it('looks again at the deadline that its sentence names', () => {
  expect(povPlan(state({ pov: { status: 'VALIDATION' }, phases: [] }), now).wakeAt).toBe(at('2027-01-20T00:00'));
  const startDate = at('2026-11-30T00:00');
  expect(povPlan(state({ pov: { status: 'PROJECTED', startDate }, phases: [] }), now).wakeAt).toBe(startDate);
});

describe('what a POV does next', () => {
  it.each<[string, PovState, unknown]>([
    [
      '[APR-036] an approved phase is completed',
      state({ phases: [phase('setup', submitted('completed'))] }),
      { do: 'completePhase', phaseId: 'setup', instanceId: 'i' },
    ],
    [
      '[APR-037] a rejected phase goes back',
      state({ phases: [phase('setup', submitted('rejected'))] }),
      { do: 'returnPhase', phaseId: 'setup', instanceId: 'i' },
    ],
    [
      '[APR-037] so does one whose approval was cancelled',
      state({ phases: [phase('setup', submitted('cancelled'))] }),
      { do: 'returnPhase', phaseId: 'setup', instanceId: 'i' },
    ],
    [
      '[POV-032] a phase that waits for approval is followed by nothing',
      state({ phases: [phase('setup', submitted('in_progress')), phase('next')] }),
      null,
    ],
    [
      '[POV-032] the next phase starts after a completed one',
      state({ phases: [phase('setup', { status: 'COMPLETED' }), phase('next')] }),
      { do: 'startPhase', phaseId: 'next' },
    ],
    [
      '[POV-032] the first phase starts with the POV',
      state({ phases: [phase('setup'), phase('next')] }),
      { do: 'startPhase', phaseId: 'setup' },
    ],
    [
      '[POV-032] no phase starts while another runs',
      state({ phases: [phase('setup', { status: 'BLOCKED' }), phase('next')] }),
      null,
    ],
    [
      '[POV-061] it goes where its opportunity went, before anything else',
      state({ pov: { status: 'STALLED', customerMoved: true } }),
      { do: 'followOpportunity', povId: 'pov' },
    ],
    ['[POV-061] one that is won stays', state({ pov: { status: 'WON', customerMoved: true } }), null],
    ['no phase starts before the launch', state({ pov: { status: 'PROJECTED' }, phases: [phase('setup')] }), null],
    [
      '[POV-030] a milestone that is due becomes overdue',
      state({
        milestones: [{ id: 'm', name: 'Kick-off', phaseName: 'Setup', dueDate: now, status: 'PENDING' }],
      }),
      { do: 'markMilestoneOverdue', milestoneId: 'm' },
    ],
    [
      '[POV-030] also before the launch',
      state({
        pov: { status: 'PROJECTED' },
        milestones: [{ id: 'm', name: 'Kick-off', phaseName: 'Setup', dueDate: now - 1, status: 'PENDING' }],
      }),
      { do: 'markMilestoneOverdue', milestoneId: 'm' },
    ],
    [
      '[POV-030] not when it is done',
      state({
        milestones: [{ id: 'm', name: 'Kick-off', phaseName: 'Setup', dueDate: now - 1, status: 'COMPLETED' }],
      }),
      null,
    ],
  ])('%s', (_, s, step) => expect(povPlan(s, now).step).toEqual(step));

  it.each([
    ['WON', false, 'WON'],
    ['LOST', false, 'LOST'],
    ['IN_PROGRESS', true, 'DELETED'],
  ] as const)('[POV-015] [POV-019] closes: %s, deleted %s', (status, deleted, closed) => {
    const plan = povPlan(state({ pov: { status, deleted }, phases: [phase('setup', submitted('completed'))] }), now);
    expect(plan).toMatchObject({ closed, step: null, wakeAt: null, waitingFor: null, future: [] });
  });
});

describe('when it looks again', () => {
  it('[POV-030] at the next milestone or end of a phase, whichever is first', () => {
    const milestone = {
      id: 'm',
      name: 'Kick-off',
      phaseName: 'Setup',
      dueDate: at('2026-11-25T10:00'),
      status: 'PENDING',
    } as const;
    expect(povPlan(state({ milestones: [milestone] }), now).wakeAt).toBe(milestone.dueDate);
    expect(povPlan(state(), now).wakeAt).toBe(at('2026-11-27T00:00'));
    expect(povPlan(state(), at('2026-11-28T00:00')).wakeAt).toBeNull();
  });
});

describe('the sentence', () => {
  const items = { open: [], total: 5, since: now, checkedAt: now };
  const launch = { ...items, confirmed: false, reminded: false, launchedAt: null };
  const cases: [string, PovState, string][] = [
    ['approval', state({ phases: [phase('setup', submitted('in_progress'))] }), approving.sentence],
    [
      'running',
      state(),
      'Setup has been running since Fri 20 Nov 08:00 and ends on Fri 27 Nov; ' +
        'then the team should submit it for approval.',
    ],
    [
      'running since its own start',
      state({ phases: [phase('setup', { status: 'IN_PROGRESS', startedAt: now - 60_000 })] }),
      'Setup has been running since Tue 24 Nov 08:59 and ends on Fri 27 Nov; ' +
        'then the team should submit it for approval.',
    ],
    [
      'blocked',
      state({ phases: [phase('setup', { status: 'BLOCKED', blockedAt: now })] }),
      'Setup is blocked; waiting for Dana Okafor to clear the way since Tue 24 Nov 09:00, until Fri 27 Nov; ' +
        'then it is late.',
    ],
    [
      'returned',
      state({
        phases: [
          phase('setup', { status: 'IN_PROGRESS', returned: { at: now, comment: 'Ravi Menon: no test data.' } }),
        ],
      }),
      'Setup came back (Ravi Menon: no test data); waiting for the team to submit it again since Tue 24 Nov 09:00, ' +
        'until Fri 27 Nov; then it is late.',
    ],
    [
      'all done',
      state({ phases: [phase('setup', { status: 'COMPLETED', completedAt: now })] }),
      'All phases are completed; waiting for Dana Okafor to move Acme to validation since Tue 24 Nov 09:00, ' +
        'until its planned end on Wed 20 Jan; then it is late.',
    ],
    [
      'no phases',
      state({ phases: [] }),
      'There are no phases; waiting for Dana Okafor to add the first one since Fri 20 Nov 08:00, ' +
        'until its planned end on Wed 20 Jan; then it is late.',
    ],
    [
      'no launch',
      state({ pov: { status: 'PROJECTED' } }),
      'Waiting for Dana Okafor to open the launch since Fri 20 Nov 08:00, with no deadline; ' +
        'afterwards its checklist is to be completed.',
    ],
    [
      'no launch before its planned start',
      state({ pov: { status: 'PROJECTED', startDate: at('2026-11-30T00:00') } }),
      'Waiting for Dana Okafor to open the launch since Fri 20 Nov 08:00, until its planned start on Mon 30 Nov; ' +
        'then it is late.',
    ],
    [
      'launch',
      state({ pov: { status: 'PROJECTED' }, launch: { ...launch, open: ['Details confirmed'] } }),
      'Waiting for the launch checklist (1 of 5 items open: Details confirmed) since Tue 24 Nov 09:00, ' +
        'with no deadline; afterwards the launch is to be confirmed.',
    ],
    [
      'launch ready',
      state({ pov: { status: 'PROJECTED' }, launch }),
      'Waiting for Dana Okafor to confirm the launch (all 5 items are done) since Tue 24 Nov 09:00, ' +
        'with no deadline; afterwards Acme is in progress.',
    ],
    [
      'launched, but not in progress',
      state({ pov: { status: 'PROJECTED' }, launch: { ...launch, confirmed: true, launchedAt: now } }),
      'Launched; waiting for Dana Okafor to set Acme in progress since Tue 24 Nov 09:00, with no deadline; ' +
        'afterwards its first phase starts.',
    ],
    [
      'stalled',
      state({ pov: { status: 'STALLED', statusReason: 'budget freeze' } }),
      'Stalled (budget freeze); waiting for Dana Okafor to resume it since Fri 20 Nov 08:00, with no deadline; ' +
        'afterwards it is in progress again.',
    ],
    [
      'validation',
      state({ pov: { status: 'VALIDATION' } }),
      'Waiting for Dana Okafor to record the outcome of Acme since Fri 20 Nov 08:00, ' +
        'until its planned end on Wed 20 Jan; then it is late.',
    ],
  ];
  it.each(cases)('%s', (_, s, said) => expect(sentence(s)).toBe(said));

  it('says when a phase is late', () =>
    expect(sentence(state(), at('2026-11-28T00:00'))).toBe(
      'Waiting for the team to submit Setup since Fri 20 Nov 08:00, late since Fri 27 Nov; ' +
        'afterwards its approvers are asked.',
    ));

  it('follows the time zone of the tenant', () =>
    expect(sentence({ ...state({ pov: { status: 'VALIDATION' } }), timeZone: 'Asia/Tokyo' })).toBe(
      'Waiting for Dana Okafor to record the outcome of Acme since Fri 20 Nov 17:00, ' +
        'until its planned end on Wed 20 Jan; then it is late.',
    ));

  it('says whether a person must act', () => {
    expect(povPlan(state(), now)).toMatchObject({ needsHuman: false, stage: 'Setup' });
    expect(povPlan(state({ phases: [phase('setup', submitted('pending'))] }), now).needsHuman).toBe(true);
  });
});

it('the future has timers and what follows from the dates, earliest first; a late phase moves those after it', () => {
  const s = state({
    phases: [
      phase('setup', { status: 'IN_PROGRESS' }),
      phase('next', { startDate: at('2026-11-27T00:00'), endDate: at('2026-12-07T00:00') }),
    ],
    milestones: [{ id: 'm', name: 'Kick-off', phaseName: 'Setup', dueDate: at('2026-11-25T10:00'), status: 'PENDING' }],
  });
  expect(povPlan(s, now).future.map(e => [e.at.slice(0, 10), e.kind])).toEqual([
    ['2026-11-25', 'timer'],
    ['2026-11-27', 'predicted'],
    ['2026-11-27', 'predicted'],
    ['2026-12-07', 'predicted'],
    ['2027-01-20', 'predicted'],
  ]);
  const late = povPlan({ ...s, milestones: [] }, at('2026-11-29T00:00')).future;
  expect(late.map(e => `${e.at.slice(0, 10)} ${e.what}`)).toContain(
    '2026-12-09 Next ends; it should be submitted for approval',
  );
});

it('the future says what happens in the approval of a phase and in a launch if nobody acts', () => {
  const coming = (s: PovState): string[] =>
    povPlan(s, now).future.map(({ at: when, kind, what }) => `${when.slice(0, 10)} ${kind}: ${what}`);
  expect(coming(state({ phases: [phase('setup', submitted('in_progress'))] })).slice(0, 2)).toEqual([
    '2026-11-25 timer: Approval of Setup: Reminder to Dana Okafor (Sales engineer)',
    '2026-11-27 predicted: Setup ends; it should be approved',
  ]);
  const opened = { since: now, checkedAt: now, reminded: false, open: [], total: 5 };
  const launch = { ...opened, confirmed: false, launchedAt: null };
  const projected = { phases: [], pov: { status: 'PROJECTED', startDate: at('2026-12-01T00:00') } } as const;
  const due = "2026-12-01 timer: Acme should start; if the launch isn't confirmed, Dana Okafor is reminded";
  expect(coming(state({ ...projected, launch }))).toContain(due);
  expect(coming(state({ ...projected, launch: { ...launch, reminded: true } }))).not.toContain(due);
});
