import { z } from 'zod';
import { lockApproval, type Approval } from '../../db/approvals/approval.query.ts';
import { aboutInstance, instanceCompleted, instanceRejected } from '../../domain/approvals/instance.contract.ts';
import { instanceStatuses, type Instance } from '../../domain/approvals/instance.ts';
import { isUndecided, toldOf, whyClosed } from '../../domain/approvals/step.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import { sayInstant } from '../../domain/platform/sentence.ts';
import { notify } from '../platform/notify.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { about } from './ask-approvers.ts';

/** The approval is over: tells the requester (APR-019), those who were still asked, and the parent process. */
export const closeInstance = verb(
  {
    name: 'close-instance',
    needs: 'process',
    input: z.object({ instanceId: z.uuid() }),
    output: z.object({ status: z.enum(instanceStatuses) }),
  },
  async (ctx, { instanceId }) => {
    const approval = await lockApproval(ctx.em, instanceId);
    const { row } = approval;
    if (row.closedAt || !whyClosed(row)) return { status: row.status };
    row.closedAt = new Date(ctx.now);
    const instance = await approval.view();
    const why = reasonOf(instance, approval);
    await tellRequester(ctx, instance, why);
    await tellApprovers(ctx, instance, why);
    if (instance.status === 'completed') ctx.emit(instanceCompleted, aboutInstance(instance));
    if (instance.status === 'rejected') ctx.emit(instanceRejected, { ...aboutInstance(instance), comment: why });
    return { status: row.status };
  },
);

/** "Dana Okafor: no test data", "Nobody decided until Fri 27 Nov 09:00", or the reason of the cancellation. */
function reasonOf(instance: Instance, { timeZone }: Approval): string {
  if (instance.status === 'cancelled') return instance.cancelReason ?? '';
  const rejected = instance.steps.find(s => s.status === 'rejected');
  if (rejected) return `${rejected.decidedByName}: ${rejected.comment}`;
  if (instance.status === 'rejected' && instance.slaDeadline)
    return `Nobody decided until ${sayInstant(instance.slaDeadline, timeZone)}`;
  return '';
}

async function tellRequester(ctx: VerbContext, instance: Instance, details: string): Promise<void> {
  if (!instance.requesterId) return;
  const outcome = instance.status === 'completed' ? 'approved' : instance.status;
  await ctx.run(notify, {
    userIds: [instance.requesterId],
    ...about(instance, `workflow.instance.${instance.status}`),
    ...rendered('approval-decided', { title: instance.title, outcome, details }),
  });
}

/** Those who were asked and whose decision is not needed any more. */
async function tellApprovers(ctx: VerbContext, instance: Instance, reason: string): Promise<void> {
  const asked = instance.steps.filter(s => s.openedAt && isUndecided(s)).flatMap(toldOf);
  if (!asked.length) return;
  await ctx.run(notify, {
    userIds: asked,
    ...about(instance, `workflow.instance.${instance.status}`),
    ...rendered('approval-withdrawn', { title: instance.title, outcome: instance.status, reason }),
  });
}
