import { z } from 'zod';
import { PovKpi } from '../../../db/pov/pov-kpi.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { kpiRestored } from '../../../domain/pov/pov-kpi.contract.ts';
import { PovKpi as PovKpiShape } from '../../../domain/pov/pov-kpi.ts';
import { whyNotRestorePart } from '../../../domain/pov/pov-status.ts';
import { verb } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';
import { noteActivity } from '../note-activity.ts';

/** Brings a KPI back with its target and its history (PLT-005). */
export const restorePovKpi = verb(
  { name: 'restore-pov-kpi', needs: 'pov:restore', input: z.object({ povId: Id, kpiId: Id }), output: PovKpiShape },
  async (ctx, { povId, kpiId }) => {
    const { em, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'edit');
    ctx.authorize('pov:restore', { ownerId: pov.ownerId });
    const kpi = await em.findOne(PovKpi, { id: kpiId, povId }, { refresh: true });
    if (!kpi) throw notFound();
    if (!kpi.deletedAt) return shown(PovKpiShape, kpi);
    const why = whyNotRestorePart(pov);
    if (why) throw new Refusal('conflict', why);
    kpi.deletedAt = null;
    noteActivity(ctx, povId, 'kpi.restored', { kpi: kpi.name });
    emit(kpiRestored, { povId, kpiId, kpi: kpi.name });
    await em.flush();
    return shown(PovKpiShape, kpi);
  },
);
