import { z } from 'zod';
import { Phase } from '../../db/pov/phase.entity.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { Id } from '../../domain/platform/id.ts';
import { phaseStarted } from '../../domain/pov/phase.contract.ts';
import { PhaseStatus } from '../../domain/pov/phase.ts';
import { verb } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';
import { phaseAmong, phasesOf } from './find-phase.ts';
import { noteActivity } from './note-activity.ts';

/** The next phase starts when all before it are completed (POV-032); otherwise nothing happens. */
export const startPhase = verb(
  {
    name: 'start-phase',
    needs: 'process',
    input: z.object({ phaseId: Id }),
    output: z.object({ phaseId: Id, status: PhaseStatus }),
  },
  async (ctx, { phaseId }) => {
    const found = await ctx.em.findOne(Phase, { id: phaseId, deletedAt: null });
    if (!found) throw notFound();
    const { pov } = await claimPov(ctx, found.povId, 'edit');
    const phases = await phasesOf(ctx, pov.id);
    const phase = phaseAmong(phases, phaseId);
    const next = phases.find(p => p.status !== 'COMPLETED');
    if (phase === next && phase.status === 'NOT_STARTED' && pov.status === 'IN_PROGRESS') {
      phase.status = 'IN_PROGRESS';
      phase.startedAt = new Date(ctx.now);
      noteActivity(ctx, pov.id, 'phase.started', { phase: phase.name });
      ctx.emit(phaseStarted, { povId: pov.id, phaseId, phase: phase.name, title: pov.title });
    }
    return { phaseId, status: phase.status };
  },
);
