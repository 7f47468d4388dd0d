import { PovLaunch } from '../../db/pov/pov-launch.entity.ts';
import type { Pov } from '../../db/pov/pov.entity.ts';
import { launchProcess } from '../../domain/pov/launch.contract.ts';
import { launchTitle } from '../../domain/pov/launch-plan.ts';
import { povLifecycle } from '../../domain/pov/pov-lifecycle.contract.ts';
import { retitleApprovals } from '../approvals/retitle-approvals.ts';
import { retitle } from '../platform/process/retitle.ts';
import type { VerbContext } from '../platform/verb.ts';

/** A POV has another title: all its processes are called by it, those that have ended among them. */
export async function retitlePov(ctx: VerbContext, pov: Pov): Promise<void> {
  const launches = await ctx.em.find(PovLaunch, { povId: pov.id });
  await retitle(ctx, [
    { workflowId: povLifecycle.id(pov.id), title: pov.title },
    ...launches.map(({ id }) => ({ workflowId: launchProcess.id(id), title: launchTitle(pov) })),
  ]);
  await retitleApprovals(ctx, { storyId: pov.id, referenceType: 'phase', within: pov.title });
}
