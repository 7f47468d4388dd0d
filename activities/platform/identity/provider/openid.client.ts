import {
  allowInsecureRequests,
  authorizationCodeGrant,
  AuthorizationResponseError,
  buildAuthorizationUrl,
  calculatePKCECodeChallenge,
  ClientError,
  ClientSecretBasic,
  ClientSecretPost,
  customFetch,
  discovery,
  enableNonRepudiationChecks,
  type ClientAuth,
  type Configuration,
  type CustomFetch,
} from 'openid-client';
import type { ProviderClaims } from '../../../../domain/platform/identity/provider-claims.ts';
import type { SignInRefusal } from '../../../../domain/platform/identity/sign-in-refusal.ts';
import { guardedFetch } from '../../guarded-fetch.ts';

/** How a provider is spoken with. */
export interface OpenIdClient {
  issuer: string;
  clientId: string;
  clientSecret: string;
  /** Whether addresses of private networks, and http, may be asked. */
  privateNetworks: boolean;
}
/** What a sign-in remembers from its start to its return. */
export interface Handshake {
  redirectUri: string;
  state: string;
  nonce: string;
  verifier: string;
}

/** Of each question to the provider. */
const timeoutSeconds = 5;

/** A fresh look at the provider's description: a key that was changed is known at once. */
export async function discovered(client: OpenIdClient): Promise<Configuration> {
  const ask = guardedFetch(client.privateNetworks);
  const fetch: CustomFetch = (url, { method, headers, body, signal }) =>
    ask(url, {
      ...{ method, headers },
      ...(body === undefined || body === null ? {} : { body: String(body) }),
      ...(signal ? { signal } : {}),
    });
  return discovery(new URL(client.issuer), client.clientId, undefined, secretOf(client.clientSecret), {
    timeout: timeoutSeconds,
    [customFetch]: fetch,
    // Without it the id token would be believed because of where it came from; its signature is checked, too.
    execute: [enableNonRepudiationChecks, ...(client.privateNetworks ? [allowInsecureRequests] : [])],
  });
}

const secretOf =
  (secret: string): ClientAuth =>
  (server, ...rest) =>
    (server.token_endpoint_auth_methods_supported?.includes('client_secret_post')
      ? ClientSecretPost(secret)
      : ClientSecretBasic(secret))(server, ...rest);

/** Where the browser is led: with state, nonce and a challenge whose answer stays here. */
export async function authorizationUrl(
  config: Configuration,
  { redirectUri, state, nonce, verifier }: Handshake,
): Promise<URL> {
  return buildAuthorizationUrl(config, {
    redirect_uri: redirectUri,
    response_type: 'code',
    scope: 'openid email profile',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    prompt: 'select_account',
    state,
    nonce,
  });
}

/** The signed claims for the code that the browser brought back; issuer, audience, time, nonce and signature hold. */
export async function claimsOf(config: Configuration, search: string, made: Handshake): Promise<ProviderClaims> {
  const answer = await authorizationCodeGrant(config, new URL(`${made.redirectUri}${search}`), {
    pkceCodeVerifier: made.verifier,
    expectedState: made.state,
    expectedNonce: made.nonce,
    idTokenExpected: true,
  });
  return { ...answer.claims()! };
}

/** Of an answer that never came, or is none: all other faults are in what was answered. */
const unanswered = new Set<string | undefined>([
  ...[undefined, 'OAUTH_TIMEOUT', 'OAUTH_ABORT', 'OAUTH_PARSE_ERROR'],
  ...['OAUTH_RESPONSE_IS_NOT_CONFORM', 'OAUTH_RESPONSE_IS_NOT_JSON'],
]);

/** What a failure at the provider means for who wanted to sign in. */
export function refusalOf(failure: unknown): SignInRefusal {
  if (failure instanceof AuthorizationResponseError)
    return failure.error === 'access_denied' ? 'cancelled' : 'provider-failed';
  if (failure instanceof ClientError && !unanswered.has(failure.code)) return 'answer-not-trusted';
  return 'provider-failed';
}

/** The same for administrators and logs: the innermost reason says most. */
export function problemOf(failure: unknown): string {
  const words: string[] = [];
  for (let e = failure; e instanceof Error && words.length < 3; e = e.cause) words.push(e.message);
  return [...new Set(words)].join(': ').slice(0, 300) || 'unknown';
}
