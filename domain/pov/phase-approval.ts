import { z } from 'zod';
import type { Instance } from '../approvals/instance.ts';
import { line } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { roleLabel } from '../platform/role.ts';
import { isClosed, povStatusLabel, type PovStatus } from './pov-status.ts';
import type { PhaseStatus } from './phase.ts';
import { validatePhaseProgress } from './phase-progress.ts';
import { isTeamRole, teamRoleLabel, type TeamMemberRole } from './team-member.ts';

/** Who must approve: roles of the POV's team or of the tenant (APR-039); the default unless said. */
export const SubmitPhase = z
  .object({
    steps: z
      .array(z.object({ role: z.string().trim().min(1).max(50), name: line().optional() }))
      .min(1)
      .max(20)
      .optional(),
    dueInHours: z
      .number()
      .positive()
      .max(24 * 365)
      .optional(),
  })
  .meta({ id: 'SubmitPhase' });
export type SubmitPhase = z.output<typeof SubmitPhase>;

/** The project manager and the sales engineer approve side by side, both must. */
export const defaultApprovers: readonly { role: string; name?: string | undefined }[] = [
  { role: 'PROJECT_MANAGER' },
  { role: 'SALES_ENGINEER' },
];

interface Member {
  userId: string;
  role: TeamMemberRole;
  active: boolean;
}
export interface ApprovalStepPlan {
  name: string;
  order: number;
  role: string;
  assigneeIds?: string[];
}

/**
 * The steps of a phase's approval. Team roles are resolved to their holders without the submitter; nobody left is an
 * empty list, and the step goes to the admins (APR-022, 023). Tenant roles are resolved by the approval itself.
 */
export const approvalSteps = (
  roles: readonly { role: string; name?: string | undefined }[],
  members: readonly Member[],
  submitterId: string | null,
): ApprovalStepPlan[] =>
  roles.map(({ role, name }, order) => {
    if (!isTeamRole(role)) return { name: name ?? roleLabel(role), order, role };
    const holders = members.filter(m => m.role === role && m.active && m.userId !== submitterId);
    return { name: name ?? teamRoleLabel[role], order, role, assigneeIds: holders.map(m => m.userId) };
  });

/** Why a phase can't be submitted now (APR-033, 037). */
export function whyNotSubmit(
  phase: { name: string; status: PhaseStatus; submittedAt: unknown },
  povStatus: PovStatus,
): string | undefined {
  if (isClosed(povStatus)) return `The POV is ${povStatusLabel[povStatus].toLowerCase()}`;
  if (phase.status === 'COMPLETED') return `${phase.name} is already completed`;
  if (phase.status === 'BLOCKED') return `${phase.name} is blocked`;
  return phase.submittedAt ? `${phase.name} is already waiting for approval` : undefined;
}

/** The approval of a phase and whether the phase may be completed (APR-036). */
export const PhaseApproval = z
  .object({
    phaseId: Id,
    instanceId: Id.nullable(),
    status: z.string().nullable(),
    valid: z.boolean(),
    errors: z.array(z.string()),
    steps: z.array(
      z.object({
        id: Id,
        name: z.string(),
        order: z.int(),
        role: z.string().nullable(),
        status: z.string(),
        comment: z.string().nullable(),
      }),
    ),
  })
  .meta({ id: 'PhaseApproval' });
export type PhaseApproval = z.output<typeof PhaseApproval>;

export const phaseApproval = (
  phase: { id: string },
  instance: Pick<Instance, 'id' | 'status' | 'steps'> | null,
): PhaseApproval => ({
  phaseId: phase.id,
  instanceId: instance?.id ?? null,
  status: instance?.status ?? null,
  ...validatePhaseProgress(phase, instance),
  steps: (instance?.steps ?? []).map(({ id, name, order, role, status, comment }) => ({
    id,
    name,
    order,
    role,
    status,
    comment,
  })),
});
