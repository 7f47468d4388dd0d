import { z } from 'zod';
import { Cancel } from '../../domain/approvals/decision.ts';
import { Instance, whyNotCancel } from '../../domain/approvals/instance.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import { verb } from '../platform/verb.ts';
import { claimApproval } from './claim-approval.ts';
import { callOff } from './call-off.ts';

/** The requester or a manager calls an approval off (APR-020). */
export const cancelInstance = verb(
  {
    name: 'cancel-instance',
    needs: 'workflow-instance:cancel',
    input: Cancel.extend({ instanceId: z.uuid() }),
    output: Instance,
  },
  async (ctx, { instanceId, reason }) => {
    const approval = await claimApproval(ctx, instanceId, 'workflow-instance:cancel');
    const why = whyNotCancel(approval.row);
    if (why) throw new Refusal('conflict', why);
    return callOff(ctx, approval, reason);
  },
);
