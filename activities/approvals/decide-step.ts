import { z } from 'zod';
import { lockApproval } from '../../db/approvals/approval.query.ts';
import { Decide } from '../../domain/approvals/decision.ts';
import { aboutInstance, approvalProcess, stepDecided } from '../../domain/approvals/instance.contract.ts';
import { Instance } from '../../domain/approvals/instance.ts';
import { refusalToDecide, stepMeant, type Step } from '../../domain/approvals/step.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { deadlineNow } from '../platform/process/hold-of.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { recordDecision } from './record-decision.ts';

const input = Decide.safeExtend({ instanceId: z.uuid() });
type Input = z.output<typeof input>;

/** Approves or rejects a step, once: the first to lock the instance wins, also against its deadline (APR-021). */
export const decideStep = verb(
  { name: 'decide-step', needs: 'workflow-instance:decide', input, output: Instance },
  async (ctx, decision) => {
    // The hold is asked for behind the lock, in the same packet.
    const [approval, now] = await Promise.all([
      lockApproval(ctx.em, decision.instanceId),
      deadlineNow(ctx, approvalProcess.id(decision.instanceId)),
    ]);
    const before = await approval.view();
    const step = stepToDecide(ctx, { ...before, timeZone: approval.timeZone }, decision, now);
    lockVersion(ctx, approval.row);
    const row = approval.steps.find(s => s.id === step.id)!;
    recordDecision(ctx, approval, row, { ...decision, comment: decision.comment || null });
    const instance = await approval.view();
    ctx.emit(stepDecided, {
      ...aboutInstance(instance),
      stepId: step.stepId,
      stepName: step.name,
      decision: decision.decision,
      comment: decision.comment || null,
    });
    return instance;
  },
);

function stepToDecide(
  { actor }: VerbContext,
  facts: Instance & { timeZone: string },
  decision: Input,
  now: number,
): Step {
  const step =
    decision.stepId === undefined
      ? stepMeant(facts, actor, now)
      : facts.steps.find(s => s.id === decision.stepId || s.stepId === decision.stepId);
  if (!step && decision.stepId !== undefined) throw invalidField('stepId', 'This approval has no such step', 'unknown');
  if (!step) throw new Refusal('conflict', 'There is no step to decide yet');
  const refusal = refusalToDecide(step, facts, actor, now);
  if (refusal) throw new Refusal(refusal.code, refusal.why);
  if (
    decision.subjectVersion !== undefined &&
    facts.subjectVersion !== null &&
    decision.subjectVersion !== facts.subjectVersion
  ) {
    throw new Refusal('conflict', `${facts.title} changed since you saw it`, { reason: 'stale-subject' });
  }
  return step;
}
