import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Session } from '../../../db/platform/identity/session.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { sessionDays, tryToSignIn } from '../../../domain/platform/identity/session.ts';
import { iso } from '../../../domain/platform/process.ts';
import { writeAudit } from '../audit.ts';
import { verb, type VerbContext } from '../verb.ts';

const hash = z.string().max(255);

/**
 * Decides one attempt to sign in under the lock of the user's row, and keeps what came of it: the session or the count
 * of wrong passwords, and a LOGIN row (PLT-018, 021, 028). It answers rather than refuses: a failure is kept, too.
 */
export const openSession = verb(
  {
    name: 'sign-in',
    needs: 'process',
    quiet: true,
    input: z.object({
      userId: z.uuid().nullable(),
      username: z.string(),
      provenHash: hash
        .nullable()
        .meta({ description: 'The hash that the password was proven against; null when it was wrong' }),
      freshHash: hash.nullable(),
      cookieHash: hash,
      refreshHash: hash,
      refreshFamily: hash,
    }),
    output: z.object({
      session: z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.string() }).nullable(),
    }),
  },
  async (ctx, { userId, username, provenHash, freshHash, ...hashes }) => {
    const { em } = ctx;
    const user =
      userId === null
        ? null
        : await em.findOne(User, { id: userId, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!user) {
      await logAttempt(ctx, null, { outcome: 'refused', username });
      return { session: null };
    }
    const machineNow = Date.now();
    const facts = {
      active: user.active,
      failedSignIns: user.failedSignIns,
      lockedUntil: user.lockedUntil?.getTime() ?? null,
    };
    const { accepted, failedSignIns, lockedUntil } = tryToSignIn(
      facts,
      provenHash !== null && provenHash === user.passwordHash,
      machineNow,
    );
    // Not through the entity: an attempt to sign in is no change of the user's record and leaves its version.
    await em.execute(
      `update app_user set failed_sign_ins = ?, locked_until = ?::timestamptz,
       password_hash = coalesce(?, password_hash), last_login = coalesce(?::timestamptz, last_login) where id = ?`,
      [
        failedSignIns,
        lockedUntil === null ? null : iso(lockedUntil),
        accepted ? freshHash : null,
        accepted ? iso(machineNow) : null,
        user.id,
      ],
      'run',
    );
    if (!accepted) {
      await logAttempt(ctx, user, { outcome: 'refused', username });
      return { session: null };
    }
    const session = em.create(Session, {
      id: ctx.id(),
      userId: user.id,
      ...hashes,
      expiresAt: new Date(machineNow + sessionDays * 86_400_000),
      ip: ctx.actor.ip ?? null,
      userAgent: ctx.actor.userAgent?.slice(0, 500) ?? null,
    });
    await logAttempt(ctx, user, { outcome: 'accepted', sessionId: session.id });
    return { session: { id: session.id, name: user.fullName, email: user.email, role: user.role } };
  },
);

/** A refused attempt is nobody's deed: its row names the user it was aimed at, and the tenant as its author. */
async function logAttempt(ctx: VerbContext, user: User | null, said: Record<string, unknown>): Promise<void> {
  const actor =
    user && said['outcome'] === 'accepted'
      ? { ...ctx.actor, kind: 'user' as const, userId: user.id, key: `user:${user.id}`, name: user.fullName }
      : ctx.actor;
  await writeAudit(ctx.em, { verbName: 'sign-in', caller: { actor, requestId: ctx.requestId }, now: ctx.now }, [
    { action: 'LOGIN', tableName: 'app_user', recordId: user?.id ?? null, oldValues: null, newValues: said },
  ]);
}
