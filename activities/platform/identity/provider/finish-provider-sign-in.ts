import { providerClient, type ProviderClient } from '../../../../db/platform/identity/identity-providers.query.ts';
import { readerOf } from '../../../../db/platform/reader.ts';
import { vouchedFor, type Vouched } from '../../../../domain/platform/identity/provider-claims.ts';
import type { SignInRefusal } from '../../../../domain/platform/identity/sign-in-refusal.ts';
import { systemActor, type Origin } from '../../system-actor.ts';
import { run, type Caller } from '../../verb.ts';
import { opened, type Asked, type SignedIn } from '../sign-in.ts';
import { hashOf } from '../tokens.ts';
import { openIdClient } from './begin-provider-sign-in.ts';
import { noteRefusedSignIn } from './note-refused-sign-in.ts';
import { claimsOf, discovered, problemOf, refusalOf } from './openid.client.ts';
import { recogniseUser } from './recognise-user.ts';
import type { SignInState } from './sign-in-state.ts';
import { spendSignIn } from './spend-sign-in.ts';

interface Refused {
  refused: SignInRefusal;
  problem?: string;
  email?: string;
  userId?: string | null;
}

/**
 * A browser has come back from its provider: a session, the question for a second factor, or why not. What is refused
 * is in the audit log.
 */
export async function finishProviderSignIn(
  state: SignInState,
  search: string,
  { privateNetworks, requestId, ...from }: Origin & { privateNetworks: boolean; requestId?: string },
): Promise<SignedIn | Asked | { refused: SignInRefusal }> {
  const caller: Caller = { actor: systemActor(state.tenantId, from), requestId };
  const provider = await providerClient(readerOf(state.tenantId), state.providerId);
  const answer = provider?.active
    ? await signedIn(state, { search, provider, caller, privateNetworks })
    : { refused: 'provider-unknown' as const };
  if (!('refused' in answer)) return answer;
  const { refused, problem = null, email = null, userId = null } = answer;
  const by = provider?.name ?? state.providerId;
  await run(noteRefusedSignIn, { userId, by, why: refused, problem, email }, caller);
  return { refused };
}

interface Return {
  search: string;
  provider: ProviderClient;
  caller: Caller;
  privateNetworks: boolean;
}

async function signedIn(
  state: SignInState,
  { search, provider, caller, privateNetworks }: Return,
): Promise<SignedIn | Asked | Refused> {
  const { tenantId } = state;
  const { fresh } = await run(spendSignIn, { stateHash: hashOf(state.state) }, caller);
  if (!fresh) return { refused: 'expired' };
  const claims = await discovered(openIdClient(provider, { tenantId, privateNetworks }))
    .then(config => claimsOf(config, search, state))
    .catch((failure: unknown): Refused => ({ refused: refusalOf(failure), problem: problemOf(failure) }));
  if ('refused' in claims) return claims as Refused;
  const vouched = vouchedFor(claims, provider);
  return typeof vouched === 'string' ? { refused: vouched } : sessionFor(vouched, { provider, caller, tenantId });
}

async function sessionFor(
  { subject, email, multiFactor }: Vouched,
  { provider, caller, tenantId }: { provider: ProviderClient; caller: Caller; tenantId: string },
): Promise<SignedIn | Asked | Refused> {
  const { id: providerId, issuer, name } = provider;
  const { userId, refused } = await run(recogniseUser, { providerId, issuer, subject, email }, caller);
  if (refused) return { refused, email, userId };
  const { ip = null, userAgent = null } = caller.actor;
  const proof = { provenHash: null, freshHash: null, vouchedFor: name, multiFactor };
  const answer = await opened(
    { tenantId, userId, username: email, ...proof },
    { ip, userAgent, requestId: caller.requestId },
  );
  return answer ?? { refused: 'user-not-active', email, userId };
}
