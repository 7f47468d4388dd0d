import { z } from 'zod';
import { ApiKey } from '../../../db/platform/identity/session.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { actionsWithin, CreateApiKey } from '../../../domain/platform/identity/api-key.ts';
import { invalidField } from '../../../domain/platform/errors.ts';
import { assertGrantable } from './grantable-role.ts';
import { verb } from '../verb.ts';

/** Keeps a new key; its secret was made by the caller and only its hash comes here (PLT-027). */
export const createApiKey = verb(
  {
    name: 'create-api-key',
    needs: 'api-key:create',
    input: CreateApiKey.extend({ secretHash: z.string().length(64), prefix: z.string().max(12) }),
    output: z.object({ id: z.uuid() }),
  },
  async (ctx, { name, role, userId, expiresAt, secretHash, prefix }) => {
    const owner = userId ?? ctx.actor.userId;
    if (owner === null) throw invalidField('userId', 'must name a user');
    ctx.authorize('api-key:create', { ownerId: owner });
    const user = await ctx.em.findOne(User, { id: owner, active: true, deletedAt: null });
    if (!user) throw invalidField('userId', 'must be an active user');
    // A key lives in the machine's time, as its requests do.
    if (expiresAt !== undefined && Date.parse(expiresAt) <= Date.now())
      throw invalidField('expiresAt', 'must be in the future');
    const narrow = role ?? (owner === ctx.actor.userId ? ctx.actor.role : null) ?? user.role;
    // Reading is narrowed to what the user sees anyway, so that a read-only key is always possible.
    if (narrow !== 'READ_ONLY') await assertGrantable(ctx, narrow, actionsWithin);
    const key = ctx.em.create(ApiKey, {
      id: ctx.id(),
      userId: owner,
      name,
      role: narrow,
      prefix,
      secretHash,
      expiresAt: expiresAt === undefined ? null : new Date(expiresAt),
    });
    return { id: key.id };
  },
);
