import { v5 } from 'uuid';
import {
  callbackPath,
  providerContext,
} from '../../../activities/platform/identity/provider/begin-provider-sign-in.ts';
import { checkProvider } from '../../../activities/platform/identity/provider/check-provider.ts';
import {
  createIdentityProvider,
  removeIdentityProvider,
  updateIdentityProvider,
} from '../../../activities/platform/identity/provider/keep-provider.ts';
import { unlinkAccount } from '../../../activities/platform/identity/provider/unlink-account.ts';
import { secrets } from '../../../activities/platform/secret-box.ts';
import {
  linkedAccountsOf,
  listProviders,
  providerById,
  providerClient,
  type ProviderRow,
} from '../../../db/platform/identity/identity-providers.query.ts';
import type { Config } from '../../../db/platform/config.ts';
import { userById } from '../../../db/platform/identity/users.query.ts';
import type { Reader } from '../../../db/platform/reader.ts';
import { notFound } from '../../../domain/platform/errors.ts';
import { identityProviderEndpoints } from '../../../domain/platform/identity/identity-provider.contract.ts';
import type { IdentityProvider } from '../../../domain/platform/identity/identity-provider.ts';
import { serve } from '../serve.ts';
import { ownAddress } from './own-address.ts';
import { seedOf } from './session.ts';

const shown = (row: ProviderRow, config: Config): IdentityProvider => ({
  ...row,
  redirectUri: ownAddress(config) + callbackPath(row.id),
});
async function found(read: Reader, id: string, config: Config): Promise<IdentityProvider> {
  const row = await providerById(read, id);
  if (!row) throw notFound();
  return shown(row, config);
}
const seal = (tenantId: string, id: string, secret: string): string =>
  secrets().seal(secret, providerContext(tenantId, id));
const privateNetworks = (config: Config): boolean => config.PRIVATE_NETWORKS === 'allow';

export const identityProviderRoutes = serve(identityProviderEndpoints, {
  list: async ({ read, services: { config } }) => ({
    items: (await listProviders(read)).map(row => shown(row, config)),
  }),
  read: ({ params, read, services: { config } }) => found(read, params.id, config),

  create: async ({ body, run, read, actor, req, services: { config } }) => {
    const { clientSecret, ...about } = body;
    // The secret is sealed for it: a request that is repeated with its key must mean the same row.
    const id = v5(seedOf(req, actor, config), actor.tenantId);
    const clientSecretCipher = seal(actor.tenantId, id, clientSecret);
    const given = { ...about, clientSecretCipher, privateNetworks: privateNetworks(config) };
    return found(read, (await run(createIdentityProvider, { id, ...given })).id, config);
  },

  patch: async ({ params: { id }, body, run, read, actor, services: { config } }) => {
    const { clientSecret, ...about } = body;
    const secret = clientSecret === undefined ? {} : { clientSecretCipher: seal(actor.tenantId, id, clientSecret) };
    await run(updateIdentityProvider, { ...about, ...secret, id, privateNetworks: privateNetworks(config) });
    return found(read, id, config);
  },

  remove: ({ params, run }) => run(removeIdentityProvider, params),

  check: async ({ params, read, actor, services: { config } }) => {
    const provider = await providerClient(read, params.id);
    if (!provider) throw notFound();
    return checkProvider(provider, { tenantId: actor.tenantId, privateNetworks: privateNetworks(config) });
  },

  accounts: async ({ params, read }) => {
    if (!(await userById(read, params.id))) throw notFound();
    return { items: await linkedAccountsOf(read, params.id) };
  },
  unlink: ({ params, run }) => run(unlinkAccount, { userId: params.id, id: params.accountId }),
});
