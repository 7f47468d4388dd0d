import { z } from 'zod';
import { aboutInstance, stepAdded } from '../../domain/approvals/instance.contract.ts';
import { Instance, nextOrder, StepToAdd, whyNotAddStep } from '../../domain/approvals/instance.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { verb } from '../platform/verb.ts';
import { claimApproval } from './claim-approval.ts';
import { createStep } from './create-step.ts';

/** Adds a pending step to a running approval (APR-014). */
export const addStep = verb(
  {
    name: 'add-step',
    needs: 'workflow-instance:update',
    input: StepToAdd.extend({ instanceId: z.uuid() }),
    output: Instance,
  },
  async (ctx, { instanceId, ...step }) => {
    const approval = await claimApproval(ctx, instanceId, 'workflow-instance:update');
    const why = whyNotAddStep(await approval.view(), step.order ?? nextOrder(approval.steps));
    if (why) throw new Refusal('conflict', why);
    const added = await createStep(ctx, instanceId, approval.steps, step);
    approval.steps.push(added);
    const instance = await approval.view();
    ctx.emit(stepAdded, { ...aboutInstance(instance), stepId: added.stepId, stepName: added.name });
    return instance;
  },
);
