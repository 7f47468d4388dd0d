import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { PovLaunch } from '../../../db/pov/pov-launch.entity.ts';
import { Pov } from '../../../db/pov/pov.entity.ts';
import { launchProcess } from '../../../domain/pov/launch.contract.ts';
import { launchPlan, type LaunchState } from '../../../domain/pov/launch-plan.ts';
import { openItems } from '../../../domain/pov/launch.ts';
import { look } from '../../platform/process/look.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** Where a launch stands and what comes next. */
export const lookAtLaunch = look(launchProcess, launchState, launchPlan);

async function launchState({ em, tenantId }: VerbContext, launchId: string): Promise<LaunchState> {
  const launch = await em.findOneOrFail(PovLaunch, { id: launchId });
  const pov = await em.findOneOrFail(Pov, { id: launch.povId });
  const owner = await em.findOneOrFail(User, { id: pov.ownerId });
  const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
  const { items } = launch.checklist;
  return {
    timeZone,
    launch: {
      id: launch.id,
      confirmed: launch.confirmed,
      since: +launch.createdAt,
      checkedAt: +launch.checkedAt,
      reminded: Boolean(launch.remindedAt),
      open: openItems(items).map(i => i.label),
      total: items.length,
    },
    pov: {
      title: pov.title,
      status: pov.status,
      startDate: +pov.startDate,
      deleted: Boolean(pov.deletedAt),
      ownerId: pov.ownerId,
      ownerName: owner.fullName,
    },
  };
}
