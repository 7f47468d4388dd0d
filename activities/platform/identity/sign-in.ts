import { setTimeout } from 'node:timers/promises';
import type { z } from 'zod';
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
/** Who is asked for a code, and of what kind. */
export interface Asked {
  wants: 'second-factor' | 'second-factor-enrolment';
  tenantId: string;
  userId: string;
  /** The password's hash that was proven; null where a provider vouched. */
  passwordHash: string | null;
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
 * Signs in, or asks for the second step, or says null: of an unknown tenant or user, an inactive or locked one, a wrong
 * password alike, and each takes as long as the others (PLT-016).
 */
export async function signIn(attempt: Attempt, from: Origin): Promise<SignedIn | Asked | null> {
  return evenly(() => trySigningIn(attempt, from));
}

/** Answers null only at a multiple of the step. */
export async function evenly<T>(attempt: () => Promise<T | null>): Promise<T | null> {
  const begun = performance.now();
  const answer = await attempt();
  if (answer === null) await setTimeout(refusalStepMs - ((performance.now() - begun) % refusalStepMs));
  return answer;
}

/** As often a password is proven, where its hash is replaced meanwhile each time. */
const provings = 5;

/** The hashing is done outside the transaction: it is slow on purpose. */
async function trySigningIn(attempt: Attempt, from: Origin, left = provings): Promise<SignedIn | Asked | null> {
  const { tenant, username, password, requestId } = attempt;
  const home = await tenantBySlug(tenant);
  const known = home && (await passwordOf(readerOf(home.id), username));
  const { proven, fresh } = await provePassword(password, known?.passwordHash ?? null);
  if (!home) return null;
  const answer = await tried(
    {
      tenantId: home.id,
      userId: known?.id ?? null,
      username: username.slice(0, 100).toWellFormed(),
      provenHash: proven ? known!.passwordHash : null,
      freshHash: fresh,
    },
    { ...from, requestId },
  );
  if (answer !== 'changed') return answer;
  return left > 1 ? trySigningIn(attempt, from, left - 1) : null;
}

type Opening = Omit<z.input<(typeof openSession)['input']>, 'cookieHash' | 'refreshHash' | 'refreshFamily'>;

type Whose = Opening & { tenantId: string };
type Where = Origin & { requestId?: string | undefined };

/** Makes the secrets of a session and tries to open it. */
export async function opened(attempt: Whose, from: Where): Promise<SignedIn | Asked | null> {
  const answer = await tried(attempt, from);
  return answer === 'changed' ? null : answer;
}

/** The same; `changed` asks for another proof of the password. */
async function tried(
  { tenantId, ...attempt }: Whose, { requestId, ...from }: Where,
): Promise<SignedIn | Asked | 'changed' | null> {
  const cookieSecret = newSecret();
  const refreshSecret = newRefreshSecret();
  const { session, wants, changed } = await run(
    openSession,
    {
      ...attempt,
      cookieHash: hashOf(cookieSecret),
      refreshHash: hashOf(refreshSecret),
      refreshFamily: hashOf(familyOf(refreshSecret)),
    },
    { actor: systemActor(tenantId, from), requestId },
  );
  if (wants) return { wants, tenantId, userId: attempt.userId!, passwordHash: attempt.provenHash };
  if (!session) return changed ? 'changed' : null;
  const { id: sessionId, ...person } = session;
  return { user: { id: attempt.userId!, ...person, tenantId }, sessionId, cookieSecret, refreshSecret };
}
