import { z } from 'zod';
import { shown } from '../../../db/pov/shown.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { launchChecked } from '../../../domain/pov/launch.contract.ts';
import { Launch, LaunchTicks, ticked, ticksOf, whyNotTick } from '../../../domain/pov/launch.ts';
import { lockVersion } from '../../platform/lock-version.ts';
import { verb } from '../../platform/verb.ts';
import { noteActivity } from '../note-activity.ts';
import { claimLaunch, LaunchRef } from './claim-launch.ts';

/** Ticks items of the checklist; unknown keys are ignored (POV-045). */
export const updateLaunchChecklist = verb(
  {
    name: 'update-launch-checklist',
    needs: 'pov:launch',
    input: z.object({ launch: LaunchRef, ticks: LaunchTicks }),
    output: Launch,
  },
  async (ctx, input) => {
    const { pov, launch } = await claimLaunch(ctx, input.launch);
    const { items: ticks, version } = ticksOf(input.ticks);
    lockVersion(ctx, launch, version);
    const why = whyNotTick(launch);
    if (why) throw new Refusal('conflict', why);
    const before = launch.checklist.items;
    const items = ticked(before, ticks);
    const changed = items.filter((item, i) => item.completed !== before[i]!.completed);
    if (changed.length) {
      launch.checklist = { items };
      launch.checkedAt = new Date(ctx.now);
      const done = changed.filter(i => i.completed).map(i => i.label),
        reopened = changed.filter(i => !i.completed).map(i => i.label);
      noteActivity(ctx, pov.id, 'launch.updated', { done, reopened });
      ctx.emit(launchChecked, { povId: pov.id, launchId: launch.id, title: pov.title, done, reopened });
    }
    await ctx.em.flush();
    return shown(Launch, launch);
  },
);
