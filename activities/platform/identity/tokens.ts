import { createHash, createHmac, randomBytes } from 'node:crypto';
import { SignJWT } from 'jose/jwt/sign';
import { jwtVerify } from 'jose/jwt/verify';
import { accessTokenMinutes } from '../../../domain/platform/identity/session.ts';

/** What an access token says of its holder (PLT-019); rights are read from the database at each request. */
export interface AccessClaims {
  sub: string;
  tenantId: string;
  role: string;
  sid: string;
}

const issuer = 'throughline';
const keyOf = (secret: string): Uint8Array => new TextEncoder().encode(secret);

export const signAccessToken = ({ sub, ...claims }: AccessClaims, secret: string): Promise<string> =>
  new SignJWT(claims)
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setSubject(sub)
    .setIssuer(issuer)
    .setIssuedAt()
    .setExpirationTime(`${accessTokenMinutes}m`)
    .sign(keyOf(secret));

/** Tokens whose signature was found good, until they expire. */
const proved = new Map<string, { secret: string; claims: AccessClaims; expiresAt: number }>();
const provedMax = 5_000;

/** The claims of a token that this installation signed and that has not expired; null of any other. */
export async function readAccessToken(token: string, secret: string): Promise<AccessClaims | null> {
  const known = proved.get(token);
  if (known && known.secret === secret && known.expiresAt > Date.now()) return known.claims;
  proved.delete(token);
  try {
    const { payload } = await jwtVerify<AccessClaims>(token, keyOf(secret), { algorithms: ['HS256'], issuer });
    const { sub, tenantId, role, sid, exp } = payload;
    if (!isUuid(sub) || !isUuid(tenantId) || !isUuid(sid)) return null;
    const claims = { sub, tenantId, role, sid };
    if (proved.size >= provedMax) proved.delete(proved.keys().next().value!);
    if (exp !== undefined) proved.set(token, { secret, claims, expiresAt: exp * 1000 });
    return claims;
  } catch {
    return null;
  }
}

const isUuid = (value: unknown): value is string =>
  typeof value === 'string' && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(value);

const secretLetters = 43;
/** 256 random bits; only their hash is kept. */
export const newSecret = (): string => randomBytes(32).toString('base64url');
/** A refresh token's secret: what it shares with all of its session, then what is its own. */
export const newRefreshSecret = (family: string = newSecret()): string => family + newSecret();
export const familyOf = (refreshSecret: string): string => refreshSecret.slice(0, secretLetters);
/** The same secret for the same request: a repeated answer can show it again although it is nowhere kept. */
export const derivedSecret = (of: string, secret: string): string =>
  createHmac('sha256', secret).update(of).digest('base64url');
export const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A secret with the tenant it belongs to, so that row-level security holds from the first read. */
export interface TenantSecret {
  tenantId: string;
  secret: string;
}
const bare = (tenantId: string): string => tenantId.replaceAll('-', '');
const withDashes = (hex: string): string => hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
const prefixed = (prefix: string, letters = secretLetters) => {
  const pattern = new RegExp(`^${prefix}_([0-9a-f]{32})_([\\w-]{${letters}})$`);
  return {
    write: ({ tenantId, secret }: TenantSecret): string => `${prefix}_${bare(tenantId)}_${secret}`,
    read: (text: string): TenantSecret | null => {
      const found = pattern.exec(text);
      return found ? { tenantId: withDashes(found[1]!), secret: found[2]! } : null;
    },
  };
};

export const apiKeyToken = prefixed('tlk');
export const refreshToken = prefixed('tlr', 2 * secretLetters);
/** In the link of a mail that sets a new password. */
export const resetToken = prefixed('tlp');
/** The value of the session's cookie. */
export const cookieToken = {
  write: ({ tenantId, secret }: TenantSecret): string => `${tenantId}.${secret}`,
  read: (text: string): TenantSecret | null => {
    const found = /^([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\.([\w-]{43})$/.exec(text);
    return found ? { tenantId: found[1]!, secret: found[2]! } : null;
  },
};
