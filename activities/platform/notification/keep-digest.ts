import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { notFound, Refusal } from '../../../domain/platform/errors.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import {
  digestKept, DigestPreference, notificationDigest,
} from '../../../domain/platform/notification/digest.contract.ts';
import { restartProcess } from '../process/start-process.ts';
import { verb, type VerbContext } from '../verb.ts';

/** Keeps how often the actor's unread notifications are mailed; a process does it at the tenant's clock (PLT-075). */
export const keepDigest = verb(
  { name: 'keep-digest', needs: 'signed-in', input: DigestPreference, output: DigestPreference },
  async (ctx, { every }) => {
    const user = await lockedUser(ctx, ctx.actor.userId);
    if (user.digest === every) return { every };
    // What came before somebody wanted it is not for the first one.
    if (user.digest === 'off') user.digestedAt = new Date(ctx.now);
    user.digest = every;
    await watch(ctx, user);
    return { every };
  },
);

/** Starts the digest of somebody who wants one, where it does not run. */
export const watchDigest = verb(
  { name: 'watch-digest', needs: 'process:steer', input: z.object({ userId: Id }), output: ById },
  async (ctx, { userId }) => {
    const user = await lockedUser(ctx, userId);
    if (user.digest === 'off') throw new Refusal('conflict', `${user.fullName} wants no digest`);
    return { id: await watch(ctx, user) };
  },
);

/** Answers the id of the digest: a stream of its own, since much happens to a user that it need not hear. */
async function watch(ctx: VerbContext, user: User): Promise<string> {
  const { id: userId, fullName, digest: every } = user;
  const digestId = (user.digestId ??= ctx.id());
  if (every !== 'off')
    await restartProcess(ctx, notificationDigest, digestId, { title: `Digest for ${fullName}`, ownerId: userId });
  ctx.emit(digestKept, { digestId, userId, every });
  return digestId;
}

async function lockedUser({ em }: VerbContext, id: string | null): Promise<User> {
  const user = id && (await em.findOne(User, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE }));
  if (!user) throw notFound();
  return user;
}
