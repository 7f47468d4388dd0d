import { setTimeout } from 'node:timers/promises';
import { readerOf } from '../../../db/platform/reader.ts';
import { tenantBySlug } from '../../../db/platform/tenants.query.ts';
import { passwordOf } from '../../../db/platform/identity/users.query.ts';
import type { SignedInUser } from '../../../domain/platform/identity/session.ts';
import { openSession } from './open-session.ts';
import { provePassword } from './password.ts';
import { systemActor, type Origin } from '../system-actor.ts';
import { familyOf, hashOf, newRefreshSecret, newSecret } from './tokens.ts';
import { run } from '../verb.ts';

export interface SignedIn {
  user: SignedInUser;
  sessionId: string;
  refreshSecret: string;
  cookieSecret?: string;
}
export interface Attempt {
  tenant: string;
  username: string;
  password: string;
  requestId?: string;
}

/** A refusal is answered at a multiple of this: its time does not tell how far the attempt came. */
const refusalStepMs = 250;

/**
 * Signs in, or says null: of an unknown tenant or user, an inactive or locked one, a wrong password alike, and each
 * takes as long as the others (PLT-016).
 */
export async function signIn(attempt: Attempt, from: Origin): Promise<SignedIn | null> {
  const begun = performance.now();
  const signedIn = await trySigningIn(attempt, from);
  if (!signedIn) await setTimeout(refusalStepMs - ((performance.now() - begun) % refusalStepMs));
  return signedIn;
}

/** The hashing is done outside the transaction: it is slow on purpose. */
async function trySigningIn(attempt: Attempt, from: Origin): Promise<SignedIn | null> {
  const { tenant, username, password, requestId } = attempt;
  const home = await tenantBySlug(tenant);
  const known = home && (await passwordOf(readerOf(home.id), username));
  const { proven, fresh } = await provePassword(password, known?.passwordHash ?? null);
  if (!home) return null;
  const cookieSecret = newSecret();
  const refreshSecret = newRefreshSecret();
  const { session } = await run(
    openSession,
    {
      userId: known?.id ?? null,
      username: username.slice(0, 100).toWellFormed(),
      provenHash: proven ? known!.passwordHash : null,
      freshHash: fresh,
      cookieHash: hashOf(cookieSecret),
      refreshHash: hashOf(refreshSecret),
      refreshFamily: hashOf(familyOf(refreshSecret)),
    },
    { actor: systemActor(home.id, from), requestId },
  );
  if (!session) return null;
  const { id: sessionId, ...person } = session;
  return { user: { id: known!.id, ...person, tenantId: home.id }, sessionId, cookieSecret, refreshSecret };
}
