import { z } from 'zod';
import { Skip } from '../../domain/approvals/decision.ts';
import { aboutInstance, stepSkipped } from '../../domain/approvals/instance.contract.ts';
import { Instance } from '../../domain/approvals/instance.ts';
import { whyNotSkip } from '../../domain/approvals/step.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { verb } from '../platform/verb.ts';
import { claimApproval } from './claim-approval.ts';
import { recordDecision } from './record-decision.ts';

/** An administrator skips a step and says why (APR-038). */
export const skipStep = verb(
  {
    name: 'skip-step',
    needs: 'workflow-instance:skip',
    input: Skip.extend({ instanceId: z.uuid() }),
    output: Instance,
  },
  async (ctx, { instanceId, stepId, reason }) => {
    const approval = await claimApproval(ctx, instanceId, 'workflow-instance:skip');
    const before = await approval.view();
    const step = before.steps.find(s => s.id === stepId || s.stepId === stepId);
    if (!step) throw invalidField('stepId', 'This approval has no such step', 'unknown');
    const why = whyNotSkip(step, { ...before, timeZone: approval.timeZone });
    if (why) throw new Refusal('conflict', why);
    recordDecision(
      ctx,
      approval,
      approval.steps.find(s => s.id === step.id)!,
      { decision: 'skipped', comment: reason },
    );
    const instance = await approval.view();
    ctx.emit(stepSkipped, { ...aboutInstance(instance), stepId: step.stepId, stepName: step.name, reason });
    return instance;
  },
);
