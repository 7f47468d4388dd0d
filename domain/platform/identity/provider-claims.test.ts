import { describe, expect, it } from '@jest/globals';
import { whyNotProvider } from './identity-provider.ts';
import { vouchedFor } from './provider-claims.ts';

const google = { kind: 'google', emailDomains: [] } as const;
const microsoft = { kind: 'microsoft', emailDomains: ['example.com'] } as const;
const sub = '4711';

describe('[PLT-024] whom a provider vouches for', () => {
  it.each([
    ['a verified address', google, { email: 'Dana@Example.com', email_verified: true }, 'dana@example.com'],
    ['Microsoft’s name at sign-in', microsoft, { preferred_username: 'Dana@example.com' }, 'dana@example.com'],
    ['not Microsoft’s changeable address', microsoft, { email: 'boss@example.com' }, 'email-not-verified'],
    ['nobody unverified', google, { email: 'dana@example.com', email_verified: false }, 'email-not-verified'],
    ['nobody when it says nothing', google, { email: 'dana@example.com' }, 'email-not-verified'],
    ['no name for an address', google, { preferred_username: 'dana@example.com' }, 'email-not-verified'],
    [
      'no unverified address by the name beside it',
      microsoft,
      { email: 'boss@example.com', email_verified: false, preferred_username: 'dana@example.com' },
      'email-not-verified',
    ],
    ['no address that is none', google, { email: 'dana', email_verified: true }, 'email-not-verified'],
    ['none with what is no letter', google, { email: 'd\u0000@x.org', email_verified: true }, 'email-not-verified'],
    ['nobody of another domain', microsoft, { preferred_username: 'dana@example.org' }, 'domain-not-allowed'],
    ['nobody of a domain below', microsoft, { preferred_username: 'dana@x.example.com' }, 'domain-not-allowed'],
    ['nobody by two at signs', microsoft, { preferred_username: 'a@example.com@evil.org' }, 'email-not-verified'],
  ])('%s', (_what, provider, claims, expected) => {
    const found = vouchedFor({ sub, ...claims }, provider);
    expect(typeof found === 'string' ? found : found.email).toBe(expected);
  });

  it.each(['', 'x'.repeat(256), 'a\u0000'])('nobody whom it calls %j', named => {
    const claims = { sub: named, email: 'dana@example.com', email_verified: true };
    expect(vouchedFor(claims, google)).toBe('answer-not-trusted');
  });

  it.each([
    [['pwd', 'mfa'], true],
    [['pwd'], false],
    ['mfa', false],
    [undefined, false],
  ])('amr %j: more than a password is %s', (amr, multiFactor) => {
    const claims = { sub, email: 'dana@example.com', email_verified: true, amr };
    expect(vouchedFor(claims, google)).toMatchObject({ multiFactor });
  });
});

describe('[PLT-024] a provider is refused', () => {
  const domains = { emailDomains: ['example.com'] };
  const by = (name: string): string => `https://login.microsoftonline.com/${name}/v2.0`;
  const directory = by('3f6c2f5e-1d0b-4a7e-9c35-8b1e5b0f4a21');
  it.each([
    ['https://accounts.google.com', 'google', [], undefined],
    ['https://accounts.google.com.evil.example', 'google', [], 'issuer'],
    [directory, 'microsoft', ['example.com'], undefined],
    [directory, 'microsoft', [], 'emailDomains'],
    [by('example.com'), 'microsoft', ['example.com'], undefined],
    [by('common'), 'microsoft', ['example.com'], 'issuer'],
    [by('Common'), 'microsoft', ['example.com'], 'issuer'],
    [by('%63ommon'), 'microsoft', ['example.com'], 'issuer'],
    [by('organizations'), 'other', ['example.com'], 'issuer'],
    [by('consumers'), 'microsoft', ['example.com'], 'issuer'],
    // The same under its id.
    [by('9188040d-6c67-4c5b-b112-36a304b66dad'), 'microsoft', ['example.com'], 'issuer'],
    [by('9188040D-6C67-4C5B-B112-36A304B66DAD'), 'microsoft', ['example.com'], 'issuer'],
    ['https://login.microsoftonline.com', 'microsoft', ['example.com'], 'issuer'],
    ['http://id.example.com', 'other', [], 'issuer'],
    ['https://id.example.com', 'other', [], undefined],
  ] as const)('%s (%s, %j): %s', (issuer, kind, emailDomains, field) => {
    expect(whyNotProvider({ issuer, kind, emailDomains: [...emailDomains] }, false)?.field).toBe(field);
  });

  it('without TLS only where private networks are allowed', () => {
    expect(whyNotProvider({ issuer: 'http://127.0.0.1:9', kind: 'other', ...domains }, true)).toBeUndefined();
  });
});
