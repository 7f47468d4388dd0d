import { createHmac, timingSafeEqual } from 'node:crypto';
import { hookToleranceSeconds } from '../../../../domain/platform/identity/identity-hook.ts';

const prefix = 'whsec_';
/** As Standard Webhooks writes a secret. */
export const writtenSecret = (secret: string): string => prefix + Buffer.from(secret, 'base64url').toString('base64');

/** What came with a message, as it came. */
export interface SignedMessage {
  id: string;
  timestamp: string;
  signature: string;
  body: Buffer;
}

/** A message by its headers, which some services call after another firm. */
export function signedMessage(header: (name: string) => string | undefined, body: Buffer): SignedMessage {
  const of = (name: string): string => header(`webhook-${name}`) ?? header(`svix-${name}`) ?? '';
  return { id: of('id'), timestamp: of('timestamp'), signature: of('signature'), body };
}

export const signatureOf = ({ id, timestamp, body }: Omit<SignedMessage, 'signature'>, secret: string): string =>
  `v1,${createHmac('sha256', Buffer.from(secret.slice(prefix.length), 'base64'))
    .update(`${id}.${timestamp}.`)
    .update(body)
    .digest('base64')}`;

/** Why a message is not taken for the service's own, or undefined: signed with none of the secrets, or too old. */
export function whyNotSigned(message: SignedMessage, secrets: readonly string[], now: number): string | undefined {
  if (!/^\d{1,12}$/.test(message.timestamp)) return 'webhook-timestamp must be in seconds';
  if (Math.abs(now / 1000 - Number(message.timestamp)) > hookToleranceSeconds)
    return 'webhook-timestamp is too long ago, or to come';
  const given = message.signature.split(' ').slice(0, 10);
  const fits = secrets.some(secret => given.some(signature => same(signature, signatureOf(message, secret))));
  return fits ? undefined : 'webhook-signature is not of this message';
}

function same(a: string, b: string): boolean {
  const [one, two] = [Buffer.from(a), Buffer.from(b)];
  return one.length === two.length && timingSafeEqual(one, two);
}
