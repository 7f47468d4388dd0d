import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { Id } from '../../../domain/platform/id.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { launchReminded } from '../../../domain/pov/launch.contract.ts';
import { openItems } from '../../../domain/pov/launch.ts';
import { notify } from '../../platform/notify.ts';
import { verb } from '../../platform/verb.ts';
import { noteActivity } from '../note-activity.ts';
import { claimLaunch } from './claim-launch.ts';

/** The day the POV should start has come and the launch is not confirmed: its owner is told, once. */
export const remindLauncher = verb(
  {
    name: 'remind-launcher',
    needs: 'process',
    input: z.object({ launchId: Id }),
    output: z.object({ reminded: z.boolean() }),
  },
  async (ctx, { launchId }) => {
    const { pov, launch } = await claimLaunch(ctx, { launchId });
    if (launch.confirmed || launch.remindedAt) return { reminded: false };
    launch.remindedAt = new Date(ctx.now);
    const owner = await ctx.em.findOneOrFail(User, { id: pov.ownerId });
    const open =
      openItems(launch.checklist.items)
        .map(i => i.label)
        .join(', ') || 'only the confirmation';
    await ctx.run(notify, {
      userIds: [owner.id],
      ...rendered('launch-due', { pov: pov.title, open }),
      referenceType: 'pov',
      referenceId: pov.id,
      event: launchReminded.name,
    });
    noteActivity(ctx, pov.id, 'launch.reminded', { to: owner.fullName });
    ctx.emit(launchReminded, { povId: pov.id, launchId, title: pov.title, owner: owner.fullName });
    return { reminded: true };
  },
);
