import { lockApproval, type Approval } from '../../db/approvals/approval.query.ts';
import { whyNotSee } from '../../domain/approvals/approval-access.ts';
import { notFound } from '../../domain/platform/errors.ts';
import type { Needs } from '../../domain/platform/contract.ts';
import { lockVersion } from '../platform/lock-version.ts';
import type { VerbContext } from '../platform/verb.ts';

/** Locks an approval for a change: 404 unless the actor may see it, 403 unless `needs` holds for it. */
export async function claimApproval(ctx: VerbContext, instanceId: string, needs: Needs): Promise<Approval> {
  const approval = await lockApproval(ctx.em, instanceId);
  const { requesterId, memberIds } = approval.row;
  if (ctx.actor.kind === 'user' && whyNotSee(ctx.actor, await approval.view())) throw notFound();
  ctx.authorize(needs, { ownerId: requesterId, memberIds });
  lockVersion(ctx, approval.row);
  return approval;
}
