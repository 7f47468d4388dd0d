import { createHmac } from 'node:crypto';
import { Secret, TOTP } from 'otpauth';
import { hashOf } from '../tokens.ts';

const periodSeconds = 30;
/** Clocks of telephones are a little off: the codes before and after the current one are good, too. */
const window = 1;
const issuer = 'Throughline';

/** The secret of a new authenticator app, in base32. The same seed gives the same one: a repeat shows it again. */
export const secretOf = (seed: string): string =>
  new Secret({ buffer: new Uint8Array(derived(seed, 'totp').subarray(0, 20)).buffer }).base32;

const totp = (secret: string, label = ''): TOTP =>
  new TOTP({ issuer, label, secret: Secret.fromBase32(secret), algorithm: 'SHA1', digits: 6, period: periodSeconds });

/** What the QR code says. */
export const uriOf = (secret: string, label: string): string => totp(secret, label).toString();

/** The time-step that a code belongs to, in the machine's time; null when it belongs to none of now. */
export function stepOf(secret: string, code: string, now = Date.now()): number | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, window, timestamp: now });
  return delta === null ? null : Math.floor(now / 1000 / periodSeconds) + delta;
}

export const recoveryCodeCount = 10;
const letters = 'abcdefghjkmnpqrstuvwxyz23456789';
const groups = 4;

/** Codes for when the app is lost, about 75 bits each; again the same ones for the same seed. */
export const recoveryCodesOf = (seed: string): string[] =>
  Array.from({ length: recoveryCodeCount }, (_, nth) => {
    const bytes = [...derived(seed, `recovery ${nth}`), ...derived(seed, `recovery ${nth} more`)];
    // Bytes from 248 on would favour the first letters.
    const code = bytes.filter(byte => byte < 248).map(byte => letters[byte % letters.length]);
    return code.slice(0, 4 * groups).join('').replace(/(.{4})(?=.)/g, '$1-');
  });

/** However it was typed. */
export const recoveryHashOf = (code: string): string => hashOf(code.toLowerCase().replace(/[^a-z0-9]/g, ''));

const derived = (seed: string, what: string): Buffer => createHmac('sha256', seed).update(what).digest();
