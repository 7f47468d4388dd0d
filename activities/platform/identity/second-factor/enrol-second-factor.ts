import { z } from 'zod';
import { SecondFactor } from '../../../../db/platform/identity/second-factor.entity.ts';
import { Refusal } from '../../../../domain/platform/errors.ts';
import { verb } from '../../verb.ts';
import { lockedFactor } from './take-code.ts';

/** Keeps the secret of the caller's new app; it counts once a code of it is confirmed (PLT-025). */
export const enrolSecondFactor = verb(
  {
    name: 'enrol-second-factor',
    needs: 'signed-in',
    input: z.object({ secretCipher: z.string().max(1000) }),
    output: z.object({}),
  },
  async (ctx, { secretCipher }) => {
    const userId = ctx.actor.userId!;
    // Two enrolments at once: the user's row decides which one is the later.
    await ctx.em.execute('select id from app_user where id = ? for update', [userId]);
    const known = await lockedFactor(ctx, userId);
    if (known?.confirmedAt) throw new Refusal('conflict', 'There is a second factor already; remove it first');
    if (known) known.secretCipher = secretCipher;
    else ctx.em.create(SecondFactor, { id: ctx.id(), userId, secretCipher });
    return {};
  },
);
