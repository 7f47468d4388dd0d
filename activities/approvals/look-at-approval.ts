import { findApproval } from '../../db/approvals/approval.query.ts';
import { approvalPlan, type ApprovalState } from '../../domain/approvals/approval-plan.ts';
import { approvalProcess } from '../../domain/approvals/instance.contract.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { look } from '../platform/process/look.ts';
import { closeInstance } from './close-instance.ts';
import { expireInstance } from './expire-instance.ts';
import { markApprovalOverdue } from './mark-approval-overdue.ts';
import { openStep } from './open-step.ts';
import { remindApprovers } from './remind-approvers.ts';

export const lookAtApproval = look(
  approvalProcess,
  async ({ em }, instanceId): Promise<ApprovalState> => {
    const approval = await findApproval(em, instanceId);
    if (!approval) throw notFound();
    return { instance: await approval.view(), timeZone: approval.timeZone };
  },
  approvalPlan,
  { openStep, remindApprovers, markOverdue: markApprovalOverdue, expireInstance, closeInstance },
);
