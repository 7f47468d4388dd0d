import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import type { EntityManager } from '@mikro-orm/postgresql';
import { Role } from '../../../db/platform/identity/role-permission.entity.ts';
import { Session } from '../../../db/platform/identity/session.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import {
  sessionDays,
  tryToSignIn,
  type SignInFacts,
  type SignInTry,
} from '../../../domain/platform/identity/session.ts';
import { iso } from '../../../domain/platform/process.ts';
import { writeAudit } from '../audit.ts';
import { verb, type VerbContext } from '../verb.ts';
import { confirmed } from './second-factor/confirm-second-factor.ts';
import { lockedFactor, ProvenCode, takeCode } from './second-factor/take-code.ts';

const hash = z.string().max(255);

/**
 * Decides one attempt to sign in under the lock of the user's row, and keeps what came of it: the session or the count
 * of wrong passwords and codes, and a LOGIN row (PLT-018, 021, 025, 028). It answers rather than refuses: a failure is
 * kept, too. A right password alone does not end the count where a code is asked for: it would let codes be guessed.
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
      vouchedFor: z.string().optional().meta({ description: 'The provider that proved who it is, without a password' }),
      multiFactor: z.boolean().default(false).meta({ description: 'The provider asked for more than a password' }),
      freshHash: hash.nullable(),
      cookieHash: hash,
      refreshHash: hash,
      refreshFamily: hash,
      second: z
        .object({ proven: ProvenCode, enrols: z.array(z.string()).nullable() })
        .optional()
        .meta({ description: 'The second step; `enrols` are the recovery codes of an app that is confirmed by it' }),
    }),
    output: z.object({
      session: z.object({ id: z.uuid(), name: z.string(), email: z.string(), role: z.string() }).nullable(),
      wants: z.enum(['second-factor', 'second-factor-enrolment']).nullable(),
      changed: z.boolean().optional().meta({ description: 'The hash is another one since: prove the password again' }),
    }),
  },
  async (ctx, { userId, username, provenHash, vouchedFor, multiFactor, freshHash, second, ...hashes }) => {
    const { em } = ctx;
    const user =
      userId === null
        ? null
        : await em.findOne(User, { id: userId, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const said = { username, ...(vouchedFor === undefined ? {} : { by: vouchedFor }) };
    if (!user) {
      await logAttempt(ctx, null, { outcome: 'refused', ...said });
      return { session: null, wants: null };
    }
    // Somebody else's sign-in may have replaced the hash by one of a newer kind: nothing was wrong, nothing is counted.
    if (provenHash !== null && !second && provenHash !== user.passwordHash)
      return { session: null, wants: null, changed: true };
    const machineNow = Date.now();
    const proven = vouchedFor !== undefined || (provenHash !== null && provenHash === user.passwordHash);
    const first = tryToSignIn(factsOf(user), proven, machineNow);
    const wants = first.accepted && !multiFactor ? await wantedOf(ctx, user) : null;
    if (wants && !second) {
      await logAttempt(ctx, user, { outcome: wants, ...said });
      return { session: null, wants };
    }
    const outcome =
      wants && !(await secondStep(ctx, user, second!)) ? tryToSignIn(factsOf(user), false, machineNow) : first;
    await keepAttempt(em, user, { ...outcome, freshHash, machineNow });
    if (!outcome.accepted) {
      await logAttempt(ctx, user, { outcome: 'refused', ...said });
      return { session: null, wants: null };
    }
    const session = em.create(Session, {
      id: ctx.id(),
      userId: user.id,
      ...hashes,
      expiresAt: new Date(machineNow + sessionDays * 86_400_000),
      ip: ctx.actor.ip ?? null,
      userAgent: ctx.actor.userAgent?.slice(0, 500) ?? null,
    });
    const { username: _, ...by } = said;
    await logAttempt(ctx, user, { outcome: 'accepted', sessionId: session.id, ...by });
    return { session: { id: session.id, name: user.fullName, email: user.email, role: user.role }, wants: null };
  },
);

const factsOf = (user: User): SignInFacts => ({
  active: user.active,
  failedSignIns: user.failedSignIns,
  lockedUntil: user.lockedUntil?.getTime() ?? null,
});

/** What a user must give besides the password. */
async function wantedOf(ctx: VerbContext, user: User): Promise<'second-factor' | 'second-factor-enrolment' | null> {
  if ((await lockedFactor(ctx, user.id))?.confirmedAt) return 'second-factor';
  const role = await ctx.em.findOne(Role, { code: user.role, deletedAt: null });
  return role?.secondFactor ? 'second-factor-enrolment' : null;
}

async function secondStep(
  ctx: VerbContext,
  user: User,
  { proven, enrols }: { proven: ProvenCode; enrols: string[] | null },
): Promise<boolean> {
  const factor = await lockedFactor(ctx, user.id);
  if (!factor) return false;
  if (factor.confirmedAt) return takeCode(factor, proven);
  return enrols !== null && confirmed(factor, proven, enrols);
}

/** Not through the entity: an attempt to sign in is no change of the user's record and leaves its version. */
async function keepAttempt(
  em: EntityManager,
  user: User,
  kept: SignInTry & { freshHash: string | null; machineNow: number },
): Promise<void> {
  await em.execute(
    `update app_user set failed_sign_ins = ?, locked_until = ?::timestamptz,
     password_hash = coalesce(?, password_hash), last_login = coalesce(?::timestamptz, last_login) where id = ?`,
    [
      kept.failedSignIns,
      kept.lockedUntil === null ? null : iso(kept.lockedUntil),
      kept.accepted ? kept.freshHash : null,
      kept.accepted ? iso(kept.machineNow) : null,
      user.id,
    ],
    'run',
  );
}

/** A refused attempt is nobody's deed: its row names the user it was aimed at, and the tenant as its author. */
async function logAttempt(ctx: VerbContext, user: User | null, said: Record<string, unknown>): Promise<void> {
  const actor =
    user && said['outcome'] === 'accepted'
      ? { ...ctx.actor, kind: 'user' as const, userId: user.id, key: `user:${user.id}`, name: user.fullName }
      : ctx.actor;
  writeAudit(ctx.em, { verbName: 'sign-in', caller: { actor, requestId: ctx.requestId }, now: ctx.now }, [
    { action: 'LOGIN', tableName: 'app_user', recordId: user?.id ?? null, oldValues: null, newValues: said },
  ]);
}
