import { z } from 'zod';
import { PovLaunch } from '../../../db/pov/pov-launch.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { claimPov, type ClaimedPov } from '../claim-pov.ts';

/** A launch by its POV, or by itself as its process knows it. */
export const LaunchRef = z.union([z.object({ povId: Id }), z.object({ launchId: Id })]);
export type LaunchRef = z.output<typeof LaunchRef>;

/** The launch under the lock of its POV. */
export async function claimLaunch(ctx: VerbContext, ref: LaunchRef): Promise<ClaimedPov & { launch: PovLaunch }> {
  const where = 'launchId' in ref ? { id: ref.launchId } : { povId: ref.povId };
  const povId = 'povId' in ref ? ref.povId : (await ctx.em.findOne(PovLaunch, { ...where, deletedAt: null }))?.povId;
  if (!povId) throw notFound();
  const claimed = await claimPov(ctx, povId, 'launch');
  const launch = await ctx.em.findOne(PovLaunch, { ...where, deletedAt: null }, { refresh: true });
  if (!launch) throw notFound();
  return { ...claimed, launch };
}
