import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { Id } from '../platform/id.ts';
import { sayAll, sayAny, sayInstant } from '../platform/sentence.ts';
import { roleLabel } from '../platform/role.ts';
import { Person } from '../platform/identity/user.ts';

export const stepStatuses = [
  'pending',
  'in_progress',
  'approved',
  'rejected',
  'skipped',
  'delegated',
  'expired',
] as const;
export type StepStatus = (typeof stepStatuses)[number];

export const Metadata = z.record(z.string().max(100), z.unknown()).meta({ id: 'Metadata' });

/** A step that was handed to somebody else, who decides from then on (APR-027). */
export const Delegation = z
  .object({ id: Id, from: Person, to: Person, at: Instant, comment: z.string().nullable(), stepVersion: z.int() })
  .meta({ id: 'Delegation' });
/** Somebody who may decide today in the place of an approver who is away. */
export const StandingIn = Person.extend({ for: Person }).meta({ id: 'StandingIn' });

/** One decision of an approval (APR-T3). */
export const Step = z
  .object({
    id: Id,
    workflowId: Id,
    stepId: z.string().meta({ description: 'Short name of the step within its instance', example: 'step-1' }),
    name: z.string(),
    order: z.int(),
    role: z.string().nullable(),
    status: z.enum(stepStatuses),
    comment: z.string().nullable(),
    metadata: Metadata,
    assigneeId: Id.nullable().meta({ description: 'The assignee, where there is exactly one' }),
    assigneeIds: z.array(Id),
    assignees: z.array(Person),
    openTo: z.array(z.string()).meta({ description: 'Roles whose holders may decide, next to the assignees' }),
    handedBy: z.array(Id).meta({ description: 'Who handed the step over, and does not decide it any more' }),
    delegations: z.array(Delegation).meta({ description: 'Oldest first' }),
    standIns: z.array(StandingIn).meta({ description: 'Who may decide today for an approver who is away' }),
    openedAt: Instant.nullable(),
    remindedAt: Instant.nullable(),
    reminders: z.int(),
    decidedBy: Id.nullable(),
    decidedByName: z.string().nullable(),
    decidedAt: Instant.nullable(),
    decidedFor: Person.nullable().meta({ description: 'In whose place it was decided' }),
    createdAt: Instant,
    updatedAt: Instant,
  })
  .meta({ id: 'WorkflowStep' });
export type Step = z.output<typeof Step>;

export const isUndecided = (step: { status: StepStatus }): boolean =>
  step.status === 'pending' || step.status === 'in_progress' || step.status === 'delegated';

export const modes = ['sequence', 'parallel-all', 'parallel-any'] as const;
export type Mode = (typeof modes)[number];

/** What the rules need of a step, and of the instance it belongs to. */
export type StepFacts = Pick<
  Step,
  | 'id'
  | 'stepId'
  | 'name'
  | 'order'
  | 'role'
  | 'status'
  | 'assigneeIds'
  | 'assignees'
  | 'openTo'
  | 'handedBy'
  | 'delegations'
  | 'standIns'
  | 'decidedBy'
  | 'decidedByName'
  | 'decidedAt'
>;
export interface ApprovalFacts {
  status: string;
  mode: Mode;
  requesterId: string | null;
  excludeRequester: boolean;
  slaDeadline: string | null;
  whenDue: 'overdue' | 'expired';
  timeZone: string;
  steps: readonly StepFacts[];
}
export interface Decider {
  userId: string | null;
  role: string | null;
}

/** The steps that may be decided now: in a sequence those of the lowest open order, else all open ones (APR-024). */
export function currentSteps<S extends { order: number; status: StepStatus }>(instance: {
  mode: Mode;
  steps: readonly S[];
}): S[] {
  const open = instance.steps.filter(isUndecided);
  const first = Math.min(...open.map(s => s.order));
  return instance.mode === 'sequence' ? open.filter(s => s.order === first) : open;
}

/** Why the actor may not approve or reject the step, or undefined if they may. */
export const whyNotDecide = (
  step: StepFacts,
  instance: ApprovalFacts,
  actor: Decider,
  now: number,
): string | undefined => refusalToDecide(step, instance, actor, now)?.why;

/** The same with its kind: who may at all comes first, then whether it can be decided any more. */
export function refusalToDecide(
  step: StepFacts,
  instance: ApprovalFacts,
  actor: Decider,
  now: number,
): { code: 'forbidden' | 'conflict'; why: string } | undefined {
  if (!isApprover(step, actor)) return { code: 'forbidden', why: `Only ${approversOf(step)} may decide ${step.name}` };
  if (isOwnRequest(instance, actor.userId)) {
    return { code: 'forbidden', why: 'You asked for this approval yourself: someone else decides it' }; // APR-022
  }
  const why = whyDecided(step, instance) ?? whyTooLate(instance, now) ?? whyTooEarly(step, instance);
  return why === undefined ? undefined : { code: 'conflict', why };
}

/** Did that person ask for what they may not decide themselves? */
export const isOwnRequest = (
  instance: Pick<ApprovalFacts, 'excludeRequester' | 'requesterId'>, userId: string | null,
): boolean => instance.excludeRequester && instance.requesterId === userId;

/** Is the actor an approver of the step, or does today in the place of one? */
export const isApprover = (
  step: Pick<StepFacts, 'assigneeIds' | 'openTo' | 'handedBy' | 'standIns'>, actor: Decider,
): boolean => isApproverThemselves(step, actor) || step.standIns.some(s => s.id === actor.userId);

/** Is the actor an assignee of the step, or a holder of a role it is open to? (APR-018, 039) */
export const isApproverThemselves = (
  step: Pick<StepFacts, 'assigneeIds' | 'openTo' | 'handedBy'>, actor: Decider,
): boolean =>
  actor.userId !== null &&
  !step.handedBy.includes(actor.userId) &&
  (step.assigneeIds.includes(actor.userId) || step.openTo.some(role => holds(actor.role, role)));

/** In whose place the actor decides: of whom handed the step to them, or of whom they stand in for (APR-027). */
export function inPlaceOf(
  step: Pick<StepFacts, 'assigneeIds' | 'openTo' | 'handedBy' | 'delegations' | 'standIns'>, actor: Decider,
): Person | null {
  return isApproverThemselves(step, actor)
    ? (step.delegations.findLast(d => d.to.id === actor.userId)?.from ?? null)
    : (step.standIns.find(s => s.id === actor.userId)?.for ?? null);
}

/** Who is told of the step: those who can decide it today, and who stands in for them. */
export const toldOf = (step: Pick<Step, 'assignees' | 'standIns'>): string[] =>
  [...new Set([...step.assignees, ...step.standIns].map(a => a.id))];

/** A super admin holds the role of an admin, too. */
export const holds = (actual: string | null, wanted: string): boolean =>
  actual === wanted || (wanted === 'ADMIN' && actual === 'SUPER_ADMIN');

/** "Dana Okafor (Sales engineer)", "Dana or Pat (Legal)", "a holder of Vp", "a holder of Cfo or Admin". */
export function approversOf(step: Pick<StepFacts, 'name' | 'role' | 'assignees' | 'openTo'>): string {
  const label = step.role ? roleLabel(step.role) : step.name;
  if (step.assignees.length > 0 && step.assignees.length <= 3) {
    return `${sayAny(step.assignees.map(a => a.name))} (${label})`;
  }
  const roles = step.openTo.length ? step.openTo.map(roleLabel) : [label];
  return `a holder of the role ${sayAny(roles)}`;
}

const happened: Partial<Record<StepStatus, string>> = {
  approved: 'approved',
  rejected: 'rejected',
  skipped: 'skipped',
  expired: 'expired',
};

/** "Setup is already approved by Dana Okafor on Tue 24 Nov 09:00", or why the whole approval is over. */
export function whyDecided(step: StepFacts, instance: Pick<ApprovalFacts, 'status' | 'timeZone'>): string | undefined {
  const what = happened[step.status];
  if (what) {
    const by = step.decidedByName ? ` by ${step.decidedByName}` : '';
    const on = step.decidedAt ? ` on ${sayInstant(step.decidedAt, instance.timeZone)}` : '';
    return `${step.name} is already ${what}${by}${on}`;
  }
  return whyClosed(instance);
}

/** Why nothing in the instance can change any more. */
export const whyClosed = (instance: { status: string }): string | undefined =>
  ['completed', 'rejected', 'cancelled'].includes(instance.status)
    ? `The approval is already ${instance.status}`
    : undefined;

/** A late decision does not count, whether or not the timer has already fired. */
export function whyTooLate(instance: ApprovalFacts, now: number): string | undefined {
  if (instance.whenDue !== 'expired' || !instance.slaDeadline || now < Date.parse(instance.slaDeadline))
    return undefined;
  return `The time to decide ended on ${sayInstant(instance.slaDeadline, instance.timeZone)}`;
}

function whyTooEarly(step: StepFacts, instance: ApprovalFacts): string | undefined {
  const current = currentSteps(instance);
  if (current.some(s => s.id === step.id)) return undefined;
  return `${step.name} comes after ${sayAll(current.map(s => s.name))}, which is still to be decided`;
}

/** The step an actor means who names none: the first that they may decide, else the one that says best why not. */
export function stepMeant<S extends StepFacts>(
  instance: ApprovalFacts & { steps: readonly S[] },
  actor: Decider,
  now: number,
): S | undefined {
  const inOrder = [...instance.steps].sort((a, b) => a.order - b.order);
  const mine = inOrder.filter(s => isApprover(s, actor));
  return (
    mine.find(s => refusalToDecide(s, instance, actor, now) === undefined) ??
    mine.findLast(s => s.decidedBy !== null) ??
    mine[0] ??
    currentSteps({ mode: instance.mode, steps: inOrder })[0] ??
    inOrder.at(-1)
  );
}

/** Why an admin may not skip the step (APR-038); the right itself is `workflow-instance:skip`. */
export const whyNotSkip = (step: StepFacts, instance: Pick<ApprovalFacts, 'status' | 'timeZone'>): string | undefined =>
  whyDecided(step, instance);
