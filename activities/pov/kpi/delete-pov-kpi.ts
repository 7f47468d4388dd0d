import { z } from 'zod';
import { ById, Id } from '../../../domain/platform/id.ts';
import { kpiDeleted } from '../../../domain/pov/pov-kpi.contract.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';
import { noteActivity } from '../note-activity.ts';
import { claimKpi } from './claim-kpi.ts';

export const deletePovKpi = verb(
  { name: 'delete-pov-kpi', needs: 'pov:update', input: z.object({ povId: Id, kpiId: Id }), output: ById },
  async (ctx, { povId, kpiId }) => {
    const kpi = await claimKpi(ctx, povId, kpiId);
    lockVersion(ctx, kpi);
    kpi.deletedAt = new Date(ctx.now);
    noteActivity(ctx, povId, 'kpi.deleted', { kpi: kpi.name });
    ctx.emit(kpiDeleted, { povId, kpiId, kpi: kpi.name });
    return { id: kpiId };
  });
