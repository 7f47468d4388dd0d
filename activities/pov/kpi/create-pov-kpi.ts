import { PovKpi } from '../../../db/pov/pov-kpi.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { Id } from '../../../domain/platform/id.ts';
import { kpiCreated } from '../../../domain/pov/pov-kpi.contract.ts';
import { CreatePovKpi, PovKpi as PovKpiShape } from '../../../domain/pov/pov-kpi.ts';
import { verb } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';
import { noteActivity } from '../note-activity.ts';

/** Adds a measure to a POV, with target and value by hand (POV-074). */
export const createPovKpi = verb(
  { name: 'create-pov-kpi', needs: 'pov:update', input: CreatePovKpi.extend({ povId: Id }), output: PovKpiShape },
  async (ctx, { povId, ...fields }) => {
    const { em, id, emit } = ctx;
    await claimPov(ctx, povId, 'edit');
    const kpi = em.create(PovKpi, { id: id(), povId, ...fields });
    noteActivity(ctx, povId, 'kpi.created', { kpi: kpi.name });
    emit(kpiCreated, { povId, kpiId: kpi.id, kpi: kpi.name });
    await em.flush();
    return shown(PovKpiShape, kpi);
  });
