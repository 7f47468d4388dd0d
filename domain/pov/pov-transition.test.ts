import { describe, expect, it } from '@jest/globals';
import { povStatuses, type PovStatus } from './pov-status.ts';
import {
  allowedTransitions,
  transitionOf,
  transitions,
  validateTransition,
  type Condition,
  type Transition,
  type TransitionFacts,
} from './pov-transition.ts';

const pov = (facts: Partial<TransitionFacts> = {}): TransitionFacts => ({
  status: 'PROJECTED',
  phases: [{ status: 'COMPLETED', details: null }],
  kpis: [],
  blockers: null,
  ...facts,
});
const errorsOf = async (
  facts: Partial<TransitionFacts>,
  to: PovStatus,
  reason: string | null = null,
): Promise<string[]> => (await validateTransition(pov(facts), to, reason)).errors;

describe('the conditions of each move', () => {
  it.each<[string, Partial<TransitionFacts>, PovStatus, string | null, string[]]>([
    ['[POV-034] needs a phase to start', { phases: [] }, 'IN_PROGRESS', null, ['POV must have at least one phase']],
    ['[POV-034] starts with a phase', {}, 'IN_PROGRESS', null, []],
    [
      '[POV-038] needs a reason to stall',
      { status: 'IN_PROGRESS' },
      'STALLED',
      '  ',
      ['A reason is required to stall a POV'],
    ],
    ['[POV-038] stalls with a reason', { status: 'IN_PROGRESS' }, 'STALLED', 'Budget freeze', []],
    ['[POV-038] resumes without blockers', { status: 'STALLED' }, 'IN_PROGRESS', null, []],
    [
      '[POV-038] does not resume with a critical blocker',
      { status: 'STALLED', blockers: [{ title: 'VPN', critical: true }] },
      'IN_PROGRESS',
      null,
      ['No critical blocker may be open'],
    ],
    [
      '[POV-038] resumes once the blocker is resolved',
      { status: 'STALLED', blockers: [{ severity: 'critical', status: 'resolved' }, 'a text'] },
      'IN_PROGRESS',
      null,
      [],
    ],
    [
      '[POV-039] validates only completed phases',
      { status: 'IN_PROGRESS', phases: [{ status: 'IN_PROGRESS', details: null }] },
      'VALIDATION',
      null,
      ['All phases must be completed before validation'],
    ],
    ['[POV-039] validates when all are completed', { status: 'IN_PROGRESS' }, 'VALIDATION', null, []],
    ['[POV-039] goes back to work always', { status: 'VALIDATION', phases: [] }, 'IN_PROGRESS', null, []],
    [
      '[POV-040] is not won below a target',
      { status: 'VALIDATION', kpis: [{ target: { value: 75 }, current: { value: 74 } }] },
      'WON',
      null,
      ['KPI targets must be met'],
    ],
    [
      '[POV-040] is won at the target; KPIs without one do not count',
      {
        status: 'VALIDATION',
        kpis: [
          { target: { value: 75 }, current: { value: 75 } },
          { target: null, current: null },
        ],
      },
      'WON',
      null,
      [],
    ],
    [
      '[POV-040] needs the sign-off where the detail exists',
      { status: 'VALIDATION', phases: [{ status: 'COMPLETED', details: { customerSignoff: false } }] },
      'WON',
      null,
      ['The customer must have signed off (details of a phase)'],
    ],
    ['[POV-040] needs a reason to lose', { status: 'STALLED' }, 'LOST', null, ['A reason is required to lose a POV']],
  ])('%s', async (...[, facts, to, reason, errors]) => expect(await errorsOf(facts, to, reason)).toEqual(errors));
});

it('[POV-036] names every failing condition, not only the first', async () => {
  const facts = pov({
    status: 'VALIDATION',
    kpis: [{ target: 5, current: 4 }],
    phases: [{ status: 'COMPLETED', details: { customerSignoff: false } }],
  });
  expect(await validateTransition(facts, 'WON', null)).toEqual({
    valid: false,
    errors: ['KPI targets must be met', 'The customer must have signed off (details of a phase)'],
  });
});

it('[POV-037] asks conditions of all three types, each by its own check and message', async () => {
  const failing = (type: Condition['type']): Condition => ({
    type,
    check: async () => false,
    errorMessage: `${type} fails`,
  });
  const table: Transition[] = [
    {
      from: 'PROJECTED',
      to: 'WON',
      notifications: [],
      conditions: [failing('KPI'), failing('PHASE'), failing('CUSTOM')],
    },
  ];
  expect((await validateTransition(pov(), 'WON', null, table)).errors).toEqual([
    'KPI fails',
    'PHASE fails',
    'CUSTOM fails',
  ]);
  expect(new Set(transitions.flatMap(t => t.conditions.map(c => c.type)))).toEqual(new Set(['KPI', 'PHASE', 'CUSTOM']));
});

describe('[POV-035] every pair that is not in the table', () => {
  const pairs = povStatuses.flatMap(from =>
    povStatuses.filter(to => !transitionOf(from, to)).map(to => [from, to] as const),
  );
  it.each(pairs)('%s → %s is refused with one error', async (from, to) =>
    expect(await errorsOf({ status: from, phases: [] }, to, 'why')).toEqual(['Invalid status transition']),
  );
  it('is 26 of 36', () => expect(pairs).toHaveLength(26));
});

it('[POV-040] leads nowhere from WON and LOST', () => {
  expect(transitions.filter(t => t.from === 'WON' || t.from === 'LOST')).toEqual([]);
});

it('[POV-034] tells owner and admins that it started', () => {
  expect(transitionOf('PROJECTED', 'IN_PROGRESS')!.notifications).toEqual([
    { roles: ['OWNER', 'ADMIN'], template: 'POV_STATUS_CHANGE' },
  ]);
});

it('[POV-042] offers each way on with its validity and every error', async () => {
  expect(await allowedTransitions(pov({ status: 'IN_PROGRESS' }), null)).toEqual([
    { to: 'STALLED', valid: false, errors: ['A reason is required to stall a POV'], reasonRequired: true },
    { to: 'VALIDATION', valid: true, errors: [], reasonRequired: false },
    { to: 'LOST', valid: false, errors: ['A reason is required to lose a POV'], reasonRequired: true },
  ]);
});
