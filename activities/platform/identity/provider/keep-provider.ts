import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { IdentityProvider } from '../../../../db/platform/identity/identity-provider.entity.ts';
import { invalidField, notFound } from '../../../../domain/platform/errors.ts';
import { Id } from '../../../../domain/platform/id.ts';
import {
  CreateIdentityProvider,
  PatchIdentityProvider,
  whyNotProvider,
} from '../../../../domain/platform/identity/identity-provider.ts';
import { lockVersion } from '../../lock-version.ts';
import { verb, type VerbContext } from '../../verb.ts';
import { assertGrantable } from '../grantable-role.ts';

const answer = z.object({ id: z.uuid() });
/** The secret comes as cipher text: it is sealed for the row's id outside, and is in no log. */
const sealed = { privateNetworks: z.boolean(), clientSecretCipher: z.string().max(5000) };

/** A service that people of the tenant sign in with from now on (PLT-024). */
export const createIdentityProvider = verb(
  {
    name: 'create-identity-provider',
    needs: 'identity-provider:manage',
    input: CreateIdentityProvider.omit({ clientSecret: true }).extend({ id: Id, ...sealed }),
    output: answer,
  },
  async (ctx, { privateNetworks, ...about }) => {
    await assertTrusted(ctx);
    assertSafe(about, privateNetworks);
    ctx.em.create(IdentityProvider, about);
    return { id: about.id };
  },
);

/** Changes a service. A new issuer makes it another one, so it must come with its secret. */
export const updateIdentityProvider = verb(
  {
    name: 'update-identity-provider',
    needs: 'identity-provider:manage',
    input: PatchIdentityProvider.omit({ clientSecret: true }).extend({
      id: Id,
      privateNetworks: sealed.privateNetworks,
      clientSecretCipher: sealed.clientSecretCipher.optional(),
    }),
    output: answer,
  },
  async (ctx, { id, version, privateNetworks, ...given }) => {
    await assertTrusted(ctx);
    const provider = await locked(ctx, id);
    lockVersion(ctx, provider, version);
    const changes = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
    const after = { ...provider, ...(changes as Partial<typeof given>) };
    assertSafe(after, privateNetworks);
    if (after.issuer !== provider.issuer && given.clientSecretCipher === undefined)
      throw invalidField('clientSecret', 'must be given anew for another issuer');
    Object.assign(provider, changes);
    return { id };
  },
);

/** Nobody signs in by it any more; who did keeps the session, and the links stay with the row. */
export const removeIdentityProvider = verb(
  {
    name: 'remove-identity-provider',
    needs: 'identity-provider:manage',
    input: z.object({ id: Id }),
    output: z.object({}),
  },
  async (ctx, { id }) => {
    await assertTrusted(ctx);
    const provider = await locked(ctx, id);
    lockVersion(ctx, provider);
    Object.assign(provider, { deletedAt: new Date(ctx.now), active: false });
    return {};
  },
);

/** Who decides which service vouches can sign in as anybody: only who may do what administrators may. */
const assertTrusted = async (ctx: VerbContext): Promise<void> => void (await assertGrantable(ctx, 'ADMIN'));

async function locked({ em }: VerbContext, id: string): Promise<IdentityProvider> {
  const found = await em.findOne(IdentityProvider, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!found) throw notFound();
  return found;
}

function assertSafe(about: Parameters<typeof whyNotProvider>[0], privateNetworks: boolean): void {
  const fault = whyNotProvider(about, privateNetworks);
  if (fault) throw invalidField(fault.field, fault.why);
}
