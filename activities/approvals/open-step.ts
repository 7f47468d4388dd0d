import { z } from 'zod';
import { lockApproval } from '../../db/approvals/approval.query.ts';
import { aboutInstance, stepOpened } from '../../domain/approvals/instance.contract.ts';
import { instanceStatus } from '../../domain/approvals/instance.ts';
import { isUndecided, whyClosed } from '../../domain/approvals/step.ts';
import { verb } from '../platform/verb.ts';
import { askApprovers } from './ask-approvers.ts';

/** It is this step's turn: its approvers are asked. A step that was opened or decided meanwhile stays as it is. */
export const openStep = verb(
  {
    name: 'open-step',
    needs: 'process',
    input: z.object({ instanceId: z.uuid(), stepId: z.uuid() }),
    output: z.object({ openedAt: z.string().nullable() }),
  },
  async (ctx, { instanceId, stepId }) => {
    const approval = await lockApproval(ctx.em, instanceId);
    const row = approval.steps.find(s => s.id === stepId);
    if (!row || row.openedAt || !isUndecided(row) || whyClosed(approval.row))
      return { openedAt: row?.openedAt?.toISOString() ?? null };
    row.openedAt = new Date(ctx.now);
    approval.row.status = instanceStatus(approval.steps);
    const { instance, step, approvers } = await askApprovers(ctx, approval, row, 'approval-request');
    ctx.emit(stepOpened, { ...aboutInstance(instance), stepId: step.stepId, stepName: step.name, approvers });
    return { openedAt: step.openedAt };
  },
);
