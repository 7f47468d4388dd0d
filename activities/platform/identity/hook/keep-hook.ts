import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { IdentityHook } from '../../../../db/platform/identity/identity-hook.entity.ts';
import { hookOverlapHours, ReplaceIdentityHook } from '../../../../domain/platform/identity/identity-hook.ts';
import { verb, type VerbContext } from '../../verb.ts';
import { assertGrantable } from '../grantable-role.ts';

/** Whether a service outside may tell of users, and as what it adds them (PLT-026). */
export const keepIdentityHook = verb(
  {
    name: 'keep-identity-hook',
    needs: 'identity-provider:manage',
    input: ReplaceIdentityHook,
    output: z.object({}),
  },
  async (ctx, about) => {
    await assertGrantable(ctx, 'ADMIN');
    await assertGrantable(ctx, about.role);
    Object.assign(await locked(ctx), about);
    return {};
  },
);

/** A new secret; the one before stays good for a day, so that the service can be told in peace. */
export const renewHookSecret = verb(
  {
    name: 'renew-hook-secret',
    needs: 'identity-provider:manage',
    input: z.object({ secretCipher: z.string().max(1000) }),
    output: z.object({}),
  },
  async (ctx, { secretCipher }) => {
    await assertGrantable(ctx, 'ADMIN');
    const hook = await locked(ctx);
    const until = new Date(Date.now() + hookOverlapHours * 3_600_000);
    if (hook.secretCipher) Object.assign(hook, { oldSecretCipher: hook.secretCipher, oldSecretUntil: until });
    hook.secretCipher = secretCipher;
    return {};
  },
);

/** The tenant's row, locked so that there is one. */
async function locked({ em, tenantId, id }: VerbContext): Promise<IdentityHook> {
  await em.execute('select id from tenant where id = ? for update', [tenantId]);
  const found = await em.findOne(IdentityHook, { deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  return found ?? em.create(IdentityHook, { id: id() });
}
