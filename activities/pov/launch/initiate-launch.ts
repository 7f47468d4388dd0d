import { z } from 'zod';
import { PovLaunch } from '../../../db/pov/pov-launch.entity.ts';
import { shown } from '../../../db/pov/shown.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { launchInitiated, launchProcess } from '../../../domain/pov/launch.contract.ts';
import { launchTitle } from '../../../domain/pov/launch-plan.ts';
import { Launch, newChecklist, whyNotInitiate } from '../../../domain/pov/launch.ts';
import { startProcess } from '../../platform/process/start-process.ts';
import { verb } from '../../platform/verb.ts';
import { claimPov } from '../claim-pov.ts';
import { noteActivity } from '../note-activity.ts';
import { findLaunch } from './find-launch.ts';

/** Opens the launch of a POV with its checklist (POV-044), once (POV-049). */
export const initiateLaunch = verb(
  { name: 'initiate-launch', needs: 'pov:launch', input: z.object({ povId: Id }), output: Launch },
  async (ctx, { povId }) => {
    const { em, id, now, emit } = ctx;
    const { pov } = await claimPov(ctx, povId, 'launch');
    const why = whyNotInitiate(pov.status, await findLaunch(ctx, povId));
    if (why) throw new Refusal('conflict', why);
    const launch = em.create(PovLaunch, { id: id(), povId, checklist: newChecklist(), checkedAt: new Date(now) });
    await startProcess(ctx, launchProcess, launch.id, { title: launchTitle(pov), ownerId: pov.ownerId });
    noteActivity(ctx, povId, 'launch.initiated');
    emit(launchInitiated, { povId, launchId: launch.id, title: pov.title });
    await em.flush();
    return shown(Launch, launch);
  });
