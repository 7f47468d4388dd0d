import { z } from 'zod';

export const PhaseValidity = z
  .object({ valid: z.boolean(), errors: z.array(z.string()) })
  .meta({ id: 'PhaseValidity' });
export type PhaseValidity = z.output<typeof PhaseValidity>;

interface Round {
  status: string;
  steps: readonly { status: string }[];
}

/** Whether a phase may be completed or followed, and every reason why not (APR-034, 035, POV-032). */
export function validatePhaseProgress(
  phase: object | null | undefined,
  approval: Round | null | undefined,
): PhaseValidity {
  const errors = !phase
    ? ['Phase not found']
    : !approval
      ? ['No approval workflow found']
      : [
          ...(approval.status === 'completed' ? [] : ['Phase approval workflow not completed']),
          ...pending(approval.steps),
        ];
  return { valid: errors.length === 0, errors };
}

function pending(steps: Round['steps']): string[] {
  const open = steps.filter(s => s.status !== 'approved' && s.status !== 'skipped').length;
  return open ? [`${open} approval steps pending`] : [];
}
