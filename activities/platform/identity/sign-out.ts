import { z } from 'zod';
import { Refusal } from '../../../domain/platform/errors.ts';
import { writeAudit } from '../audit.ts';
import { verb } from '../verb.ts';

/** Ends the caller's own session: cookie, access and refresh tokens are refused from now on (PLT-020, 021). */
export const signOut = verb(
  { name: 'sign-out', needs: 'signed-in', quiet: true, input: z.object({}), output: z.object({}) },
  async ctx => {
    const { sessionId, userId } = ctx.actor;
    if (!sessionId) throw new Refusal('conflict', 'An API key has no session; revoke it instead');
    const ended = await ctx.em.execute<unknown[]>(
      'update session set revoked_at = now() where id = ? and revoked_at is null returning 1 as one',
      [sessionId],
    );
    if (ended.length) {
      writeAudit(
        ctx.em,
        { verbName: 'sign-out', caller: { actor: ctx.actor, requestId: ctx.requestId }, now: ctx.now },
        [{ action: 'LOGOUT', tableName: 'app_user', recordId: userId, oldValues: null, newValues: { sessionId } }],
      );
    }
    return {};
  },
);
