import type { InstanceStatus } from '../approvals/instance.ts';
import type { FutureEntry, Plan, WaitingFor } from '../platform/process.ts';
import { isClosed, povStatusLabel, type PovStatus } from './pov-status.ts';
import { statusByDate, type MilestoneStatus } from './milestone.ts';
import type { OpenLaunch } from './launch-plan.ts';
import type { PhaseStatus } from './phase.ts';
import { povFuture } from './pov-future.ts';
import { povWaitingFor } from './pov-sentence.ts';

export type PovStep =
  | { do: 'followOpportunity'; povId: string }
  | { do: 'markMilestoneOverdue'; milestoneId: string }
  | { do: 'completePhase'; phaseId: string; instanceId: string }
  | { do: 'returnPhase'; phaseId: string; instanceId: string }
  | { do: 'startPhase'; phaseId: string };

/** The round of approval that a phase is in. */
export interface ApprovalState {
  instanceId: string;
  status: InstanceStatus;
  /** What its process says. */
  waitingFor: WaitingFor;
  /** What happens in it if nobody acts. */
  future: readonly FutureEntry[];
}
export interface PhaseState {
  id: string;
  name: string;
  status: PhaseStatus;
  startDate: number;
  endDate: number;
  startedAt: number | null;
  blockedAt: number | null;
  completedAt: number | null;
  submittedAt: number | null;
  returned: { at: number; comment: string | null } | null;
  approval: ApprovalState | null;
}
export interface MilestoneState {
  id: string;
  name: string;
  phaseName: string;
  dueDate: number;
  status: MilestoneStatus;
}
export interface PovLaunchState extends OpenLaunch {
  confirmed: boolean;
  launchedAt: number | null;
}

/** All that the lifecycle of a POV depends on; instants in milliseconds, phases in sequence. */
export interface PovState {
  timeZone: string;
  pov: {
    id: string;
    title: string;
    status: PovStatus;
    statusSince: number;
    statusReason: string | null;
    deleted: boolean;
    ownerId: string;
    ownerName: string;
    startDate: number;
    endDate: number;
    /** Its opportunity has another account by now. */
    customerMoved: boolean;
  };
  phases: readonly PhaseState[];
  milestones: readonly MilestoneState[];
  launch: PovLaunchState | null;
}

/** What the lifecycle of a POV does next, what it waits for, and what is still to come. */
export function povPlan(state: PovState, now: number): Plan<PovStep> {
  const { pov } = state;
  const closed = pov.deleted ? 'DELETED' : isClosed(pov.status) ? pov.status : null;
  const step = closed
    ? null
    : (movedCustomer(state) ?? dueMilestone(state, now) ?? decidedPhase(state) ?? nextPhase(state));
  const waitingFor = closed || step ? null : povWaitingFor(state, now);
  return {
    step,
    closed,
    waitingFor,
    stage: stageOf(state),
    ownerId: pov.ownerId,
    title: pov.title,
    needsHuman: waitingFor?.person ?? false,
    wakeAt: closed ? null : wakeAt(state, waitingFor, now),
    future: closed ? [] : povFuture(state, now),
  };
}

const movedCustomer = ({ pov }: PovState): PovStep | null =>
  pov.customerMoved ? { do: 'followOpportunity', povId: pov.id } : null;

function dueMilestone({ milestones }: PovState, now: number): PovStep | null {
  const due = milestones.find(m => m.status === 'PENDING' && statusByDate(m.status, m.dueDate, now) === 'OVERDUE');
  return due ? { do: 'markMilestoneOverdue', milestoneId: due.id } : null;
}

/** A phase whose approval has ended: approved ones are completed, the others go back (APR-036, 037). */
function decidedPhase({ phases }: PovState): PovStep | null {
  for (const { id, submittedAt, approval } of phases) {
    if (submittedAt === null || !approval) continue;
    const { status, instanceId } = approval;
    if (status === 'completed') return { do: 'completePhase', phaseId: id, instanceId };
    if (status === 'rejected' || status === 'cancelled') return { do: 'returnPhase', phaseId: id, instanceId };
  }
  return null;
}

/** A phase starts when the POV is in progress and all phases before it are completed (POV-032). */
function nextPhase({ pov, phases }: PovState): PovStep | null {
  if (pov.status !== 'IN_PROGRESS') return null;
  const current = phases.find(p => p.status !== 'COMPLETED');
  return current?.status === 'NOT_STARTED' && current.submittedAt === null
    ? { do: 'startPhase', phaseId: current.id }
    : null;
}

function stageOf({ pov, phases }: PovState): string {
  if (pov.deleted) return 'Deleted';
  const current = pov.status === 'IN_PROGRESS' ? phases.find(p => p.status !== 'COMPLETED') : undefined;
  return (current?.name ?? povStatusLabel[pov.status]).slice(0, 60);
}

/** The next milestone to fall due, phase to end, or what the sentence names: each changes what is done or said. */
function wakeAt({ milestones, phases }: PovState, waitingFor: WaitingFor | null, now: number): number | null {
  const at = [
    ...milestones.filter(m => m.status === 'PENDING').map(m => m.dueDate),
    ...phases.filter(p => p.status === 'IN_PROGRESS').map(p => p.endDate),
    ...(waitingFor?.until ? [Date.parse(waitingFor.until)] : []),
  ].filter(t => t > now);
  return at.length ? Math.min(...at) : null;
}
