import type { Approval } from '../../db/approvals/approval.query.ts';
import { aboutInstance, instanceCancelled } from '../../domain/approvals/instance.contract.ts';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { VerbContext } from '../platform/verb.ts';

/** Ends the approval as cancelled; its process tells those who were asked. */
export async function callOff(ctx: VerbContext, approval: Approval, reason: string): Promise<Instance> {
  approval.row.status = 'cancelled';
  approval.row.cancelledAt = new Date(ctx.now);
  approval.row.cancelReason = reason;
  const instance = await approval.view();
  ctx.emit(instanceCancelled, { ...aboutInstance(instance), reason });
  return instance;
}
