import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { Id } from '../platform/id.ts';
import { roleCode } from '../platform/role.ts';
import { anyCase } from './any-case.ts';
import { isUndecided, Metadata, modes, Step, whyClosed, type StepStatus } from './step.ts';

export const instanceTypes = ['PHASE_APPROVAL', 'approval', 'notification', 'automation'] as const;
export type InstanceType = (typeof instanceTypes)[number];
export const instanceStatuses = ['pending', 'in_progress', 'completed', 'rejected', 'cancelled'] as const;
export type InstanceStatus = (typeof instanceStatuses)[number];
/** What passing the deadline does: mark it as overdue, or end the approval undecided, which counts as rejected. */
export const whenDueActions = ['overdue', 'expired'] as const;
export type WhenDue = (typeof whenDueActions)[number];

/** The process that is told how the approval ended. */
export const Parent = z.object({ type: z.string().max(60), entityId: Id }).meta({ id: 'Parent' });
export type Parent = z.output<typeof Parent>;

/** A step of an approval as 001 shows it: `{"status":"approved","approvedBy":…,"approvedAt":…}` (APR-013). */
export const StepState = z.record(z.string(), z.string().nullable()).meta({ id: 'StepState' });

/** One run of an approval (APR-T2). */
export const Instance = z
  .object({
    id: Id,
    templateId: Id.nullable(),
    type: z.enum(instanceTypes),
    title: z.string(),
    referenceType: z.string(),
    referenceId: Id,
    storyId: Id,
    parent: Parent.nullable(),
    status: z.enum(instanceStatuses),
    mode: z.enum(modes),
    currentStepId: z.string().nullable(),
    stepsStatus: z.record(z.string(), StepState),
    steps: z.array(Step),
    requesterId: Id.nullable(),
    requesterName: z.string().nullable(),
    excludeRequester: z.boolean(),
    memberIds: z.array(Id),
    slaDeadline: Instant.nullable(),
    whenDue: z.enum(whenDueActions),
    isOverdue: z.boolean(),
    subjectVersion: z.string().nullable().meta({ description: 'Version or hash of what is approved' }),
    completedAt: Instant.nullable(),
    cancelledAt: Instant.nullable(),
    cancelReason: z.string().nullable(),
    closedAt: Instant.nullable().meta({ description: 'When those concerned were told of the end' }),
    metadata: Metadata,
    temporalWorkflowId: z.string(),
    version: z.int(),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'WorkflowInstance' });
export type Instance = z.output<typeof Instance>;

const roleOrPeople = {
  role: z
    .string()
    .trim()
    .min(1)
    .max(50)
    .transform(roleCode)
    .optional()
    .meta({ description: 'A role of the tenant; with assigneeIds also a role in a team', example: 'SALES_MANAGEMENT' }),
  assigneeIds: z
    .array(Id)
    .max(100)
    .optional()
    .meta({ description: 'These people decide; without them, whoever holds the role' }),
  metadata: Metadata.optional(),
};
export const StepToAdd = z
  .object({ name: z.string().trim().min(1).max(200), order: z.int().min(0).max(1000).optional(), ...roleOrPeople })
  .meta({ id: 'StepToAdd', example: { name: 'Legal', order: 2, role: 'VP' } });
export type StepToAdd = z.output<typeof StepToAdd>;

/** What anybody may start an approval with (APR-015, 017, 049). */
export const StartInstance = z
  .object({
    type: anyCase(instanceTypes).default('approval'),
    referenceType: z.string().trim().min(1).max(50),
    referenceId: Id,
    title: z
      .string()
      .trim()
      .min(1)
      .max(200)
      .optional()
      .meta({ description: 'What is to be approved', example: 'Setup' }),
    metadata: Metadata.default({}),
    mode: z.enum(modes).default('sequence'),
    steps: z
      .array(StepToAdd.extend({ stepId: z.string().trim().min(1).max(60).optional() }))
      .max(50)
      .default([]),
    dueInHours: z
      .number()
      .positive()
      .max(24 * 400)
      .optional(),
    whenDue: z.enum(whenDueActions).default('overdue'),
    subjectVersion: z.string().max(100).optional(),
  })
  .meta({
    id: 'StartInstance',
    example: {
      type: 'approval',
      referenceType: 'invoice',
      referenceId: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01',
      title: 'Invoice 1001',
      steps: [{ name: 'Manager approval', order: 0, role: 'SALES_MANAGEMENT' }],
    },
  });
export type StartInstance = z.output<typeof StartInstance>;

/** The same with what only other areas can say: whose story it is, who asked, whom to tell at the end. */
export const OpenInstance = StartInstance.extend({
  storyId: Id.optional(),
  parent: Parent.optional(),
  /** Templates may say otherwise; who asks may not (APR-022). */
  excludeRequester: z.boolean().default(true),
  /** What the thing belongs to, for the title of the process: the POV of a phase. */
  within: z.string().optional(),
  requesterId: Id.nullable().optional(),
  memberIds: z.array(Id).default([]),
});
export type OpenInstance = z.output<typeof OpenInstance>;

/** What is to be approved, in words. */
export const titleOf = (start: Pick<StartInstance, 'title' | 'referenceType'>): string =>
  start.title ?? start.referenceType.replaceAll('_', ' ');

/** What the process of an approval is called: `within` names what the referenced thing belongs to. */
export const processTitle = (title: string, within: string | undefined): string =>
  `Approval: ${within ? `${title} of ${within}` : title}`;

/** The status that the steps give an instance that is not cancelled (APR-012, 016). */
export function instanceStatus(
  steps: readonly { status: StepStatus; openedAt?: string | Date | null }[],
): Exclude<InstanceStatus, 'cancelled'> {
  if (steps.some(s => s.status === 'rejected' || s.status === 'expired')) return 'rejected';
  if (steps.length > 0 && steps.every(s => s.status === 'approved' || s.status === 'skipped')) return 'completed';
  return steps.some(s => !isUndecided(s) || s.openedAt) ? 'in_progress' : 'pending';
}

type Decided = Pick<Step, 'stepId' | 'status' | 'decidedBy' | 'decidedAt' | 'comment'>;

/** `{"step-1": {status:"approved", approvedBy, approvedAt}, "step-2": {status:"pending"}}` (APR-013). */
export const stepsStatus = (steps: readonly Decided[]): Instance['stepsStatus'] =>
  Object.fromEntries(steps.map(s => [s.stepId, stepState(s)]));

function stepState(s: Decided): Record<string, string | null> {
  if (isUndecided(s)) return { status: s.status };
  return {
    status: s.status,
    [`${s.status}By`]: s.decidedBy,
    [`${s.status}At`]: s.decidedAt,
    ...(s.comment ? { comment: s.comment } : {}),
  };
}

/** Why the approval may not be called off any more; the right itself is `workflow-instance:cancel`. */
export const whyNotCancel = (instance: Pick<Instance, 'status'>): string | undefined => whyClosed(instance);

/** Why a step with this order may not be added: only what is still ahead can change (APR-014). */
export function whyNotAddStep(
  instance: Pick<Instance, 'status' | 'mode' | 'steps'>,
  order: number,
): string | undefined {
  const closed = whyClosed(instance);
  if (closed || instance.mode !== 'sequence') return closed;
  const later = instance.steps.find(s => !isUndecided(s) && s.order > order);
  return later && `${later.name} is already ${later.status}, so nothing can come before it any more`;
}

/** The order of a step that is added without one: after all others. */
export const nextOrder = (steps: readonly { order: number }[]): number =>
  steps.length === 0 ? 0 : Math.max(...steps.map(s => s.order)) + 1;

/** A short name for a step that has none yet: `step-3`. */
export function nextStepId(taken: readonly string[]): string {
  for (let n = taken.length + 1; ; n++) if (!taken.includes(`step-${n}`)) return `step-${n}`;
}
