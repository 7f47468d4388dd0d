import type { Approval } from '../../db/approvals/approval.query.ts';
import { Decision } from '../../db/approvals/decision.entity.ts';
import type { WorkflowStep } from '../../db/approvals/workflow-step.entity.ts';
import type { DecisionKind } from '../../domain/approvals/decision.ts';
import { instanceStatus } from '../../domain/approvals/instance.ts';
import { isUndecided } from '../../domain/approvals/step.ts';
import type { VerbContext } from '../platform/verb.ts';

interface Taken {
  decision: DecisionKind;
  comment: string | null;
  subjectVersion?: string;
  /** In whose place it was decided. */
  inPlaceOf?: { id: string } | null;
}

/** Writes what was decided: the append-only row, the step, and the status that the instance has by it (APR-016). */
export function recordDecision(
  { em, id, actor, now }: VerbContext,
  approval: Approval,
  step: WorkflowStep,
  taken: Taken,
): void {
  const at = new Date(now);
  em.create(Decision, {
    id: id(),
    workflowId: approval.row.id,
    workflowStepId: step.id,
    decision: taken.decision,
    decidedBy: actor.userId,
    decidedAt: at,
    decidedFor: taken.inPlaceOf?.id ?? null,
    comment: taken.comment,
    stepVersion: step.version,
    subjectVersion: taken.subjectVersion ?? approval.row.subjectVersion,
    ip: actor.ip ?? null,
  });
  step.status = taken.decision;
  step.comment = taken.comment;
  step.decidedBy = actor.userId;
  step.decidedAt = at;
  step.decidedFor = taken.inPlaceOf?.id ?? null;
  if (taken.decision === 'approved' && approval.row.mode === 'parallel-any') withdrawOthers(approval, at);
  approval.row.status = instanceStatus(approval.steps);
  if (approval.row.status === 'completed') approval.row.completedAt = at;
}

/** Where the first approval is enough, the other steps are no longer needed (APR-026). */
function withdrawOthers({ steps }: Approval, at: Date): void {
  for (const other of steps.filter(isUndecided)) {
    other.status = 'skipped';
    other.decidedAt = at;
  }
}
