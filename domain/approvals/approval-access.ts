import { scopeOf, type PermissionRow } from '../platform/permission.ts';
import { isApprover, type Decider, type StepFacts } from './step.ts';

export interface ApprovalReader extends Decider {
  permissions: readonly Omit<PermissionRow, 'role'>[];
}
interface Seen {
  requesterId: string | null;
  memberIds: readonly string[];
  steps: readonly Pick<StepFacts, 'assigneeIds' | 'openTo' | 'handedBy' | 'standIns' | 'decidedBy'>[];
}

/** Why the user may not see the approval: neither asked for it, nor belongs to it, decides or has decided (PLT-T2). */
export function whyNotSee(user: ApprovalReader, instance: Seen): string | undefined {
  const scope = scopeOf(user.permissions, 'workflow-instance:read');
  if (scope === 'all') return undefined;
  if (scope === null) return 'Your role may not see approvals';
  if (instance.requesterId !== null && instance.requesterId === user.userId) return undefined;
  const concerned =
    (user.userId !== null && instance.memberIds.includes(user.userId)) ||
    instance.steps.some(s => isApprover(s, user) || [s.decidedBy, ...s.handedBy].some(id => id && id === user.userId));
  return scope === 'team' && concerned ? undefined : 'Only those concerned may see this approval';
}
