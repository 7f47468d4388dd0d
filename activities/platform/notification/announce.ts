import { z } from 'zod';
import { invalidField } from '../../../domain/platform/errors.ts';
import { Announce } from '../../../domain/platform/notification.ts';
import { notify } from '../notify.ts';
import { verb } from '../verb.ts';

/** A message that an administrator writes to a user. */
export const announce = verb(
  { name: 'announce', needs: 'notification:create', input: Announce, output: z.object({ id: z.uuid() }) },
  async (ctx, { userId, ...message }) => {
    const { ids } = await ctx.run(notify, { ...message, template: 'announcement', userIds: [userId] });
    if (!ids[0]) throw invalidField('userId', 'There is no active user with this id', 'unknown');
    return { id: ids[0] };
  },
);
