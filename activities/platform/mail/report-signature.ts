import { createPublicKey, verify } from 'node:crypto';
import { hookToleranceSeconds } from '../../../domain/platform/identity/identity-hook.ts';

export interface SignedReport {
  timestamp: string;
  signature: string;
  body: Buffer;
}

/** Why it is not SendGrid's own, or undefined: https://www.twilio.com/docs/sendgrid/for-developers/tracking-events */
export function whyNotSendGrid({ timestamp, signature, body }: SignedReport, key: string, now: number) {
  if (!/^\d{1,12}$/.test(timestamp)) return 'The timestamp must be in seconds';
  if (Math.abs(now / 1000 - Number(timestamp)) > hookToleranceSeconds)
    return 'The timestamp is too long ago, or to come';
  const signed = Buffer.concat([Buffer.from(timestamp), body]);
  return verify('sha256', signed, publicKey(key), Buffer.from(signature, 'base64'))
    ? undefined : 'The signature is not of this message';
}

const publicKey = (key: string) =>
  createPublicKey({ key: Buffer.from(key, 'base64'), format: 'der', type: 'spki' });
