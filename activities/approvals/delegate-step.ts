import { z } from 'zod';
import { lockApproval } from '../../db/approvals/approval.query.ts';
import { Delegate } from '../../domain/approvals/decision.ts';
import { refusalToDelegate, whyNotDelegateTo } from '../../domain/approvals/delegation.ts';
import { aboutInstance, approvalProcess, stepDelegated } from '../../domain/approvals/instance.contract.ts';
import { Instance } from '../../domain/approvals/instance.ts';
import { stepMeant } from '../../domain/approvals/step.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import { iso } from '../../domain/platform/process.ts';
import { sayInstant } from '../../domain/platform/sentence.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { notify } from '../platform/notify.ts';
import { deadlineNow } from '../platform/process/hold-of.ts';
import { verb } from '../platform/verb.ts';
import { about } from './ask-approvers.ts';
import { findDecider } from './find-decider.ts';

/** An approver hands a step to somebody else, who is told and decides from then on (APR-027). */
export const delegateStep = verb(
  {
    name: 'delegate-step',
    needs: 'workflow-instance:decide',
    input: Delegate.extend({ instanceId: z.uuid() }),
    output: Instance,
  },
  async (ctx, { instanceId, stepId, toUserId, comment }) => {
    const { actor, now, em } = ctx;
    const approval = await lockApproval(em, instanceId);
    const before = { ...(await approval.view()), timeZone: approval.timeZone };
    const at = await deadlineNow(ctx, approvalProcess.id(instanceId));
    const step =
      stepId === undefined
        ? stepMeant(before, actor, at)
        : before.steps.find(s => s.id === stepId || s.stepId === stepId);
    if (!step && stepId !== undefined) throw invalidField('stepId', 'This approval has no such step', 'unknown');
    if (!step) throw new Refusal('conflict', 'There is no step to hand over yet');
    const refusal = refusalToDelegate(step, before, actor, at);
    if (refusal) throw new Refusal(refusal.code, refusal.why);
    const why = whyNotDelegateTo(toUserId, before, actor);
    if (why) throw invalidField('toUserId', why);
    const to = await findDecider(ctx, toUserId, 'toUserId');
    lockVersion(ctx, approval.row);

    const row = approval.steps.find(s => s.id === step.id)!;
    const from = actor.userId!;
    const handed = { id: ctx.id(), fromId: from, toId: to.id, at: iso(now), comment: comment || null };
    row.delegations = [...row.delegations, { ...handed, stepVersion: row.version }];
    row.assigneeIds = [...new Set([...row.assigneeIds.filter(id => id !== from), to.id])];
    row.handedBy = [...new Set([...row.handedBy.filter(id => id !== to.id), from])];
    row.status = 'delegated';
    const instance = await approval.view();
    const due = instance.slaDeadline ? ` Due on ${sayInstant(instance.slaDeadline, approval.timeZone)}.` : '';
    await ctx.run(notify, {
      userIds: [to.id],
      ...about(instance, stepDelegated.name),
      ...rendered('approval-delegated', {
        by: actor.name, title: instance.title, step: step.name, details: `${comment ?? ''}${due}`.trim(),
      }),
    });
    ctx.emit(stepDelegated, {
      ...aboutInstance(instance),
      stepId: step.stepId, stepName: step.name, from: actor.name, to: to.fullName, comment: comment || null,
    });
    return instance;
  },
);
