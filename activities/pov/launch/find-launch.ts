import { PovLaunch } from '../../../db/pov/pov-launch.entity.ts';
import type { VerbContext } from '../../platform/verb.ts';

export const findLaunch = ({ em }: VerbContext, povId: string): Promise<PovLaunch | null> =>
  em.findOne(PovLaunch, { povId, deletedAt: null });

/** The launch whose process must hear of a change of the POV, while it is open. */
export async function launchIdOf(ctx: VerbContext, povId: string): Promise<string | null> {
  const launch = await findLaunch(ctx, povId);
  return launch && !launch.confirmed ? launch.id : null;
}
