import { providerClient, type ProviderClient } from '../../../../db/platform/identity/identity-providers.query.ts';
import { readerOf } from '../../../../db/platform/reader.ts';
import { tenantBySlug } from '../../../../db/platform/tenants.query.ts';
import { secrets } from '../../secret-box.ts';
import { newSecret } from '../tokens.ts';
import { authorizationUrl, discovered, type OpenIdClient } from './openid.client.ts';
import type { SignInState } from './sign-in-state.ts';

/** The cipher text of a secret is good in its provider's row alone. */
export const providerContext = (tenantId: string, providerId: string): string =>
  `identity-provider ${tenantId} ${providerId}`;

export const callbackPath = (providerId: string): string => `/api/auth/oidc/${providerId}/callback`;

export function openIdClient(
  { id, issuer, clientId, clientSecretCipher }: ProviderClient,
  { tenantId, privateNetworks }: { tenantId: string; privateNetworks: boolean },
): OpenIdClient {
  const clientSecret = secrets().open(clientSecretCipher, providerContext(tenantId, id));
  return { issuer, clientId, clientSecret, privateNetworks };
}

export interface Wanted {
  tenant: string;
  providerId: string;
  next: string;
  /** Our own address, as people type it. */
  origin: string;
  privateNetworks: boolean;
}

/** An active provider of the tenant; null where there is none. */
async function activeProvider(
  tenant: string,
  id: string,
): Promise<{ tenantId: string; found: ProviderClient } | null> {
  const home = await tenantBySlug(tenant);
  const found = home && (await providerClient(readerOf(home.id), id));
  return found?.active ? { tenantId: home!.id, found } : null;
}

/** Where to lead the browser, and what it has to keep meanwhile; null where there is no such provider. */
export async function beginProviderSignIn(wanted: Wanted): Promise<{ url: string; state: SignInState } | null> {
  const { tenant, providerId, next, origin, privateNetworks } = wanted;
  const known = await activeProvider(tenant, providerId);
  if (!known) return null;
  const { tenantId, found } = known;
  const config = await discovered(openIdClient(found, { tenantId, privateNetworks }));
  const handshake = { state: newSecret(), nonce: newSecret(), verifier: newSecret() };
  const state = { ...handshake, redirectUri: `${origin}${callbackPath(providerId)}`, tenantId, providerId, next };
  return { url: (await authorizationUrl(config, state)).href, state };
}
