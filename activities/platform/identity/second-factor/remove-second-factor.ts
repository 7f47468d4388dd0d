import { z } from 'zod';
import { User } from '../../../../db/platform/identity/user.entity.ts';
import { notFound, Refusal } from '../../../../domain/platform/errors.ts';
import { Id } from '../../../../domain/platform/id.ts';
import { assertGrantable } from '../grantable-role.ts';
import { endSessionsOf } from '../session-end.ts';
import { verb } from '../../verb.ts';
import { lockedFactor, ProvenCode, takeCode, wrongCode } from './take-code.ts';

/** The caller signs in with the password alone again; a code proves that it is them. */
export const removeSecondFactor = verb(
  {
    name: 'remove-second-factor',
    needs: 'signed-in',
    input: z.object({ secret: ProvenCode }),
    output: z.object({}),
  },
  async (ctx, { secret }) => {
    const { em, actor } = ctx;
    const factor = await lockedFactor(ctx, actor.userId!);
    if (!factor?.confirmedAt) throw new Refusal('conflict', 'There is no second factor');
    const [role] = await em.execute<{ compulsory: boolean }[]>(
      `select r.second_factor as compulsory from role r join app_user u on u.role = r.code
       where u.id = ? and r.deleted_at is null`,
      [actor.userId],
    );
    if (role?.compulsory) throw new Refusal('conflict', 'Your role asks for a second factor');
    if (!takeCode(factor, secret)) throw wrongCode();
    em.remove(factor);
    return {};
  },
);

/** An administrator forgets a user's lost app; whoever may have found it is signed out. */
export const resetSecondFactor = verb(
  { name: 'reset-second-factor', needs: 'user:manage', input: z.object({ id: Id }), output: z.object({}) },
  async (ctx, { id }) => {
    const user = await ctx.em.findOne(User, { id, deletedAt: null });
    if (!user) throw notFound();
    await assertGrantable(ctx, user.role);
    const factor = await lockedFactor(ctx, id);
    if (factor) ctx.em.remove(factor);
    await endSessionsOf(ctx, { userId: id }, 'the second factor was reset');
    return {};
  },
);
