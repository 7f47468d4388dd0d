import { Instance } from './instance.ts';
import type { Step } from './step.ts';

const uuid = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const ids = {
  dana: uuid(1),
  pat: uuid(2),
  sam: uuid(3),
  admin: uuid(4),
  instance: uuid(9),
  pov: uuid(8),
  phase: uuid(7),
};
export const names = { dana: 'Dana Okafor', pat: 'Pat Lee', sam: 'Sam Rivera', admin: 'Ada Admin' };
const at = '2026-11-24T09:00:00.000Z';
let made = 100;

/** A step of a phase approval as the API answers it; assignees get their names by themselves. */
export function aStep(some: Partial<Step>): Step {
  const assigneeIds = some.assigneeIds ?? [ids.dana];
  const people = Object.entries(ids).filter(([, id]) => assigneeIds.includes(id));
  return {
    id: uuid(made++),
    workflowId: ids.instance,
    stepId: `step-${(some.order ?? 0) + 1}`,
    name: 'Sales engineer approval',
    order: 0,
    role: 'SALES_ENGINEER',
    status: 'pending',
    comment: null,
    metadata: {},
    assigneeId: assigneeIds[0] ?? null,
    assigneeIds,
    assignees: people.map(([who, id]) => ({ id, name: names[who as keyof typeof names] })),
    openTo: [],
    handedBy: [],
    delegations: [],
    standIns: [],
    openedAt: null,
    remindedAt: null,
    reminders: 0,
    decidedBy: null,
    decidedByName: null,
    decidedAt: null,
    decidedFor: null,
    createdAt: at,
    updatedAt: at,
    ...some,
  };
}

/** A phase approval asked for by Sam on Tue 24 Nov 09:00. */
export function anInstance(some: Partial<Instance> & { timeZone?: string }): Instance & { timeZone: string } {
  const { timeZone = 'UTC', ...given } = some;
  const instance = Instance.parse({
    id: ids.instance,
    templateId: null,
    type: 'PHASE_APPROVAL',
    title: 'Setup',
    referenceType: 'phase',
    referenceId: ids.phase,
    storyId: ids.pov,
    parent: { type: 'povLifecycle', entityId: ids.pov },
    status: 'pending',
    mode: 'parallel-all',
    currentStepId: null,
    stepsStatus: {},
    steps: [],
    requesterId: ids.sam,
    requesterName: names.sam,
    excludeRequester: true,
    memberIds: [],
    slaDeadline: null,
    whenDue: 'overdue',
    isOverdue: false,
    subjectVersion: null,
    completedAt: null,
    cancelledAt: null,
    cancelReason: null,
    closedAt: null,
    metadata: { phaseId: ids.phase },
    temporalWorkflowId: `wf-${ids.instance}`,
    version: 1,
    createdAt: at,
    updatedAt: at,
    ...given,
  });
  return { ...instance, timeZone };
}
