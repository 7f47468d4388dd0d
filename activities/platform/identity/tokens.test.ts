import { describe, expect, it } from '@jest/globals';
import { SignJWT } from 'jose';
import {
  apiKeyToken,
  cookieToken,
  familyOf,
  hashOf,
  newRefreshSecret,
  newSecret,
  readAccessToken,
  refreshToken,
  signAccessToken,
} from './tokens.ts';

const secret = 'a secret of more than 32 characters!',
  key = new TextEncoder().encode(secret);
const claims = {
  sub: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01',
  tenantId: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a02',
  role: 'ADMIN',
  sid: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a03',
};
const jwt = (said: Record<string, unknown> = claims): SignJWT =>
  new SignJWT(said).setProtectedHeader({ alg: 'HS256' }).setIssuer('throughline');

describe('[PLT-019] an access token', () => {
  it('carries user, role, tenant and session', async () => {
    expect(await readAccessToken(await signAccessToken(claims, secret), secret)).toEqual(claims);
  });

  it.each<[string, () => string | Promise<string>]>([
    ['signed by somebody else', () => signAccessToken(claims, 'another secret of 32 characters!!!')],
    ['expired', () => jwt().setExpirationTime('-1s').sign(key)],
    ['of another issuer', () => jwt().setIssuer('elsewhere').setExpirationTime('1m').sign(key)],
    [
      'without a session',
      () =>
        jwt({ ...claims, sid: undefined })
          .setExpirationTime('1m')
          .sign(key),
    ],
    [
      'whose tenant is no id',
      () =>
        jwt({ ...claims, tenantId: `x' or 1=1` })
          .setExpirationTime('1m')
          .sign(key),
    ],
    [
      'unsigned',
      () =>
        `${['{"alg":"none"}', JSON.stringify(claims)].map(part => Buffer.from(part).toString('base64url')).join('.')}.`,
    ],
    ['garbage', () => 'garbage'],
    ['empty', () => ''],
  ])('%s is refused', async (_, make) => expect(await readAccessToken(await make(), secret)).toBeNull());
});

describe('[PLT-020] secrets', () => {
  const kept = { tenantId: claims.tenantId, secret: newSecret() };

  it.each([
    ['API key', apiKeyToken, /^tlk_[0-9a-f]{32}_/, kept],
    ['refresh token', refreshToken, /^tlr_/, { ...kept, secret: newRefreshSecret() }],
    ['cookie', cookieToken, /^018f3c1e-[0-9a-f-]{27}\./, kept],
  ] as const)('%s names its tenant and can be read again', (_, kind, shape, kept) => {
    expect(kind.write(kept)).toMatch(shape);
    expect(kind.read(kind.write(kept))).toEqual(kept);
    for (const bad of [
      '',
      'x',
      kind.write(kept).slice(1),
      `${kind.write(kept)}x`,
      kind.write({ ...kept, tenantId: '1' }),
    ]) {
      expect(kind.read(bad)).toBeNull();
    }
  });

  it('of one session’s refresh tokens share their family and nothing else', () => {
    const [first, other] = [newRefreshSecret(), newRefreshSecret()];
    const second = newRefreshSecret(familyOf(first));
    expect(familyOf(second)).toBe(familyOf(first));
    expect([second === first, familyOf(other) === familyOf(first)]).toEqual([false, false]);
  });

  it('are random and kept as hashes', () => {
    expect(newSecret()).not.toBe(newSecret());
    expect(hashOf(kept.secret)).toMatch(/^[0-9a-f]{64}$/);
  });
});
