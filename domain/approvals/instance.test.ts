import { describe, expect, it } from '@jest/globals';
import { anInstance, aStep, ids } from './approval.fixture.ts';
import { approvalProcess, instanceCompleted, instanceStarted, stepDecided, stepSkipped } from './instance.contract.ts';
import {
  instanceStatus,
  nextOrder,
  nextStepId,
  StartInstance,
  stepsStatus,
  whyNotAddStep,
  whyNotCancel,
} from './instance.ts';
import { Decide, Reject } from './decision.ts';
import { signalName } from '../platform/contract.ts';
import type { StepStatus } from './step.ts';

describe('[APR-016] the steps give the status', () => {
  it.each<[StepStatus[], string]>([
    [[], 'pending'],
    [['pending', 'pending'], 'pending'],
    [['approved', 'pending'], 'in_progress'],
    [['skipped', 'pending'], 'in_progress'],
    [['approved', 'approved'], 'completed'],
    [['approved', 'skipped'], 'completed'],
    [['skipped'], 'completed'],
    [['rejected', 'pending', 'pending'], 'rejected'],
    [['approved', 'rejected'], 'rejected'],
    [['expired', 'approved'], 'rejected'],
    [['delegated'], 'pending'],
  ])('%j is %s', (statuses, expected) => expect(instanceStatus(statuses.map(status => ({ status })))).toBe(expected));

  it('[APR-012] is in progress as soon as the first step is open', () => {
    expect(instanceStatus([{ status: 'pending', openedAt: '2026-11-24T09:00:00.000Z' }, { status: 'pending' }])).toBe(
      'in_progress',
    );
  });
});

it('[APR-013] shows the steps by name, with who and when', () => {
  const at = '2026-11-24T09:00:00.000Z';
  expect(
    stepsStatus([
      aStep({ stepId: 'step-1', status: 'approved', decidedBy: ids.dana, decidedAt: at }),
      aStep({ stepId: 'step-2' }),
      aStep({ stepId: 'step-3', status: 'rejected', decidedBy: ids.pat, decidedAt: at, comment: 'No data' }),
    ]),
  ).toEqual({
    'step-1': { status: 'approved', approvedBy: ids.dana, approvedAt: at },
    'step-2': { status: 'pending' },
    'step-3': { status: 'rejected', rejectedBy: ids.pat, rejectedAt: at, comment: 'No data' },
  });
});

describe('input', () => {
  const start = { referenceType: 'pov', referenceId: ids.pov };
  it('[APR-015] takes type and metadata alone, in any case', () => {
    expect(StartInstance.parse({ ...start, type: 'phase_approval', metadata: { phaseId: ids.phase } })).toMatchObject({
      type: 'PHASE_APPROVAL',
      metadata: { phaseId: ids.phase },
      steps: [],
      mode: 'sequence',
    });
    expect(StartInstance.parse({ ...start, type: 'APPROVAL' }).type).toBe('approval');
    expect(StartInstance.safeParse({ ...start, type: 'other' }).success).toBe(false);
  });
  it('knows a role by its older names', () => {
    expect(StartInstance.parse({ ...start, steps: [{ name: 'A', role: 'manager' }] }).steps[0]!.role).toBe(
      'SALES_MANAGEMENT',
    );
  });
  it('[APR-019] wants a comment to reject, however it is sent', () => {
    expect(Reject.safeParse({ comment: '  ' }).success).toBe(false);
    expect(Reject.safeParse({}).success).toBe(false);
    expect(Decide.safeParse({ decision: 'rejected' }).error?.issues[0]).toMatchObject({ path: ['comment'] });
    expect(Decide.parse({ decision: 'REJECT', comment: 'no' }).decision).toBe('rejected');
    expect(Decide.parse({ decision: 'approve' }).decision).toBe('approved');
    expect(Decide.safeParse({ decision: 'maybe' }).success).toBe(false);
  });
});

describe('[APR-014] adding a step', () => {
  const done = aStep({ order: 1, status: 'approved', name: 'Second' });
  it.each([
    [anInstance({ steps: [aStep({ order: 0 }), aStep({ order: 1 })], mode: 'sequence' }), 2, undefined],
    [anInstance({ steps: [done], mode: 'sequence' }), 1, undefined],
    [
      anInstance({ steps: [done], mode: 'sequence' }),
      0,
      'Second is already approved, so nothing can come before it any more',
    ],
    [anInstance({ steps: [done], mode: 'parallel-all' }), 0, undefined],
    [anInstance({ status: 'rejected' }), 0, 'The approval is already rejected'],
  ])('case %#', (instance, order, why) => expect(whyNotAddStep(instance, order)).toBe(why));

  it('puts it last and names it', () => {
    expect(nextOrder([])).toBe(0);
    expect(nextOrder([{ order: 4 }, { order: 1 }])).toBe(5);
    expect(nextStepId(['step-1', 'step-3'])).toBe('step-4');
    expect(nextStepId(['a', 'step-3'])).toBe('step-4');
  });
});

it('[APR-020] cancels only what is not over', () => {
  expect(whyNotCancel({ status: 'in_progress' })).toBeUndefined();
  expect(whyNotCancel({ status: 'cancelled' })).toBe('The approval is already cancelled');
});

describe('messages', () => {
  const about = {
    instanceId: ids.instance,
    storyId: ids.pov,
    title: 'Setup',
    referenceType: 'phase',
    referenceId: ids.phase,
    parent: { type: 'povLifecycle', entityId: ids.pov },
    concerns: [ids.dana],
  };
  it('tell the process itself, and at each turn the one that waits for it', () => {
    const itself = { type: 'approval', entityId: ids.instance };
    expect(instanceStarted.tells!(about)).toEqual([itself]);
    expect(stepSkipped.tells!({ ...about, stepId: 'a', stepName: 'A', reason: 'b' })).toEqual([itself, about.parent]);
    expect(instanceCompleted.tells!(about)).toEqual([about.parent]);
    expect(instanceCompleted.tells!({ ...about, parent: null })).toEqual([]);
    expect(approvalProcess.id(ids.instance)).toBe(`wf-${ids.instance}`);
    expect(signalName(stepDecided.name)).toBe('stepDecided');
  });
  it('read as a line of the story', () => {
    const decided = {
      ...about,
      stepId: 'step-1',
      stepName: 'Sales engineer approval',
      decision: 'rejected' as const,
      comment: 'No data',
    };
    expect(stepDecided.says(decided)).toBe('rejected Setup (Sales engineer approval): No data');
    expect(instanceStarted.says(about)).toBe('asked for approval of Setup');
  });
});
