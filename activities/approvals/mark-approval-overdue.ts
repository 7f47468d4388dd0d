import { z } from 'zod';
import { lockApproval } from '../../db/approvals/approval.query.ts';
import { aboutInstance, instanceOverdue } from '../../domain/approvals/instance.contract.ts';
import { approversOf, currentSteps, toldOf, whyClosed } from '../../domain/approvals/step.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import { sayAll, sayInstant } from '../../domain/platform/sentence.ts';
import { notify } from '../platform/notify.ts';
import { verb } from '../platform/verb.ts';
import { about } from './ask-approvers.ts';

/** The deadline passed with nobody deciding: requester and approvers are told, and the approval goes on. */
export const markApprovalOverdue = verb(
  {
    name: 'mark-overdue',
    needs: 'process',
    input: z.object({ instanceId: z.uuid() }),
    output: z.object({ isOverdue: z.boolean() }),
  },
  async (ctx, { instanceId }) => {
    const approval = await lockApproval(ctx.em, instanceId);
    const { row } = approval;
    if (row.isOverdue || whyClosed(row) || !row.slaDeadline || ctx.now < row.slaDeadline.getTime())
      return { isOverdue: row.isOverdue };
    row.isOverdue = true;
    const instance = await approval.view();
    const open = currentSteps(instance);
    const userIds = [instance.requesterId, ...open.flatMap(toldOf)].filter(id => id !== null);
    await ctx.run(notify, {
      userIds,
      ...about(instance, instanceOverdue.name),
      ...rendered('approval-overdue', {
        title: instance.title,
        due: sayInstant(row.slaDeadline.getTime(), approval.timeZone),
        approvers: sayAll(open.map(approversOf)),
      }),
    });
    ctx.emit(instanceOverdue, aboutInstance(instance));
    return { isOverdue: true };
  },
);
