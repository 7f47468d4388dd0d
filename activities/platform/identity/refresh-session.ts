import { renewSession } from './renew-session.ts';
import type { SignedIn } from './sign-in.ts';
import { systemActor, type Origin } from '../system-actor.ts';
import { familyOf, hashOf, newRefreshSecret, refreshToken } from './tokens.ts';
import { run } from '../verb.ts';

/** New credentials for a refresh token, or null for one that is unknown, used, revoked or expired. */
export async function refreshSession(token: string, from: Origin & { requestId?: string }): Promise<SignedIn | null> {
  const old = refreshToken.read(token);
  if (!old) return null;
  const { requestId, ...origin } = from;
  const family = familyOf(old.secret);
  const refreshSecret = newRefreshSecret(family);
  const { session } = await run(
    renewSession,
    { familyHash: hashOf(family), oldHash: hashOf(old.secret), newHash: hashOf(refreshSecret) },
    { actor: systemActor(old.tenantId, origin), requestId },
  );
  if (!session) return null;
  const { id: sessionId, userId, ...person } = session;
  return { user: { id: userId, ...person, tenantId: old.tenantId }, sessionId, refreshSecret };
}
