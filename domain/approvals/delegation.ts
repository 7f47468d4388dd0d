import {
  approversOf, isApproverThemselves, isOwnRequest, whyDecided, whyTooLate, type ApprovalFacts, type Decider,
  type StepFacts,
} from './step.ts';

/** Why the actor may not hand the step over: it must be theirs, and still to be decided (APR-027). */
export function refusalToDelegate(
  step: StepFacts, instance: ApprovalFacts, actor: Decider, now: number,
): { code: 'forbidden' | 'conflict'; why: string } | undefined {
  if (!isApproverThemselves(step, actor))
    return { code: 'forbidden', why: `Only ${approversOf(step)} may hand ${step.name} over` };
  if (isOwnRequest(instance, actor.userId))
    return { code: 'forbidden', why: 'You asked for this approval yourself: you cannot choose who decides it' };
  const why = whyDecided(step, instance) ?? whyTooLate(instance, now);
  return why === undefined ? undefined : { code: 'conflict', why };
}

/** Why the step may not be handed to that person. */
export function whyNotDelegateTo(
  userId: string, instance: Pick<ApprovalFacts, 'excludeRequester' | 'requesterId'>, actor: Decider,
): string | undefined {
  if (userId === actor.userId) return 'must be somebody else';
  return isOwnRequest(instance, userId) ? 'asked for this approval and may not decide it' : undefined;
}
