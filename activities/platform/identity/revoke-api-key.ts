import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { ApiKey } from '../../../db/platform/identity/session.entity.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { allowsOn } from '../../../domain/platform/permission.ts';
import { lockVersion } from '../lock-version.ts';
import { verb } from '../verb.ts';

/** The key is refused from its next request on; it stays in the list. */
export const revokeApiKey = verb(
  { name: 'revoke-api-key', needs: 'api-key:delete', input: z.object({ id: Id }), output: z.object({}) },
  async (ctx, { id }) => {
    const { em, actor, authorize } = ctx;
    const key = await em.findOne(ApiKey, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
    if (!key || (actor.kind === 'user' && !allowsOn(actor.ability, 'api-key:read', { ownerId: key.userId })))
      throw notFound();
    authorize('api-key:delete', { ownerId: key.userId });
    lockVersion(ctx, key);
    key.revokedAt ??= new Date();
    return {};
  },
);
