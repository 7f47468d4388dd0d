import { z } from 'zod';
import { LinkedAccount } from '../../../../db/platform/identity/identity-provider.entity.ts';
import { User } from '../../../../db/platform/identity/user.entity.ts';
import { notFound } from '../../../../domain/platform/errors.ts';
import { Id } from '../../../../domain/platform/id.ts';
import { verb } from '../../verb.ts';
import { assertGrantable } from '../grantable-role.ts';
import { endSessionsOf } from '../session-end.ts';

/** Forgets a user's account at a provider, and signs them out: whoever had the account may still be there. */
export const unlinkAccount = verb(
  {
    name: 'unlink-account',
    needs: 'user:manage',
    input: z.object({ userId: Id, id: Id }),
    output: z.object({}),
  },
  async (ctx, { userId, id }) => {
    const user = await ctx.em.findOne(User, { id: userId, deletedAt: null });
    const account = user && (await ctx.em.findOne(LinkedAccount, { id, userId }));
    if (!account) throw notFound();
    await assertGrantable(ctx, user.role);
    ctx.em.remove(account);
    await endSessionsOf(ctx, { userId }, 'an account of a provider was unlinked');
    return {};
  },
);
