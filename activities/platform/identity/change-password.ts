import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { PasswordReset } from '../../../db/platform/identity/password-reset.entity.ts';
import { Mail } from '../../../db/platform/mail.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { resetMinutes, resetsMax } from '../../../domain/platform/identity/password.contract.ts';
import { queueMail } from '../mail/queue-mail.ts';
import { endSessionsOf } from './session-end.ts';
import { verb, type VerbContext } from '../verb.ts';

const hash = z.string().max(255);

/** The caller's own password; the hashing was done before, outside the transaction. The other sessions end. */
export const changePassword = verb(
  {
    name: 'change-password',
    needs: 'signed-in',
    input: z.object({ provenPasswordHash: hash.nullable(), newPasswordHash: hash }),
    output: z.object({}),
  },
  async (ctx, { provenPasswordHash, newPasswordHash }) => {
    const user = await locked(ctx, ctx.actor.userId!);
    if (!user || provenPasswordHash === null || provenPasswordHash !== user.passwordHash)
      throw invalidField('oldPassword', 'is not your password', 'wrong-password');
    await setPassword(ctx, user, newPasswordHash);
    return {};
  },
);

/** Keeps the link's hash and queues its mail; more than a few in a row are not sent. Nobody is told which. */
export const requestPasswordReset = verb(
  {
    name: 'request-password-reset',
    needs: 'process',
    input: z.object({
      userId: z.uuid(),
      tokenHash: hash,
      mail: z.object({ id: z.uuid(), toAddress: z.string(), subject: z.string(), bodyCipher: z.string() }),
    }),
    output: z.object({}),
  },
  async (ctx, { userId, tokenHash, mail }) => {
    const user = await locked(ctx, userId);
    if (await ctx.em.count(Mail, { id: mail.id })) return {};
    const now = Date.now();
    const open = await ctx.em.count(PasswordReset, { userId, usedAt: null, expiresAt: { $gt: new Date(now) } });
    if (!user?.active || user.email !== mail.toAddress || open >= resetsMax) return {};
    const expiresAt = new Date(now + resetMinutes * 60_000);
    ctx.em.create(PasswordReset, { id: ctx.id(), userId, tokenHash, expiresAt });
    await queueMail(ctx, mail);
    return {};
  },
);

/** A new password by a mailed link, which is good once. The lock of wrong passwords ends, the second factor stays. */
export const resetPassword = verb(
  {
    name: 'reset-password',
    needs: 'process',
    input: z.object({ tokenHash: hash, newPasswordHash: hash }),
    output: z.object({ done: z.boolean() }),
  },
  async (ctx, { tokenHash, newPasswordHash }) => {
    const link = await ctx.em.findOne(PasswordReset, { tokenHash }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    const user = link && (await locked(ctx, link.userId));
    if (!link || link.usedAt || link.expiresAt.getTime() <= Date.now() || !user?.active)
      return { done: false };
    await setPassword(ctx, user, newPasswordHash);
    Object.assign(user, { failedSignIns: 0, lockedUntil: null });
    return { done: true };
  },
);

const locked = ({ em }: VerbContext, id: string): Promise<User | null> =>
  em.findOne(User, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });

/** Sessions but the caller's own end, and so do all mailed links. */
async function setPassword(ctx: VerbContext, user: User, passwordHash: string): Promise<void> {
  user.passwordHash = passwordHash;
  await endSessionsOf(ctx, { userId: user.id, except: ctx.actor.sessionId }, 'the password was changed');
  for (const link of await ctx.em.find(PasswordReset, { userId: user.id, usedAt: null })) link.usedAt = new Date();
}
