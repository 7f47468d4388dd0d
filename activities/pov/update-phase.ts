import { z } from 'zod';
import { findApproval } from '../../db/approvals/approval.query.ts';
import type { Phase } from '../../db/pov/phase.entity.ts';
import { shown } from '../../db/pov/shown.ts';
import { invalidField, Refusal } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { validatePhaseProgress } from '../../domain/pov/phase-progress.ts';
import { phaseChanged } from '../../domain/pov/phase.contract.ts';
import {
  mergeDetails,
  PatchPhase,
  Phase as PhaseShape,
  whyNotMovePhase,
  type PhaseStatus,
} from '../../domain/pov/phase.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb, type VerbContext } from '../platform/verb.ts';
import { changedFields } from './changed-fields.ts';
import { claimPov } from './claim-pov.ts';
import { finishPhase } from './complete-phase.ts';
import { phaseAmong, phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** Changes what is said of a phase. Its details are laid over the old ones unless they replace them. */
export const updatePhase = verb(
  {
    name: 'update-phase',
    needs: 'pov:update',
    output: PhaseShape,
    input: PatchPhase.extend({ povId: Id, phaseId: Id, replaceDetails: z.boolean().default(false) }),
  },
  async (ctx, { povId, phaseId, version, status, ...change }) => {
    const { pov } = await claimPov(ctx, povId, 'edit');
    const phases = await phasesOf(ctx, povId);
    const phase = phaseAmong(phases, phaseId);
    lockVersion(ctx, phase, version);
    const columns = columnsOf(phase, change);
    const changed = changedFields(phase, columns);
    ctx.em.assign(phase, columns);
    if (phase.endDate < phase.startDate) throw invalidField('endDate', 'endDate must not be before startDate');
    if (status && status !== phase.status) {
      await movePhase(ctx, phase, status, phases.slice(0, phases.indexOf(phase)));
      changed.push('status');
    }
    if (changed.length) {
      noteActivity(ctx, povId, 'phase.updated', { phase: phase.name, fields: changed, ...(status ? { status } : {}) });
      ctx.emit(phaseChanged, { povId, phaseId, phase: phase.name, title: pov.title, fields: changed });
    }
    await ctx.em.flush();
    return shown(PhaseShape, phase);
  },
);

type Change = Omit<z.output<typeof PatchPhase>, 'status' | 'version'> & { replaceDetails: boolean };

function columnsOf(
  phase: Phase,
  { startDate, endDate, details, progress, replaceDetails, ...fields }: Change,
): Partial<Phase> {
  const columns: Partial<Phase> = Object.fromEntries(Object.entries(fields).filter(([, v]) => v !== undefined));
  if (startDate) columns.startDate = new Date(startDate);
  if (endDate) columns.endDate = new Date(endDate);
  if (details !== undefined)
    columns.details = details && !replaceDetails ? mergeDetails(phase.details ?? null, details) : details;
  if (progress !== undefined)
    columns.details = mergeDetails(columns.details ?? phase.details ?? null, { metadata: { progress } });
  return columns;
}

/** By hand a phase moves only along its table, and is completed only when its approval is (POV-032). */
async function movePhase(ctx: VerbContext, phase: Phase, to: PhaseStatus, before: readonly Phase[]): Promise<void> {
  const why = whyNotMovePhase(phase, to, before);
  if (why) throw new Refusal('conflict', why);
  if (to === 'COMPLETED') {
    const approval = phase.approvalInstanceId ? await findApproval(ctx.em, phase.approvalInstanceId) : null;
    const { valid, errors } = validatePhaseProgress(phase, approval && (await approval.view()));
    if (!valid) throw new Refusal('conflict', errors.join('; '), { reasons: errors });
    finishPhase(ctx, phase);
    return;
  }
  if (phase.status === 'COMPLETED') Object.assign(phase, { approvalInstanceId: null, completedAt: null });
  phase.status = to;
  phase.blockedAt = to === 'BLOCKED' ? new Date(ctx.now) : null;
  if (to === 'IN_PROGRESS') phase.startedAt ??= new Date(ctx.now);
}
