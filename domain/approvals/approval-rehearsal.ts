import { iso, type FutureEntry } from '../platform/process.ts';
import { approvalPlan } from './approval-plan.ts';
import { titleOf, type StartInstance } from './instance.ts';
import { approversOf, currentSteps, type Step } from './step.ts';

/** Everybody who is active, for the names. */
export interface Approver {
  id: string;
  name: string;
  role: string;
}
interface Circumstances {
  now: number;
  timeZone: string;
  approvers: readonly Approver[];
}

/** What would come after starting an approval: who is asked and reminded, and what the deadline does. */
export function rehearseApproval(start: StartInstance, { now, timeZone, approvers }: Circumstances): FutureEntry[] {
  const at = iso(now);
  const steps = start.steps.map((given, n): Step => {
    const assigneeIds = given.assigneeIds ?? [];
    const openTo = assigneeIds.length === 0 && given.role ? [given.role] : [];
    const assignees = approvers
      .filter(a => assigneeIds.includes(a.id) || openTo.includes(a.role))
      .map(({ id, name }) => ({ id, name }));
    const step = { id: `${n}`, workflowId: '', stepId: `step-${n + 1}`, name: given.name, order: given.order ?? n };
    const people = { role: given.role ?? null, assigneeId: null, assigneeIds, assignees, openTo, handedBy: [] };
    const undecided = {
      status: 'pending' as const,
      comment: null,
      decidedBy: null,
      decidedByName: null,
      decidedAt: null,
      decidedFor: null,
      delegations: [],
      standIns: [],
    };
    return {
      ...step,
      ...people,
      ...undecided,
      metadata: {},
      openedAt: at,
      remindedAt: null,
      reminders: 0,
      createdAt: at,
      updatedAt: at,
    };
  });
  const slaDeadline = start.dueInHours === undefined ? null : iso(now + start.dueInHours * 3_600_000);
  const fresh = {
    id: '',
    status: 'in_progress' as const,
    requesterId: null,
    isOverdue: false,
    closedAt: null,
    createdAt: at,
  };
  const instance = { ...start, ...fresh, title: titleOf(start), steps, slaDeadline };
  const asked = currentSteps(instance).map((s): FutureEntry => ({
    at,
    what: `Asks ${approversOf(s)} to approve ${instance.title}`,
    kind: 'predicted',
  }));
  return [...asked, ...approvalPlan({ instance, timeZone }, now).future];
}
