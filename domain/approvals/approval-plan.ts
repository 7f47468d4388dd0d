import { iso, type FutureEntry, type Plan } from '../platform/process.ts';
import { sayInstant } from '../platform/sentence.ts';
import { approvalWaitingFor, isOpened, reminderAt, reminderEveryHours } from './approval-sentence.ts';
import type { Instance } from './instance.ts';
import { approversOf, currentSteps, whyClosed } from './step.ts';

const hour = 3_600_000;

export type ApprovalStep =
  | { do: 'openStep'; instanceId: string; stepId: string }
  | { do: 'remindApprovers'; instanceId: string; stepId: string; number: number }
  | { do: 'markOverdue'; instanceId: string }
  | { do: 'expireInstance'; instanceId: string }
  | { do: 'closeInstance'; instanceId: string };

/** What the plan needs to know of an approval. */
type Planned = Pick<
  Instance,
  | 'id'
  | 'title'
  | 'status'
  | 'mode'
  | 'steps'
  | 'requesterId'
  | 'referenceId'
  | 'slaDeadline'
  | 'whenDue'
  | 'isOverdue'
  | 'closedAt'
  | 'createdAt'
>;
export interface ApprovalState {
  instance: Planned;
  timeZone: string;
}

/** What an approval does next, what it waits for, and what happens if nobody acts. */
export function approvalPlan({ instance, timeZone }: ApprovalState, now: number): Plan<ApprovalStep> {
  const base = {
    stage: instance.status,
    needsHuman: false,
    ownerId: instance.requesterId,
    referenceId: instance.referenceId,
    future: [],
    waitingFor: null,
    wakeAt: null,
  };
  if (whyClosed(instance)) {
    if (instance.closedAt) return { ...base, step: null, closed: instance.status };
    return { ...base, step: { do: 'closeInstance', instanceId: instance.id }, closed: null };
  }
  const step = dueStep(instance, now);
  if (step) return { ...base, step, closed: null };
  const future = approvalFuture(instance, timeZone);
  const wakeAt = future[0] ? Date.parse(future[0].at) : null;
  return {
    ...base,
    step: null,
    closed: null,
    needsHuman: true,
    wakeAt,
    future,
    waitingFor: approvalWaitingFor(instance, timeZone, now),
  };
}

function dueStep(instance: Planned, now: number): ApprovalStep | null {
  const id = { instanceId: instance.id };
  const deadline = deadlineOf(instance);
  if (deadline !== null && now >= deadline)
    return { do: instance.whenDue === 'expired' ? 'expireInstance' : 'markOverdue', ...id };
  const unopened = currentSteps(instance).find(s => !isOpened(s));
  if (unopened) return { do: 'openStep', ...id, stepId: unopened.id };
  const reminder = currentSteps(instance).find(s => isOpened(s) && reminderAt(s) <= now);
  return reminder ? { do: 'remindApprovers', ...id, stepId: reminder.id, number: reminder.reminders + 1 } : null;
}

/** The deadline, as long as passing it still has an effect. */
const deadlineOf = (instance: Planned): number | null =>
  instance.slaDeadline && !instance.isOverdue ? Date.parse(instance.slaDeadline) : null;

/** What happens if nobody acts: the set timers, then the reminders that follow; earliest first. */
export function approvalFuture(instance: Planned, timeZone: string): FutureEntry[] {
  if (whyClosed(instance)) return [];
  const deadline = deadlineOf(instance);
  const reminders = currentSteps(instance).filter(isOpened).flatMap((s): FutureEntry[] =>
    [0, 1, 2].map(n => ({
      at: iso(reminderAt(s) + n * reminderEveryHours * hour),
      what: `Reminder to ${approversOf(s)}`,
      kind: n === 0 ? 'timer' : 'escalation',
    })),
  );
  const due: FutureEntry[] =
    deadline === null
      ? []
      : [
          {
            at: iso(deadline),
            kind: 'timer',
            what:
              instance.whenDue === 'expired'
                ? 'Ends as rejected: nobody decided'
                : `Overdue since ${sayInstant(deadline, timeZone)}`,
          },
        ];
  const expires = instance.whenDue === 'expired' && deadline !== null ? iso(deadline) : null;
  return [...reminders.filter(r => expires === null || r.at < expires), ...due].sort((a, b) =>
    a.at.localeCompare(b.at),
  );
}
