import { createHash } from 'node:crypto';
import { jwtDecrypt } from 'jose/jwt/decrypt';
import { EncryptJWT } from 'jose/jwt/encrypt';
import { signInMinutes } from '../../../../domain/platform/identity/provider-sign-in.contract.ts';
import type { Handshake } from './openid.client.ts';

/** What the browser keeps while it is at the provider, unreadable to it. */
export interface SignInState extends Handshake {
  tenantId: string;
  providerId: string;
  /** The page to go to. */
  next: string;
}

const audience = 'sign-in-state';
const keyOf = (secret: string): Uint8Array => createHash('sha256').update(`${audience} ${secret}`).digest();

export const writeState = ({ ...state }: SignInState, secret: string): Promise<string> =>
  new EncryptJWT({ ...state })
    .setProtectedHeader({ alg: 'dir', enc: 'A256GCM' })
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${signInMinutes}m`)
    .encrypt(keyOf(secret));

/** Null of what we did not write, and of what is too old. */
export async function readState(kept: string, secret: string): Promise<SignInState | null> {
  try {
    const { payload } = await jwtDecrypt<SignInState>(kept, keyOf(secret), { audience });
    const { tenantId, providerId, next, redirectUri, state, nonce, verifier } = payload;
    return { tenantId, providerId, next, redirectUri, state, nonce, verifier };
  } catch {
    return null;
  }
}
