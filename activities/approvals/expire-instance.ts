import { z } from 'zod';
import { lockApproval } from '../../db/approvals/approval.query.ts';
import { approvalProcess } from '../../domain/approvals/instance.contract.ts';
import { instanceStatuses } from '../../domain/approvals/instance.ts';
import { isUndecided, whyClosed } from '../../domain/approvals/step.ts';
import { deadlineNow } from '../platform/process/hold-of.ts';
import { verb } from '../platform/verb.ts';
import { recordDecision } from './record-decision.ts';

/** The deadline that ends an approval, under the same lock as a decision; late is no error: the answer says who won. */
export const expireInstance = verb(
  {
    name: 'expire-instance',
    needs: 'process',
    input: z.object({ instanceId: z.uuid() }),
    output: z.object({ status: z.enum(instanceStatuses) }),
  },
  async (ctx, { instanceId }) => {
    const approval = await lockApproval(ctx.em, instanceId);
    const { row, steps } = approval;
    const now = await deadlineNow(ctx, approvalProcess.id(instanceId));
    if (whyClosed(row) || row.whenDue !== 'expired' || !row.slaDeadline || now < row.slaDeadline.getTime())
      return { status: row.status };
    for (const step of steps.filter(isUndecided))
      recordDecision(ctx, approval, step, { decision: 'expired', comment: null });
    row.status = 'rejected';
    row.isOverdue = true;
    return { status: row.status };
  },
);
