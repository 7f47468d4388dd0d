import { z } from 'zod';
import { lockApproval } from '../../db/approvals/approval.query.ts';
import { aboutInstance, stepReminded } from '../../domain/approvals/instance.contract.ts';
import { isUndecided, whyClosed } from '../../domain/approvals/step.ts';
import { verb } from '../platform/verb.ts';
import { askApprovers } from './ask-approvers.ts';

/** The n-th reminder of an open step, sent once. */
export const remindApprovers = verb(
  {
    name: 'remind-approvers',
    needs: 'process',
    output: z.object({ reminders: z.int() }),
    input: z.object({ instanceId: z.uuid(), stepId: z.uuid(), number: z.int().min(1) }),
  },
  async (ctx, { instanceId, stepId, number }) => {
    const approval = await lockApproval(ctx.em, instanceId);
    const row = approval.steps.find(s => s.id === stepId);
    if (!row || row.reminders >= number || !isUndecided(row) || whyClosed(approval.row))
      return { reminders: row?.reminders ?? 0 };
    row.reminders = number;
    row.remindedAt = new Date(ctx.now);
    const { instance, step, approvers } = await askApprovers(ctx, approval, row, 'approval-reminder');
    ctx.emit(stepReminded, { ...aboutInstance(instance), stepId: step.stepId, stepName: step.name, approvers });
    return { reminders: number };
  },
);
