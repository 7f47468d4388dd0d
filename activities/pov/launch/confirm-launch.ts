import { z } from 'zod';
import { shown } from '../../../db/pov/shown.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { Version } from '../../../domain/platform/version.ts';
import { launchConfirmed } from '../../../domain/pov/launch.contract.ts';
import { Launch, openItems, whyNotConfirm } from '../../../domain/pov/launch.ts';
import { validateTransition } from '../../../domain/pov/pov-transition.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { notify } from '../../platform/notify.ts';
import { verb } from '../../platform/verb.ts';
import { moveStatus, transitionFacts } from '../move-status.ts';
import { noteActivity } from '../note-activity.ts';
import { claimLaunch, LaunchRef } from './claim-launch.ts';

/** Confirms a launch whose checklist is done (POV-046, 047); the POV goes in progress with it, if it can (POV-050). */
export const confirmLaunch = verb(
  {
    name: 'confirm-launch',
    needs: 'pov:launch',
    input: z.object({ launch: LaunchRef, version: Version }),
    output: Launch,
  },
  async (ctx, input) => {
    const claimed = await claimLaunch(ctx, input.launch);
    const { pov, members, launch } = claimed;
    lockVersion(ctx, launch, input.version);
    const why = whyNotConfirm(launch);
    if (why)
      throw new Refusal('conflict', why, { reasons: openItems(launch.checklist.items).map(i => `${i.label} is open`) });
    Object.assign(launch, { confirmed: true, launchedAt: new Date(ctx.now), launchedBy: ctx.actor.userId });
    await ctx.run(notify, {
      userIds: members.map(m => m.userId).filter(userId => userId !== ctx.actor.userId),
      referenceType: 'pov',
      referenceId: pov.id,
      ...rendered('launch-confirmed', { pov: pov.title, by: ctx.actor.name }),
      event: launchConfirmed.name,
    });
    noteActivity(ctx, pov.id, 'launch.confirmed');
    ctx.emit(launchConfirmed, { povId: pov.id, launchId: launch.id, title: pov.title });
    const { valid } = await validateTransition(await transitionFacts(ctx, claimed), 'IN_PROGRESS', null);
    if (pov.status === 'PROJECTED' && valid) await moveStatus(ctx, claimed, 'IN_PROGRESS', null);
    await ctx.em.flush();
    return shown(Launch, launch);
  },
);
