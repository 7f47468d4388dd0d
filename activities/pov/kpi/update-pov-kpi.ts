import { shown } from '../../../db/pov/shown.ts';
import { Id } from '../../../domain/platform/id.ts';
import { kpiChanged } from '../../../domain/pov/pov-kpi.contract.ts';
import { PatchPovKpi, PovKpi as PovKpiShape } from '../../../domain/pov/pov-kpi.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';
import { changedFields } from '../changed-fields.ts';
import { noteActivity } from '../note-activity.ts';
import { claimKpi } from './claim-kpi.ts';

export const updatePovKpi = verb(
  {
    name: 'update-pov-kpi',
    needs: 'pov:update',
    input: PatchPovKpi.extend({ povId: Id, kpiId: Id }),
    output: PovKpiShape,
  },
  async (ctx, { povId, kpiId, version, ...fields }) => {
    const { em, emit } = ctx;
    const kpi = await claimKpi(ctx, povId, kpiId);
    lockVersion(ctx, kpi, version);
    const changed = changedFields(kpi, fields);
    em.assign(kpi, fields, { ignoreUndefined: true, mergeObjectProperties: false });
    if (changed.length) {
      noteActivity(ctx, povId, 'kpi.updated', { kpi: kpi.name, fields: changed });
      emit(kpiChanged, { povId, kpiId, kpi: kpi.name });
    }
    await em.flush();
    return shown(PovKpiShape, kpi);
  },
);
