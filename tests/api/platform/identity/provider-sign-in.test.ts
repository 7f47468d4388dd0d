import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { bootApp, type App } from '../../../kit/app.ts';
import { client, type ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { addProvider, agree, begin, comeBack, signInBy } from './provider-sign-in.fixture.ts';
import { startOidcProvider, type OidcMood, type OidcProviderStub } from '../../../stubs/oidc-provider.ts';

let app: App, stub: OidcProviderStub, provider: string;
beforeAll(async () => {
  [app, stub] = await Promise.all([
    bootApp({ worker: false, ownOrigin: true, env: { PRIVATE_NETWORKS: 'allow' } }),
    startOidcProvider(),
  ]);
  provider = (await addProvider(app, stub)).id;
});
afterAll(async () => {
  await app?.stop();
  await stub?.stop();
});
beforeEach(() => {
  stub.mood = 'fine';
  stub.claims = of('sales');
});

const of = (name: string, more: object = {}) => ({
  ...{ sub: `sub-${name}`, email: `${name}@example.com`, email_verified: true, ...more },
});
const whoIs = async (session: string | null): Promise<string> => {
  const { body } = await client(app.url, { Cookie: session ?? '' }).get<{ name?: string }>('/api/auth/session');
  return body.name ?? 'nobody';
};
const why = async (): Promise<string | null> => (await signInBy(app, provider)).to.searchParams.get('why');
const logins = (outcome: string) =>
  inDatabase<{ record_id: string | null; new_values: Record<string, string> }>(
    app,
    `select record_id, new_values from audit_log where action = 'LOGIN' and new_values->>'outcome' = $1
     order by recorded_at desc`,
    [outcome],
  );

describe('[PLT-024] signing in by a provider', () => {
  it('leads there with state, nonce and a challenge, and back to a session for the matching address', async () => {
    const begun = await begin(app, provider, '/povs?page=2');
    const asked = new URL(begun.url).searchParams;
    expect(begun.cookie).not.toContain(asked.get('nonce')!);
    for (const field of ['state', 'nonce', 'code_challenge']) expect(asked.get(field)).toMatch(/^[\w-]{43}$/);
    const { to, session } = await comeBack(app, await agree(begun), begun.cookie);
    expect([to.pathname + to.search, await whoIs(session)]).toEqual(['/povs?page=2', 'Sales Example']);
    const [row] = await logins('accepted');
    expect(row).toMatchObject({ record_id: app.tenant.users.sales, new_values: { by: 'Stub' } });
  });

  it('shows at the sign-in what is active, and nothing secret', async () => {
    const path = `/api/auth/providers?tenant=${app.tenant.slug}`;
    const { body } = await app.anonymous.get<{ items: object[] }>(path);
    expect(body.items).toEqual([{ id: provider, name: 'Stub', kind: 'other' }]);
    expect((await app.anonymous.get('/api/auth/providers?tenant=unknown')).body).toEqual({ items: [] });
  });

  it('keeps to the linked account, whatever its address becomes', async () => {
    expect(await whoIs((await signInBy(app, provider)).session)).toBe('Sales Example');
    stub.claims = of('manager', { sub: 'sub-sales' });
    expect(await whoIs((await signInBy(app, provider)).session)).toBe('Sales Example');
    stub.claims = of('sales', { sub: 'another-sub' });
    expect(await why()).toBe('account-differs');
    const admin = await app.as('admin');
    const accounts = `/api/admin/users/${app.tenant.users.sales}/linked-accounts`;
    const { body } = await admin.get<{ items: { id: string }[] }>(accounts);
    expect((await admin.delete(`${accounts}/${body.items[0]!.id}`)).status).toBe(204);
    expect(await whoIs((await signInBy(app, provider)).session)).toBe('Sales Example');
    stub.claims = of('sales');
    expect(await why()).toBe('account-differs');
    await inDatabase(app, 'delete from linked_account');
  });

  it('links once, also where two begin together', async () => {
    stub.claims = of('sales2');
    const both = await Promise.all([signInBy(app, provider), signInBy(app, provider)]);
    expect(await Promise.all(both.map(b => whoIs(b.session)))).toEqual(['Sales2 Example', 'Sales2 Example']);
    const { users } = app.tenant;
    expect(await inDatabase(app, 'select 1 from linked_account where user_id = $1', [users.sales2])).toHaveLength(1);
  });

  it('takes a key that was changed in between', async () => {
    await stub.rotate();
    expect(await whoIs((await signInBy(app, provider)).session)).toBe('Sales Example');
  });
});

describe('[PLT-024] nobody is signed in', () => {
  const untrusted: OidcMood[] = [
    ...(['wrong-nonce', 'no-nonce', 'wrong-issuer', 'wrong-audience', 'expired', 'unsigned', 'forged'] as const),
    ...(['no-id-token'] as const),
  ];
  it.each([
    ...untrusted.map(mood => [mood, 'answer-not-trusted'] as const),
    ['token-500', 'provider-failed'],
    ['token-silent', 'provider-failed'],
    ['denies', 'cancelled'],
  ] as const)('by an answer that is %s: %s', async (mood, reason) => {
    const before = await inDatabase(app, 'select 1 from session');
    stub.mood = mood;
    const { to, session } = await signInBy(app, provider);
    expect([to.pathname, to.searchParams.get('why'), session]).toEqual(['/auth/refused', reason, null]);
    expect((await inDatabase(app, 'select 1 from session')).length).toBe(before.length);
    expect((await logins('refused'))[0]!.new_values).toMatchObject({ by: 'Stub', why: reason });
  });

  it.each([
    ['no-metadata', 'provider-failed'],
    ['foreign-metadata', 'answer-not-trusted'],
  ] as const)('where the description is %s: %s', async (mood, reason) => {
    stub.mood = mood;
    const { url } = await begin(app, provider);
    expect(new URL(url, app.url).searchParams.get('why')).toBe(reason);
  });

  it.each([
    ['unverified', of('sales', { email_verified: false }), 'email-not-verified'],
    ['of nobody here', of('stranger'), 'user-unknown'],
  ])('by an address that is %s', async (_what, claims, reason) => {
    stub.claims = claims;
    expect(await why()).toBe(reason);
  });

  it('who is not active, or locked', async () => {
    stub.claims = of('sales3');
    const admin = await app.as('admin');
    const path = `/api/admin/users/${app.tenant.users.sales3}`;
    await admin.patch(path, { active: false });
    expect(await why()).toBe('user-not-active');
    await admin.patch(path, { active: true });
    await inDatabase(app, `update app_user set locked_until = now() + interval '5 min' where username = 'sales3'`);
    expect(await why()).toBe('user-not-active');
    await inDatabase(app, `update app_user set locked_until = null`);
    expect(await whoIs((await signInBy(app, provider)).session)).toBe('Sales3 Example');
  });

  it('by a return that is repeated, of another browser, of another provider, or made up', async () => {
    const begun = await begin(app, provider);
    const callback = await agree(begun);
    expect((await comeBack(app, callback, '')).to.searchParams.get('why')).toBe('expired');
    const other = (await addProvider(app, stub, { name: 'Other' })).id;
    const crossed = callback.replace(provider, other);
    expect((await comeBack(app, crossed, begun.cookie)).to.searchParams.get('why')).toBe('expired');
    expect((await comeBack(app, callback, begun.cookie)).session).not.toBeNull();
    const exchanged = stub.exchanged;
    expect((await comeBack(app, callback, begun.cookie)).to.searchParams.get('why')).toBe('expired');
    expect(stub.exchanged).toBe(exchanged);
    const forged = await comeBack(app, callback.replace(/state=[^&]+/, 'state=made-up-made-up'), begun.cookie);
    expect(forged.to.searchParams.get('why')).toBe('expired');
  });

  it('by a provider that is switched off meanwhile', async () => {
    const { id } = await addProvider(app, stub, { name: 'Off' });
    const begun = await begin(app, id);
    const callback = await agree(begun);
    const admin = await app.as('admin');
    expect((await admin.patch(`/api/admin/identity-providers/${id}`, { active: false })).status).toBe(200);
    expect((await comeBack(app, callback, begun.cookie)).to.searchParams.get('why')).toBe('provider-unknown');
    expect(new URL((await begin(app, id)).url, app.url).searchParams.get('why')).toBe('provider-unknown');
    expect((await app.anonymous.get<ProblemBody>(`/api/auth/oidc/${id}/start`)).status).toBe(404);
  });

  it.each(['//evil.example/x', 'https://evil.example', '/\\evil.example', '/api/auth/signout'])(
    'to be led to %s',
    async next => {
      const { to, session } = await signInBy(app, provider, next);
      expect([to.href, session === null]).toEqual([`${app.url}/dashboard`, false]);
    },
  );
});

describe('[PLT-024, PLT-025] where a second factor is asked for', () => {
  it('it is asked for after the provider, unless that asked for more than a password itself', async () => {
    await inDatabase(app, `update role set second_factor = true where code = 'ACCOUNTING'`);
    stub.claims = of('accounting');
    const { to, session } = await signInBy(app, provider, '/povs');
    const asked = new URLSearchParams(to.hash.slice(1));
    expect([to.pathname, to.search, session]).toEqual(['/auth/signin', '?next=%2Fpovs', null]);
    expect(asked.get('wants')).toBe('second-factor-enrolment');
    const ticket = asked.get('ticket')!;
    const { body } = await app.anonymous.post<{ secret: string }>('/api/auth/signin/enrolments', { ticket });
    const code = new TOTP({ secret: Secret.fromBase32(body.secret) }).generate();
    const done = await app.anonymous.post('/api/auth/signin/second-factor', { ticket, code });
    expect(done.status).toBe(200);
    expect(new URLSearchParams((await signInBy(app, provider)).to.hash.slice(1)).get('wants')).toBe('second-factor');
    stub.claims = of('accounting', { amr: ['pwd', 'mfa'] });
    expect(await whoIs((await signInBy(app, provider)).session)).toBe('Accounting Example');
  });
});

describe('[PLT-024] in the shape of Google', () => {
  /** What Google signs of somebody of a Workspace domain. */
  const googles = (name: string, more: object = {}) => ({
    ...{ sub: '110169484474386276334', azp: stub.clientId, hd: 'example.com', at_hash: 'HK6E_P6Dh8Y93mRNtsDB1Q' },
    ...{ email: `${name}@example.com`, email_verified: true, name: 'Somebody', given_name: 'Somebody', locale: 'en' },
    ...{ picture: 'https://lh3.googleusercontent.com/a/photo=s96-c', ...more },
  });
  const refusedOf = async (id: string): Promise<string | null> => (await signInBy(app, id)).to.searchParams.get('why');

  it('the verified address counts, in domains of the tenant; the domain of the Workspace alone does not', async () => {
    const about = { kind: 'google', name: 'Google', emailDomains: ['example.com'] };
    const { id } = await addProvider(app, stub, about);
    stub.claims = googles('sales4');
    expect(await whoIs((await signInBy(app, id)).session)).toBe('Sales4 Example');
    // The number is the person; Google lets the address be changed.
    stub.claims = googles('renamed');
    expect(await whoIs((await signInBy(app, id)).session)).toBe('Sales4 Example');
    stub.claims = googles('manager', { sub: '2', email_verified: false });
    expect(await refusedOf(id)).toBe('email-not-verified');
    const { email_verified: _, ...unsaid } = googles('manager', { sub: '2' });
    stub.claims = { ...unsaid, preferred_username: 'manager@example.com' };
    expect(await refusedOf(id)).toBe('email-not-verified');
    stub.claims = googles('manager', { sub: '2', email: 'manager@gmail.com' });
    expect(await refusedOf(id)).toBe('domain-not-allowed');
    stub.claims = googles('manager', { sub: '2', hd: 'example.org', email: 'manager@example.org' });
    expect(await refusedOf(id)).toBe('domain-not-allowed');
    // A local provider is no Google, though its token says so.
    stub.claims = googles('manager', { sub: '2', iss: 'https://accounts.google.com' });
    expect(await refusedOf(id)).toBe('answer-not-trusted');
  });
});

describe('[PLT-024] in the shape of Microsoft', () => {
  it('the name at sign-in counts, in domains of the tenant; an address that anybody can set does not', async () => {
    const { id } = await addProvider(app, stub, {
      ...{ kind: 'microsoft', name: 'Microsoft', emailDomains: ['example.com'] },
    });
    const tid = '3f6c2f5e-1d0b-4a7e-9c35-8b1e5b0f4a21';
    const names = { preferred_username: 'Readonly@Example.com', email: 'admin@example.com' };
    stub.claims = { sub: 'ms-1', tid, ver: '2.0', ...names };
    expect(await whoIs((await signInBy(app, id)).session)).toBe('Readonly Example');
    stub.claims = { sub: 'ms-2', tid, preferred_username: 'readonly@example.org' };
    expect((await signInBy(app, id)).to.searchParams.get('why')).toBe('domain-not-allowed');
  });
});
