import type { ProviderKind } from './identity-provider.ts';
import type { SignInRefusal } from './sign-in-refusal.ts';

/** What of an id token counts; all of it was signed by the provider. */
export interface ProviderClaims {
  sub: string;
  email?: unknown;
  email_verified?: unknown;
  /** Microsoft's name at sign-in, in a domain that the directory has proved to own. */
  preferred_username?: unknown;
  /** How the provider made sure of the person (RFC 8176). */
  amr?: unknown;
}
export interface Vouched {
  subject: string;
  email: string;
  /** The provider itself has asked for more than a password. */
  multiFactor: boolean;
}

/** Whom the provider vouches for, or why it is not enough (PLT-024). */
export function vouchedFor(
  claims: ProviderClaims,
  { kind, emailDomains }: { kind: ProviderKind; emailDomains: readonly string[] },
): Vouched | SignInRefusal {
  if (!subject.test(claims.sub)) return 'answer-not-trusted';
  const email = verifiedEmail(claims, kind);
  if (email === null) return 'email-not-verified';
  const domain = email.slice(email.lastIndexOf('@') + 1);
  if (emailDomains.length > 0 && !emailDomains.includes(domain)) return 'domain-not-allowed';
  const methods: unknown[] = Array.isArray(claims.amr) ? claims.amr : [];
  return { subject: claims.sub, email, multiFactor: methods.includes('mfa') };
}

/** As OpenID Connect has it; nothing else could be kept. */
const subject = /^[\x20-\x7e]{1,255}$/;
const address = /^[^\s@\p{Cc}]+@[^\s@\p{Cc}]+$/u;
const asAddress = (value: unknown): string | null =>
  typeof value === 'string' && value.length <= 255 && address.test(value) ? value.toLowerCase() : null;

/**
 * Only `true` is verified. Microsoft says nothing about that, and lets its `email` be set to anything: there the name
 * at sign-in counts, whose domain the directory owns.
 */
function verifiedEmail(claims: ProviderClaims, kind: ProviderKind): string | null {
  if (claims.email_verified === true || claims.email_verified === 'true') return asAddress(claims.email);
  return kind === 'microsoft' && claims.email_verified === undefined ? asAddress(claims.preferred_username) : null;
}
