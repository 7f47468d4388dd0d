import { approvalProcess } from '../../domain/approvals/instance.contract.ts';
import { stepsStatus, type Instance } from '../../domain/approvals/instance.ts';
import { currentSteps, isApproverThemselves, isOwnRequest, type Step } from '../../domain/approvals/step.ts';
import type { WorkflowInstance } from './workflow-instance.entity.ts';
import type { WorkflowStep } from './workflow-step.entity.ts';

type Instants = 'createdAt' | 'updatedAt';
type AsRead<T> = {
  [K in keyof T]: T[K] extends Date
    ? Date | string
    : T[K] extends Date | null | undefined
      ? Date | string | null | undefined
      : T[K];
};
/** The columns of an instance and a step, as entities have them or as rows with ISO strings. */
export type InstanceRow = AsRead<Pick<WorkflowInstance, (typeof instanceColumns)[number] | Instants>>;
export type StepRow = AsRead<Pick<WorkflowStep, (typeof stepColumns)[number] | Instants>>;
export const instanceColumns = [
  'id',
  'templateId',
  'type',
  'title',
  'referenceType',
  'referenceId',
  'storyId',
  'parent',
  'status',
  'mode',
  'requesterId',
  'excludeRequester',
  'memberIds',
  'slaDeadline',
  'whenDue',
  'isOverdue',
  'subjectVersion',
  'completedAt',
  'cancelledAt',
  'cancelReason',
  'closedAt',
  'metadata',
  'version',
  'createdAt',
  'updatedAt',
] as const;
export const stepColumns = [
  'id',
  'workflowId',
  'stepId',
  'name',
  'order',
  'role',
  'status',
  'comment',
  'metadata',
  'assigneeIds',
  'openTo',
  'handedBy',
  'delegations',
  'openedAt',
  'remindedAt',
  'reminders',
  'decidedBy',
  'decidedAt',
  'decidedFor',
  'createdAt',
  'updatedAt',
] as const;

/** A user whom an approval names, or who holds a role that one of its steps is open to. */
export interface Known {
  id: string;
  name: string;
  role: string;
  active: boolean;
  /** Who decides in their place today, while they are away. */
  standInId: string | null;
  standInName: string | null;
}

/** The users to be known for these rows: by id, or by role. */
export function namedIn(
  instances: readonly InstanceRow[],
  steps: readonly StepRow[],
): { ids: string[]; roles: string[] } {
  const ofStep = (s: StepRow) => [
    ...s.assigneeIds, s.decidedBy, s.decidedFor, ...s.delegations.flatMap(d => [d.fromId, d.toId]),
  ];
  const ids = [...instances.map(i => i.requesterId), ...steps.flatMap(ofStep)];
  const roles = steps.flatMap(s => s.openTo);
  return {
    ids: [...new Set(ids.filter(id => id !== null && id !== undefined))],
    roles: [...new Set(roles.flatMap(r => (r === 'ADMIN' ? [r, 'SUPER_ADMIN'] : [r])))],
  };
}

/** The instance as the API answers it and the rules ask for it. */
export function toInstance(row: InstanceRow, stepRows: readonly StepRow[], known: readonly Known[]): Instance {
  const nameOf = (id: string | null | undefined): string | null => known.find(k => k.id === id)?.name ?? null;
  const person = (id: string) => ({ id, name: nameOf(id) ?? '' });
  const steps = stepRows
    .filter(s => s.workflowId === row.id)
    .sort((a, b) => a.order - b.order || a.stepId.localeCompare(b.stepId))
    .map((s): Step => ({
      ...s,
      role: s.role ?? null,
      comment: s.comment ?? null,
      assigneeId: s.assigneeIds.length === 1 ? s.assigneeIds[0]! : null,
      assignees: approversAmong(s, row, known).map(({ id, name }) => ({ id, name })),
      standIns: standInsAmong(s, row, known),
      delegations: s.delegations.map(({ fromId, toId, ...d }) => ({ ...d, from: person(fromId), to: person(toId) })),
      openedAt: instant(s.openedAt),
      remindedAt: instant(s.remindedAt),
      decidedBy: s.decidedBy ?? null,
      decidedByName: nameOf(s.decidedBy),
      decidedAt: instant(s.decidedAt),
      decidedFor: s.decidedFor ? person(s.decidedFor) : null,
      createdAt: instant(s.createdAt)!,
      updatedAt: instant(s.updatedAt)!,
    }));
  const over = row.status === 'completed' || row.status === 'rejected' || row.status === 'cancelled';
  return {
    ...row,
    templateId: row.templateId ?? null,
    parent: row.parent ?? null,
    requesterId: row.requesterId ?? null,
    subjectVersion: row.subjectVersion ?? null,
    cancelReason: row.cancelReason ?? null,
    requesterName: nameOf(row.requesterId),
    slaDeadline: instant(row.slaDeadline),
    completedAt: instant(row.completedAt),
    cancelledAt: instant(row.cancelledAt),
    closedAt: instant(row.closedAt),
    createdAt: instant(row.createdAt)!,
    updatedAt: instant(row.updatedAt)!,
    steps,
    stepsStatus: stepsStatus(steps),
    temporalWorkflowId: approvalProcess.id(row.id),
    currentStepId: over ? null : (currentSteps({ mode: row.mode, steps })[0]?.stepId ?? null),
  };
}

const instant = (at: Date | string | null | undefined): string | null => (at ? new Date(at).toISOString() : null);

/**
 * Who can decide the step today: its active assignees and the active holders of its roles, but neither the requester
 * nor who handed it over.
 */
function approversAmong(step: StepRow, instance: InstanceRow, known: readonly Known[]): Known[] {
  return known
    .filter(k => k.active && isApproverThemselves(step, { userId: k.id, role: k.role }))
    .filter(k => !isRequester(instance, k.id))
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Who stands in for those today: for them alone, not for whom they stand in for themselves. */
function standInsAmong(step: StepRow, instance: InstanceRow, known: readonly Known[]): Step['standIns'] {
  return approversAmong(step, instance, known)
    .filter(k => k.standInId && !isRequester(instance, k.standInId))
    .map(k => ({ id: k.standInId!, name: k.standInName ?? '', for: { id: k.id, name: k.name } }));
}

const isRequester = (instance: InstanceRow, userId: string): boolean =>
  isOwnRequest({ ...instance, requesterId: instance.requesterId ?? null }, userId);
