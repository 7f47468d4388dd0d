import { z } from 'zod';
import { Session } from '../../../db/platform/identity/session.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { writeAudit } from '../audit.ts';
import { verb, type VerbContext } from '../verb.ts';
import { assertGrantable } from './grantable-role.ts';
import { endSessionsOf } from './session-end.ts';

const ended = z.object({ ended: z.int() });

/** One of the caller's sessions, or all but the one that asks (PLT-020). Ending one that has ended changes nothing. */
export const endOwnSessions = verb(
  { name: 'end-own-sessions', needs: 'signed-in', input: z.object({ id: Id.optional() }), output: ended },
  async (ctx, { id }) => {
    const { userId, sessionId } = ctx.actor;
    if (!sessionId) throw new Refusal('conflict', 'An API key has no session; revoke it instead');
    if (id !== undefined) await assertOf(ctx, userId!, id);
    return note(ctx, userId!, { only: id, except: id === undefined ? sessionId : null });
  },
);

/** One session of a user, or all of them, by an administrator who may do as much as they. */
export const endUserSessions = verb(
  {
    name: 'end-user-sessions',
    needs: 'user:manage',
    input: z.object({ userId: Id, id: Id.optional() }),
    output: ended,
  },
  async (ctx, { userId, id }) => {
    const user = await ctx.em.findOne(User, { id: userId, deletedAt: null });
    if (!user) throw notFound();
    if (id !== undefined) await assertOf(ctx, userId, id);
    await assertGrantable(ctx, user.role);
    return note(ctx, userId, { only: id });
  },
);

async function assertOf({ em }: VerbContext, userId: string, id: string): Promise<void> {
  if (!(await em.count(Session, { id, userId }))) throw notFound();
}

/** With a row that says who was signed out: those of the sessions name only themselves. */
async function note(
  ctx: VerbContext,
  userId: string,
  which: { only?: string | undefined; except?: string | null },
): Promise<{ ended: number }> {
  const reason = userId === ctx.actor.userId ? 'ended by the user' : 'ended by an administrator';
  const sessionIds = await endSessionsOf(ctx, { userId, ...which }, reason);
  if (sessionIds.length) {
    await writeAudit(
      ctx.em,
      { verbName: 'end-sessions', caller: { actor: ctx.actor, requestId: ctx.requestId }, now: ctx.now },
      [
        {
          action: 'LOGOUT',
          tableName: 'app_user',
          recordId: userId,
          oldValues: null,
          newValues: { sessionIds, reason },
        },
      ],
    );
  }
  return { ended: sessionIds.length };
}
