import { createPovKpi } from '../../activities/pov/kpi/create-pov-kpi.ts';
import { deletePovKpi } from '../../activities/pov/kpi/delete-pov-kpi.ts';
import { restorePovKpi } from '../../activities/pov/kpi/restore-pov-kpi.ts';
import { updatePovKpi } from '../../activities/pov/kpi/update-pov-kpi.ts';
import { cached } from '../../db/platform/cached.ts';
import { listPovKpis, readPovKpi } from '../../db/pov/pov-kpis.query.ts';
import { seePov } from '../../db/pov/pov-scope.query.ts';
import { notFound } from '../../domain/platform/errors.ts';
import { povKpiEndpoints } from '../../domain/pov/pov-kpi.contract.ts';
import { serve } from '../platform/serve.ts';

/** For how long values are good that nobody changed (PLT-101). */
const kpiSeconds = 300;

export const povKpis = serve(povKpiEndpoints, {
  list: async ({ params, query, read, actor }) => {
    await seePov(read, actor, params.id);
    const key = { tenantId: actor.tenantId, storyId: params.id, name: 'pov-kpis', of: query };
    return cached(key, kpiSeconds, () => listPovKpis(read, params.id, query));
  },
  create: ({ params, body, run }) => run(createPovKpi, { ...body, povId: params.id }),
  read: async ({ params, read, actor }) => {
    await seePov(read, actor, params.id);
    const kpi = await readPovKpi(read, params.id, params.kpiId);
    if (!kpi) throw notFound();
    return kpi;
  },
  update: ({ params, body, run }) => run(updatePovKpi, { ...body, povId: params.id, kpiId: params.kpiId }),
  delete: ({ params, run }) => run(deletePovKpi, { povId: params.id, kpiId: params.kpiId }),
  restore: ({ params, run }) => run(restorePovKpi, { povId: params.id, kpiId: params.kpiId }),
});
