import { PovKpi } from '../../../db/pov/pov-kpi.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';

/** The KPI under the lock of its POV. */
export async function claimKpi(ctx: VerbContext, povId: string, kpiId: string): Promise<PovKpi> {
  await claimPov(ctx, povId, 'edit');
  const kpi = await ctx.em.findOne(PovKpi, { id: kpiId, povId, deletedAt: null });
  if (!kpi) throw notFound();
  return kpi;
}
