import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { JsonObject, line, Moment, prose } from '../platform/field.ts';
import { Id } from '../platform/id.ts';
import { Version } from '../platform/version.ts';
import { whyNotRestorePart, type PovStatus } from './pov-status.ts';

export const phaseStatuses = ['NOT_STARTED', 'IN_PROGRESS', 'COMPLETED', 'BLOCKED'] as const;
/** POV-026. */
export const PhaseStatus = z.enum(phaseStatuses).meta({ id: 'PhaseStatus' });
export type PhaseStatus = z.output<typeof PhaseStatus>;

export const phaseStatusLabel: Record<PhaseStatus, string> = {
  NOT_STARTED: 'Not started',
  IN_PROGRESS: 'In progress',
  COMPLETED: 'Completed',
  BLOCKED: 'Blocked',
};

export const phaseTypes = ['PLANNING', 'EXECUTION', 'REVIEW'] as const;
/** POV-027. */
export const PhaseType = z.enum(phaseTypes).meta({ id: 'PhaseType' });
export type PhaseType = z.output<typeof PhaseType>;

const Progress = z.int('progress must be a whole number').min(0).max(100);

/** Sub-items of a phase; `metadata.progress` is the percentage done (POV-033). */
export const PhaseDetails = z
  .object({
    metadata: z.object({ progress: Progress }).partial().catchall(z.unknown()).optional(),
  })
  .catchall(z.unknown())
  .meta({ id: 'PhaseDetails' });
export type PhaseDetails = z.output<typeof PhaseDetails>;

const fields = {
  name: line(),
  description: prose().nullable().optional(),
  type: PhaseType,
  order: z.int().min(0).max(1000).optional(),
  startDate: Moment,
  endDate: Moment,
  details: PhaseDetails.nullable().optional(),
};
const later = { path: ['endDate'], message: 'endDate must not be before startDate' };

export const CreatePhase = z
  .object(fields)
  .refine(p => p.startDate <= p.endDate, later)
  .meta({ id: 'CreatePhase' });
export const PatchPhase = z
  .object(fields)
  .partial()
  .extend({ status: PhaseStatus.optional(), progress: Progress.optional(), version: Version })
  .meta({ id: 'PatchPhase' });
export type PatchPhase = z.output<typeof PatchPhase>;
export const PutPhase = z
  .object({ ...fields, status: PhaseStatus.optional(), version: Version })
  .refine(p => p.startDate <= p.endDate, later)
  .meta({ id: 'PutPhase' });

/** POV-T3, with its progress, its approval and why it last came back. */
export const Phase = z
  .object({
    id: Id,
    tenantId: Id,
    povId: Id,
    name: z.string(),
    description: z.string().nullable(),
    type: PhaseType,
    order: z.int(),
    startDate: Instant,
    endDate: Instant,
    status: PhaseStatus,
    details: JsonObject.nullable(),
    templateId: Id.nullable(),
    progress: z.int(),
    startedAt: Instant.nullable(),
    completedAt: Instant.nullable(),
    approvalInstanceId: Id.nullable(),
    submittedAt: Instant.nullable(),
    returnedAt: Instant.nullable(),
    returnComment: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Phase' });
export type Phase = z.output<typeof Phase>;

/** The phase that every POV begins with (POV-012). */
export const planningPhase = {
  name: 'Planning',
  description: 'Initial planning phase',
  type: 'PLANNING',
  order: 0,
  details: { tasks: [], metadata: { status: 'NOT_STARTED', progress: 0, notes: 'Initial planning phase for POV' } },
} as const satisfies Partial<Phase>;

export const progressOf = (details: JsonObject | null | undefined): number => {
  const { data } = Progress.safeParse((details?.['metadata'] as { progress?: unknown } | undefined)?.progress);
  return data ?? 0;
};

/** Changes laid over the details: keys that are not named stay; `metadata` likewise, one level deeper. */
export function mergeDetails(old: JsonObject | null, change: PhaseDetails): JsonObject {
  const metadata = { ...(old?.['metadata'] as object | undefined), ...change.metadata };
  return { ...old, ...change, ...(Object.keys(metadata).length ? { metadata } : {}) };
}

/** The sequence of phases: by order; the phase that came from no template goes first among equals. */
export const inSequence = (a: SequencedPhase, b: SequencedPhase): number =>
  a.order - b.order ||
  Number(Boolean(a.templateId)) - Number(Boolean(b.templateId)) ||
  +new Date(a.createdAt) - +new Date(b.createdAt) ||
  a.id.localeCompare(b.id);
export interface SequencedPhase {
  id: string;
  order: number;
  templateId?: string | null | undefined;
  createdAt: string | Date;
}

const moves: Record<PhaseStatus, readonly PhaseStatus[]> = {
  NOT_STARTED: ['IN_PROGRESS', 'BLOCKED', 'COMPLETED'],
  IN_PROGRESS: ['BLOCKED', 'COMPLETED'],
  BLOCKED: ['IN_PROGRESS', 'COMPLETED'],
  COMPLETED: ['IN_PROGRESS'],
};

/** Why a phase may not move by hand, besides its approval (POV-032): a phase follows only completed ones. */
export function whyNotMovePhase(
  phase: { name: string; status: PhaseStatus },
  to: PhaseStatus,
  before: readonly { name: string; status: PhaseStatus }[],
): string | undefined {
  if (phase.status === to) return undefined;
  if (!moves[phase.status].includes(to)) {
    return `${phase.name} can't go from ${phaseStatusLabel[phase.status]} to ${phaseStatusLabel[to]}`;
  }
  const open = before.find(p => p.status !== 'COMPLETED');
  return to === 'IN_PROGRESS' && open
    ? `${open.name} must be completed before ${phase.name} can start`
    : undefined;
}

/** The sequence in which the named phases stand in the given order, in the places they hold together (POV-031). */
export function reordered(ids: readonly string[], named: readonly string[]): string[] {
  const places = ids.flatMap((id, i) => (named.includes(id) ? [i] : []));
  const answer = [...ids];
  places.forEach((place, i) => {
    answer[place] = named[i]!;
  });
  return answer;
}

/** Why a deleted phase may not come back (PLT-005): a POV in validation has only completed ones (POV-039). */
export const whyNotRestorePhase = (
  pov: { title: string; status: PovStatus },
  phase: { name: string; status: PhaseStatus },
): string | undefined =>
  whyNotRestorePart(pov) ??
  (pov.status === 'VALIDATION' && phase.status !== 'COMPLETED'
    ? `${phase.name} is not completed, as all phases of ${pov.title} must be in validation: move it back to work first`
    : undefined);

interface KeptPhase extends SequencedPhase {
  status: PhaseStatus;
  submittedAt?: string | Date | null | undefined;
}
/**
 * How a deleted phase comes back among the others (PLT-005): in its old place, but one that is not completed never
 * before one that has begun, and at work only if all before it are completed: a phase follows completed ones (POV-032).
 */
export function broughtBack<P extends KeptPhase>(
  phase: P,
  others: readonly P[],
): { sequence: P[]; moved: boolean; status: PhaseStatus } {
  const rest = [...others].sort(inSequence);
  const begun = rest.findLastIndex(p => p.status !== 'NOT_STARTED' || Boolean(p.submittedAt));
  const old = rest.filter(p => inSequence(p, phase) < 0).length;
  const done = phase.status === 'COMPLETED';
  const place = done ? old : Math.max(old, begun + 1);
  const goesOn = done || rest.slice(0, place).every(p => p.status === 'COMPLETED');
  return {
    sequence: rest.toSpliced(place, 0, phase),
    moved: place !== old,
    status: goesOn ? phase.status : 'NOT_STARTED',
  };
}
