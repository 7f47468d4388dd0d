import { z } from 'zod';
import { Refusal } from '../../domain/platform/errors.ts';
import { Announce } from '../../domain/platform/notification.ts';
import { notify } from './notify.ts';
import { verb } from './verb.ts';

/** A message that an administrator writes to users. */
export const announce = verb(
  { name: 'announce', needs: 'notification:create', input: Announce, output: z.object({ ids: z.array(z.uuid()) }) },
  async (ctx, input) => {
    const sent = await ctx.run(notify, { template: 'announcement', ...input });
    if (sent.ids.length) return sent;
    throw new Refusal('invalid', 'Validation failed', {
      fields: [{ pointer: '/userIds', code: 'unknown', message: 'None of them is an active user' }],
    });
  },
);
