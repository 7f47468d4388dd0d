import { describe, expect, it } from '@jest/globals';
import { anInstance, aStep, ids, names } from './approval.fixture.ts';
import { approversOf, currentSteps, stepMeant, whyNotDecide, whyNotSkip, refusalToDecide } from './step.ts';

const now = Date.parse('2026-11-24T09:00:00Z');
const dana = { userId: ids.dana, role: 'SALESPERSON' };
const pat = { userId: ids.pat, role: 'SALESPERSON' };
const admin = { userId: ids.admin, role: 'ADMIN' };

describe('who may decide a step', () => {
  const step = aStep({ assigneeIds: [ids.dana] });
  const instance = anInstance({ steps: [step], requesterId: ids.sam });

  it('lets the assignee', () => expect(whyNotDecide(step, instance, dana, now)).toBeUndefined());

  it('[APR-018] refuses somebody who is neither assignee nor holder of the role, an admin too', () => {
    for (const actor of [pat, admin]) {
      expect(refusalToDecide(step, instance, actor, now)).toEqual({
        code: 'forbidden',
        why: 'Only Dana Okafor (Sales engineer) may decide Sales engineer approval',
      });
    }
  });

  it('[APR-039] does not take a tenant role for a role in a team that named its people', () => {
    const named = aStep({ role: 'PROJECT_MANAGER', assigneeIds: [ids.dana], openTo: [] });
    expect(
      whyNotDecide(named, anInstance({ steps: [named] }), { userId: ids.pat, role: 'PROJECT_MANAGER' }, now),
    ).toMatch('Only Dana Okafor (Project manager)');
  });

  it('lets whoever holds the role by now', () => {
    const open = aStep({ role: 'SALES_MANAGEMENT', assigneeIds: [ids.dana], openTo: ['SALES_MANAGEMENT'] });
    expect(
      whyNotDecide(open, anInstance({ steps: [open] }), { userId: ids.pat, role: 'SALES_MANAGEMENT' }, now),
    ).toBeUndefined();
  });

  it('[APR-023] lets admins and super admins when it went to them', () => {
    const open = aStep({ role: 'CFO', assigneeIds: [], openTo: ['CFO', 'ADMIN'] });
    const subject = anInstance({ steps: [open] });
    for (const role of ['ADMIN', 'SUPER_ADMIN', 'CFO']) {
      expect(whyNotDecide(open, subject, { userId: ids.admin, role }, now)).toBeUndefined();
    }
    expect(whyNotDecide(open, subject, { userId: ids.pat, role: 'ACCOUNTING' }, now)).toBe(
      'Only a holder of the role Cfo or Admin may decide Sales engineer approval',
    );
  });

  it('[APR-022] refuses the requester, unless self-approval is allowed', () => {
    const own = anInstance({ steps: [step], requesterId: ids.dana });
    expect(refusalToDecide(step, own, dana, now)).toEqual({
      code: 'forbidden',
      why: 'You asked for this approval yourself: someone else decides it',
    });
    expect(whyNotDecide(step, { ...own, excludeRequester: false }, dana, now)).toBeUndefined();
  });
});

describe('when a step may be decided', () => {
  const decided = aStep({
    status: 'approved',
    assigneeIds: [ids.dana],
    decidedBy: ids.dana,
    decidedByName: names.dana,
    decidedAt: '2026-11-24T08:00:00.000Z',
  });

  it('[APR-021] refuses a second decision and tells the first', () => {
    expect(refusalToDecide(decided, anInstance({ steps: [decided], status: 'completed' }), dana, now)).toEqual({
      code: 'conflict',
      why: 'Sales engineer approval is already approved by Dana Okafor on Tue 24 Nov 08:00',
    });
  });

  it.each(['rejected', 'cancelled', 'completed'] as const)('refuses a step of an approval that is %s', status => {
    const step = aStep({ assigneeIds: [ids.dana] });
    expect(whyNotDecide(step, anInstance({ steps: [step], status }), dana, now)).toBe(
      `The approval is already ${status}`,
    );
  });

  it('[APR-024] refuses the second step of a sequence before the first', () => {
    const [first, second] = [aStep({ name: 'First' }), aStep({ order: 1, name: 'Second', assigneeIds: [ids.dana] })];
    const instance = anInstance({ steps: [first, second], mode: 'sequence' });
    expect(refusalToDecide(second, instance, dana, now)).toEqual({
      code: 'conflict',
      why: 'Second comes after First, which is still to be decided',
    });
    expect(whyNotDecide(second, { ...instance, mode: 'parallel-all' }, dana, now)).toBeUndefined();
    expect(
      whyNotDecide(second, { ...instance, steps: [{ ...first, status: 'skipped' }, second] }, dana, now),
    ).toBeUndefined();
  });

  it.each([
    ['at the last instant before', now + 1, 'expired', undefined],
    ['at the deadline', now, 'expired', 'The time to decide ended on Tue 24 Nov 09:00'],
    ['after a deadline that only marks', now - 1, 'overdue', undefined],
  ] as const)('judges a decision %s', (_, deadline, whenDue, why) => {
    const step = aStep({ assigneeIds: [ids.dana] });
    const instance = anInstance({ steps: [step], whenDue, slaDeadline: new Date(deadline).toISOString() });
    expect(whyNotDecide(step, instance, dana, now)).toBe(why);
  });

  it('says the time in the zone of the tenant', () => {
    const berlin = anInstance({ steps: [decided], timeZone: 'Europe/Berlin' });
    expect(whyNotDecide(decided, berlin, dana, now)).toMatch('Tue 24 Nov 09:00');
  });
});

describe('which steps are current', () => {
  const [a, b, c] = [aStep({ order: 0, name: 'A' }), aStep({ order: 1, name: 'B' }), aStep({ order: 1, name: 'C' })];
  it.each([
    ['sequence', [a, b, c], 'A'],
    ['sequence', [{ ...a, status: 'approved' as const }, b, c], 'B C'],
    ['sequence', [{ ...a, status: 'delegated' as const }, b, c], 'A'],
    ['parallel-all', [a, b, c], 'A B C'],
    ['parallel-any', [a, { ...b, status: 'skipped' as const }, c], 'A C'],
    ['sequence', [], ''],
  ] as const)('in a %s (case %#)', (mode, steps, expected) => {
    expect(
      currentSteps({ mode, steps })
        .map(s => s.name)
        .join(' '),
    ).toBe(expected);
  });
});

describe('which step an actor means who names none', () => {
  const mine = aStep({ order: 1, name: 'Mine', assigneeIds: [ids.dana] });
  const other = aStep({ order: 0, name: 'Other', assigneeIds: [ids.pat] });
  const meant = (steps: ReturnType<typeof aStep>[], mode: 'sequence' | 'parallel-all' = 'parallel-all') =>
    stepMeant(anInstance({ steps, mode }), dana, now)?.name;

  it('is the first that waits for them', () => expect(meant([other, mine])).toBe('Mine'));
  it('is their own one even if its turn has not come', () => expect(meant([other, mine], 'sequence')).toBe('Mine'));
  it('is the one they have decided', () => {
    expect(meant([other, { ...mine, status: 'approved', decidedBy: ids.dana }])).toBe('Mine');
  });
  it('is the current one if none is theirs', () =>
    expect(meant([other, { ...mine, assigneeIds: [ids.pat] }], 'sequence')).toBe('Other'));
  it('is nothing without steps', () => expect(meant([])).toBeUndefined());
});

it('names up to three approvers, else the role', () => {
  const people = [ids.dana, ids.pat, ids.sam, ids.admin].map((id, i) => ({ id, name: 'ABCD'[i]! }));
  expect(approversOf(aStep({ role: null, name: 'Legal', assignees: people.slice(0, 2) }))).toBe('A or B (Legal)');
  expect(approversOf(aStep({ role: 'VP', assignees: people, openTo: ['VP'] }))).toBe('a holder of the role Vp');
});

it('[APR-038] skips only what is still open', () => {
  const open = aStep({});
  const done = aStep({ status: 'skipped', decidedByName: names.admin });
  expect(whyNotSkip(open, anInstance({ steps: [open] }))).toBeUndefined();
  expect(whyNotSkip(done, anInstance({ steps: [done] }))).toBe(
    'Sales engineer approval is already skipped by Ada Admin',
  );
  expect(whyNotSkip(open, anInstance({ steps: [open], status: 'cancelled' }))).toBe(
    'The approval is already cancelled',
  );
});
