import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { Notification } from '../../../db/platform/notification.entity.ts';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { digestNames, digestPlan, type DigestState } from '../../../domain/platform/notification/digest.ts';
import { notificationDigest } from '../../../domain/platform/notification/digest.contract.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { sayInstant } from '../../../domain/platform/sentence.ts';
import { look } from '../process/look.ts';
import { verb, type VerbContext } from '../verb.ts';
import { queuedMessage } from './mail-notification.ts';

/** Where somebody's digest stands and when the next one is due. */
export const lookAtDigest = look(
  notificationDigest,
  async ({ em, tenantId }, digestId): Promise<DigestState> => {
    const user = await em.findOne(User, { digestId });
    if (!user) throw notFound();
    const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
    return {
      digestId, userId: user.id, name: user.fullName, every: user.digest, deleted: Boolean(user.deletedAt),
      since: +(user.digestedAt ?? user.createdAt), timeZone,
    };
  },
  digestPlan,
);

/**
 * One mail of what somebody has not read since the last one, but for what came to them by mail already; none where
 * there is nothing. How far they were told stands in the same commit, so that each is sent once.
 */
export const sendDigest = verb(
  {
    name: 'send-digest', needs: 'process', input: z.object({ digestId: Id, due: z.number() }),
    output: z.object({ told: z.int() }),
  },
  async (ctx, { digestId, due }) => {
    const { em } = ctx;
    const wanted = { digestId, deletedAt: null };
    const user = await em.findOne(User, wanted, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!user || user.digest === 'off') return { told: 0 };
    const since = user.digestedAt ?? user.createdAt;
    if (+since >= due) return { told: 0 };
    user.digestedAt = new Date(due);
    const unread = user.active ? await unreadOf(ctx, user, { since, until: new Date(due) }) : [];
    if (!unread.length) return { told: 0 };
    const { timeZone } = await em.findOneOrFail(Tenant, { id: ctx.tenantId });
    const named = unread.slice(0, digestNames).map(n => `- ${n.subject} (${sayInstant(+n.createdAt, timeZone)})`);
    const more = unread.length - named.length;
    const { template, data: _, ...message } = rendered('notification-digest', {
      period: user.digest, count: unread.length === 1 ? '1 notification' : `${unread.length} notifications`,
      list: [...named, ...(more ? [`- and ${more} more`] : [])].join('\n'),
    });
    const said = { ...message, templateId: template, metadata: {} };
    await queuedMessage(ctx, user, said, { channel: 'email', to: user.email, of: digestId });
    return { told: unread.length };
  },
);

const unreadOf = ({ em }: VerbContext, user: User, { since, until }: { since: Date; until: Date }) =>
  em.find(
    Notification,
    {
      userId: user.id, type: 'in_app', readAt: null, createdAt: { $gte: since, $lt: until },
      ...(user.mailed.length ? { $or: [{ templateId: null }, { templateId: { $nin: user.mailed } }] } : {}),
    },
    { fields: ['subject', 'createdAt'], orderBy: { createdAt: 'asc', id: 'asc' }, disableIdentityMap: true },
  );
