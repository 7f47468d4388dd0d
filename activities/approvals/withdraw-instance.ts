import { z } from 'zod';
import { lockApproval } from '../../db/approvals/approval.query.ts';
import { Cancel } from '../../domain/approvals/decision.ts';
import { Instance, whyNotCancel } from '../../domain/approvals/instance.ts';
import { verb } from '../platform/verb.ts';
import { callOff } from './call-off.ts';

/** What was to be approved is gone, says the area that asked; an approval that is over stays as it is. */
export const withdrawInstance = verb(
  { name: 'withdraw-instance', needs: 'process', input: Cancel.extend({ instanceId: z.uuid() }), output: Instance },
  async (ctx, { instanceId, reason }) => {
    const approval = await lockApproval(ctx.em, instanceId);
    return whyNotCancel(approval.row) ? approval.view() : callOff(ctx, approval, reason);
  },
);
