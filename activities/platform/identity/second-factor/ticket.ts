import { SignJWT } from 'jose/jwt/sign';
import { jwtVerify } from 'jose/jwt/verify';
import { ticketMinutes } from '../../../../domain/platform/identity/second-factor.contract.ts';
import { hashOf } from '../tokens.ts';

/** What the first step of a sign-in proved. */
export interface Ticket {
  tenantId: string;
  userId: string;
  /** Of the password's hash: a ticket ends with the password; null where another provider vouched for the user. */
  proof: string | null;
}

const issuer = 'throughline';
/** An access token is no ticket, and a ticket no access token. */
const audience = 'second-factor';
const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(`${audience} ${secret}`);

export const proofOf = (passwordHash: string): string => hashOf(`ticket ${passwordHash}`);

export const writeTicket = ({ userId, ...claims }: Ticket, secret: string): Promise<string> =>
  new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(userId)
    .setIssuer(issuer)
    .setAudience(audience)
    .setIssuedAt()
    .setExpirationTime(`${ticketMinutes}m`)
    .sign(keyOf(secret));

/** Null of anything that is no ticket of ours, or an old one. */
export async function readTicket(ticket: string, secret: string): Promise<Ticket | null> {
  try {
    const { payload } = await jwtVerify<Omit<Ticket, 'userId'>>(ticket, keyOf(secret), {
      algorithms: ['HS256'],
      issuer,
      audience,
    });
    return { tenantId: payload.tenantId, userId: payload.sub!, proof: payload.proof };
  } catch {
    return null;
  }
}
