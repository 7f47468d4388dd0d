import { ById } from '../../domain/platform/id.ts';
import { povDeleted } from '../../domain/pov/pov.contract.ts';
import { lockVersion } from '../platform/lock-version.ts';
import { verb } from '../platform/verb.ts';
import { claimPov } from './claim-pov.ts';
import { withdrawApproval } from './delete-phase.ts';
import { phasesOf } from './find-phase.ts';
import { launchIdOf } from './launch/find-launch.ts';
import { noteActivity } from './note-activity.ts';
import { childrenOf } from './pov-children.ts';

/** Deletes a POV softly with all that belongs to it; its processes hear of it and close (POV-019). */
export const deletePov = verb(
  { name: 'delete-pov', needs: 'pov:delete', input: ById, output: ById },
  async (ctx, { id: povId }) => {
    const { em, now, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'delete');
    lockVersion(ctx, pov);
    const launchId = await launchIdOf(ctx, povId);
    for (const phase of await phasesOf(ctx, povId)) await withdrawApproval(ctx, phase, `${pov.title} was deleted`);
    for (const child of await childrenOf(ctx, pov, false)) child.deletedAt = new Date(now);
    pov.deletedAt = new Date(now);
    noteActivity(ctx, povId, 'pov.deleted', { title: pov.title });
    emit(povDeleted, { povId, title: pov.title, launchId });
    // Whoever deletes many keeps which version each then is, to know later whether it was touched since.
    await em.flush();
    return { id: povId };
  },
);
