import { z } from 'zod';
import { isCritical, isResolved } from './blocker/blocker.ts';
import { isClosed, PovStatus, povStatuses } from './pov-status.ts';
import type { PhaseStatus } from './phase.ts';
import { reachesTarget } from './pov-kpi.ts';

/** What the conditions are judged on. */
export interface TransitionFacts {
  status: PovStatus;
  phases: readonly { status: PhaseStatus; details: Record<string, unknown> | null }[];
  kpis: readonly { target: unknown; current: unknown }[];
  blockers: readonly unknown[] | null;
}

export interface Condition {
  type: 'KPI' | 'PHASE' | 'CUSTOM';
  check(pov: TransitionFacts, reason: string | null): Promise<boolean>;
  errorMessage: string;
}
/** Roles of the POV's team or of the tenant. */
export interface TransitionNotice {
  roles: readonly string[];
  template: 'POV_STATUS_CHANGE';
}
export interface Transition {
  from: PovStatus;
  to: PovStatus;
  conditions: readonly Condition[];
  notifications: readonly TransitionNotice[];
  reasonRequired?: true;
}

const hasPhase: Condition = {
  type: 'PHASE',
  errorMessage: 'POV must have at least one phase',
  check: async pov => pov.phases.length > 0,
};
const phasesDone: Condition = {
  type: 'PHASE',
  errorMessage: 'All phases must be completed before validation',
  check: async pov => pov.phases.every(p => p.status === 'COMPLETED'),
};
const kpisMet: Condition = {
  type: 'KPI',
  errorMessage: 'KPI targets must be met',
  check: async pov => pov.kpis.every(k => reachesTarget(k) !== false),
};
const signedOff: Condition = {
  type: 'CUSTOM',
  errorMessage: 'The customer must have signed off (details of a phase)',
  check: async pov =>
    pov.phases.every(p => p.details?.['customerSignoff'] === undefined || p.details['customerSignoff'] === true),
};
const noCriticalBlocker: Condition = {
  type: 'CUSTOM',
  errorMessage: 'No critical blocker may be open',
  check: async pov => !(pov.blockers ?? []).some(b => isCritical(b) && !isResolved(b)),
};
const reasonFor = (what: string): Condition => ({
  type: 'CUSTOM',
  errorMessage: `A reason is required to ${what} a POV`,
  check: async (_, reason) => Boolean(reason?.trim()),
});

const tell = (...roles: string[]): TransitionNotice[] => [{ roles, template: 'POV_STATUS_CHANGE' }];
const lost = (from: PovStatus): Transition => ({
  from,
  to: 'LOST',
  conditions: [reasonFor('lose')],
  notifications: tell('OWNER', 'ADMIN', 'PROJECT_MANAGER'),
  reasonRequired: true,
});

/** The status machine (POV-034, 038 to 040). */
export const transitions: readonly Transition[] = [
  { from: 'PROJECTED', to: 'IN_PROGRESS', conditions: [hasPhase], notifications: tell('OWNER', 'ADMIN') },
  lost('PROJECTED'),
  {
    from: 'IN_PROGRESS',
    to: 'STALLED',
    conditions: [reasonFor('stall')],
    notifications: tell('OWNER', 'ADMIN', 'PROJECT_MANAGER'),
    reasonRequired: true,
  },
  {
    from: 'IN_PROGRESS',
    to: 'VALIDATION',
    conditions: [phasesDone],
    notifications: tell('OWNER', 'ADMIN', 'PROJECT_MANAGER'),
  },
  lost('IN_PROGRESS'),
  {
    from: 'STALLED',
    to: 'IN_PROGRESS',
    conditions: [noCriticalBlocker],
    notifications: tell('OWNER', 'ADMIN', 'PROJECT_MANAGER'),
  },
  lost('STALLED'),
  { from: 'VALIDATION', to: 'IN_PROGRESS', conditions: [], notifications: tell('OWNER', 'ADMIN', 'PROJECT_MANAGER') },
  {
    from: 'VALIDATION',
    to: 'WON',
    conditions: [kpisMet, signedOff],
    notifications: tell('OWNER', 'ADMIN', 'PROJECT_MANAGER', 'SALES_ENGINEER', 'TECHNICAL_TEAM'),
  },
  lost('VALIDATION'),
];

export const transitionOf = (from: PovStatus, to: PovStatus): Transition | undefined =>
  transitions.find(t => t.from === from && t.to === to);
export const transitionsFrom = (from: PovStatus): Transition[] => transitions.filter(t => t.from === from);

export interface Validity {
  valid: boolean;
  errors: string[];
}

/** Whether a POV may move, and every reason why not (POV-035, 036). */
export async function validateTransition(
  pov: TransitionFacts,
  to: PovStatus,
  reason: string | null,
  table: readonly Transition[] = transitions,
): Promise<Validity> {
  const transition = table.find(t => t.from === pov.status && t.to === to);
  if (!transition) return { valid: false, errors: ['Invalid status transition'] };
  const held = await Promise.all(transition.conditions.map(c => c.check(pov, reason)));
  const errors = transition.conditions.filter((_, i) => !held[i]).map(c => c.errorMessage);
  return { valid: errors.length === 0, errors };
}

/** One way on from the present status, as the web and integrators see it (POV-042). */
export const AllowedTransition = z
  .object({
    to: PovStatus,
    valid: z.boolean(),
    errors: z.array(z.string()),
    reasonRequired: z.boolean(),
  })
  .meta({ id: 'AllowedTransition' });
export type AllowedTransition = z.output<typeof AllowedTransition>;

export const allowedTransitions = (pov: TransitionFacts, reason: string | null): Promise<AllowedTransition[]> =>
  Promise.all(
    transitionsFrom(pov.status).map(async t => ({
      to: t.to,
      ...(await validateTransition(pov, t.to, reason)),
      reasonRequired: t.reasonRequired ?? false,
    })),
  );

export const openStatuses = povStatuses.filter(s => !isClosed(s));
