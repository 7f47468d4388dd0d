import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../../domain/index.ts';
import { bootApp, type App } from '../../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { makeTenant, password } from '../../../kit/people.ts';
import { rowCounts } from '../../../kit/row-counts.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ worker: false });
});
afterAll(() => app?.stop());

interface Tokens {
  accessToken: string;
  refreshToken: string;
  user: { id: string };
}
interface Session {
  id: string;
  name: string;
  email: string;
  role: string;
  tenantId: string;
  permissions: { subject: string; action: string; scope: string }[];
  tenant: object;
  clock: object;
}
const session = '/api/auth/session';
async function signIn(username = 'sales'): Promise<Tokens & { cookie: string }> {
  const { body, headers } = await app.anonymous.post<Tokens>('/api/auth/signin', {
    username,
    password,
    tenant: app.tenant.slug,
  });
  return { ...body, cookie: headers.get('Set-Cookie')!.split(';')[0]! };
}
const bearer = (token: string): Client => client(app.url, { Authorization: `Bearer ${token}` });
const withCookie = (cookie: string, more: Record<string, string> = {}): Client =>
  client(app.url, { Cookie: `theme=dark; ${cookie}`, ...more });
const refresh = (refreshToken: string) =>
  app.anonymous.post<Tokens & ProblemBody>('/api/auth/refresh', { refreshToken });

it('[PLT-019] the session says who, where and with which rights', async () => {
  const { accessToken, cookie } = await signIn('manager');
  for (const who of [bearer(accessToken), withCookie(cookie)]) {
    const { status, body } = await who.get<Session>(session);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      id: app.tenant.users.manager,
      name: 'Manager Example',
      email: 'manager@example.com',
      role: 'SALES_MANAGEMENT',
      tenantId: app.tenant.id,
      tenant: { id: app.tenant.id, slug: app.tenant.slug, timeZone: 'UTC', sandbox: true, currency: 'EUR' },
      clock: { offsetMs: 0, frozenAt: Date.parse('2026-11-24T09:00:00Z') },
    });
    expect(body.permissions).toContainEqual({ subject: 'user', action: 'read', scope: 'all' });
    expect(body.permissions).not.toContainEqual(expect.objectContaining({ subject: 'user', action: 'manage' }));
  }
});

describe('[PLT-023] without a good credential', () => {
  it.each<[string, Record<string, string>]>([
    ['none', {}],
    ['a garbage token', { Authorization: 'Bearer garbage' }],
    ['another scheme', { Authorization: 'Basic c2FsZXM6eA==' }],
    ['an empty token', { Authorization: 'Bearer ' }],
    ['an unknown API key', { Authorization: `Bearer tlk_${'0'.repeat(32)}_${'x'.repeat(43)}` }],
    ['a garbage key', { Authorization: 'Bearer tlk_x' }],
    ['a garbage cookie', { Cookie: 'tl_session=garbage' }],
    ['an unknown cookie', { Cookie: `tl_session=018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01.${'x'.repeat(43)}` }],
  ])('%s: 401', async (_, headers) => {
    const answer = await client(app.url, headers).get<ProblemBody>(session);
    expect(answer).toMatchObject({ status: 401, body: { code: 'unauthenticated', error: 'Unauthorized' } });
    expect(answer.headers.get('WWW-Authenticate')).toBe('Bearer');
  });

  it('a token with a foreign tenant in it is refused', async () => {
    const { accessToken } = await signIn(),
      other = await makeTenant();
    const [head, claims, signature] = accessToken.split('.') as [string, string, string];
    const forged = { ...(JSON.parse(Buffer.from(claims, 'base64url').toString()) as object), tenantId: other.id };
    expect(
      (await bearer(`${head}.${Buffer.from(JSON.stringify(forged)).toString('base64url')}.${signature}`).get(session))
        .status,
    ).toBe(401);
  });

  it('a cookie names its tenant, and is good in no other', async () => {
    const { cookie } = await signIn(),
      other = await makeTenant();
    expect((await withCookie(cookie.replace(app.tenant.id, other.id)).get(session)).status).toBe(401);
  });
});

describe('[PLT-020] signing out', () => {
  it('ends cookie, access token and refresh token', async () => {
    const { accessToken, refreshToken, cookie } = await signIn();
    const out = await withCookie(cookie, { Origin: app.url }).post('/api/auth/signout');
    expect(out.status).toBe(204);
    expect(out.headers.get('Set-Cookie')).toMatch(/^tl_session=; .*Expires=Thu, 01 Jan 1970/);
    expect((await withCookie(cookie).get(session)).status).toBe(401);
    expect((await bearer(accessToken).get(session)).status).toBe(401);
    expect((await refresh(refreshToken)).status).toBe(401);
  });

  it('leaves the user’s other sessions, and is in the audit log', async () => {
    const [one, other] = [await signIn('manager'), await signIn('manager')];
    await bearer(one.accessToken).post('/api/auth/signout', {}, { 'User-Agent': 'Test/2.0' });
    expect((await bearer(other.accessToken).get(session)).status).toBe(200);
    const rows = await inDatabase(
      app,
      `select user_id, actor_name, user_agent from audit_log where action = 'LOGOUT' and record_id = $1`,
      [app.tenant.users.manager],
    );
    expect(rows).toEqual([
      { user_id: app.tenant.users.manager, actor_name: 'Manager Example', user_agent: 'Test/2.0' },
    ]);
  });
});

describe('[PLT-020] a refresh token', () => {
  it('gives new tokens and is good no more', async () => {
    const first = await signIn();
    const second = await refresh(first.refreshToken);
    expect(second).toMatchObject({ status: 200, body: { user: { id: app.tenant.users.sales } } });
    expect(second.body.refreshToken).not.toBe(first.refreshToken);
    expect((await bearer(second.body.accessToken).get(session)).status).toBe(200);
    expect((await refresh(second.body.refreshToken)).status).toBe(200);
  });

  it('that is used twice ends the session', async () => {
    const first = await signIn();
    const second = (await refresh(first.refreshToken)).body;
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(second.refreshToken)).status).toBe(401);
    expect((await bearer(second.accessToken).get(session)).status).toBe(401);
    const [row] = await inDatabase<{ new_values: object }>(
      app,
      `select new_values from audit_log where action = 'LOGOUT' and record_id = $1
      order by recorded_at desc limit 1`,
      [app.tenant.users.sales],
    );
    const reason = 'a refresh token was used twice';
    expect(row!.new_values).toMatchObject({ reason });
    // Its live streams hear of it, and end.
    const told = await inDatabase<{ reason: string }>(
      app,
      `select payload->>'reason' as reason from outbox_event where name = 'platform.sessions.ended' and entity_id = $1
       order by id desc limit 1`,
      [app.tenant.users.sales],
    );
    expect(told).toEqual([{ reason }]);
  });

  it('that is used again after many exchanges ends the session, too', async () => {
    const first = await signIn();
    let newest = first.refreshToken;
    for (let i = 0; i < 3; i++) newest = (await refresh(newest)).body.refreshToken;
    expect((await refresh(first.refreshToken)).status).toBe(401);
    expect((await refresh(newest)).status).toBe(401);
    expect((await bearer(first.accessToken).get(session)).status).toBe(401);
  });

  it('that ten ask with at once gives new tokens once', async () => {
    const { refreshToken } = await signIn();
    const answers = await Promise.all(Array.from({ length: 10 }, () => refresh(refreshToken)));
    expect(answers.filter(a => a.status === 200)).toHaveLength(1);
    expect(answers.filter(a => a.status === 401)).toHaveLength(9);
  });

  it('of an expired session, and garbage, are refused', async () => {
    const { refreshToken, accessToken } = await signIn();
    await inDatabase(app, 'update session set expires_at = now() where user_id = $1', [app.tenant.users.sales]);
    expect((await refresh(refreshToken)).status).toBe(401);
    expect((await bearer(accessToken).get(session)).status).toBe(401);
    for (const bad of ['', 'x', 'tlr_x', refreshToken.replace('tlr', 'tlk')])
      expect((await refresh(bad)).status).toBe(401);
  });
});

describe('[PLT-096] a change by cookie', () => {
  const change = (cookie: string, headers: Record<string, string>) =>
    withCookie(cookie, headers).post<ProblemBody>('/api/api-keys');

  it.each<[string, (url: string) => Record<string, string>, boolean]>([
    ['from our own page', url => ({ Origin: url }), true],
    ['from our own page, by Referer', url => ({ Referer: `${url}/povs` }), true],
    ['from another site', () => ({ Origin: 'https://evil.example' }), false],
    ['from nowhere', () => ({}), false],
    ['from a page without an origin', () => ({ Origin: 'null' }), false],
    ['from a site that is called alike', url => ({ Origin: `${url}.evil.example` }), false],
    ['from another port', url => ({ Origin: url.replace(/\d+$/, '1') }), false],
    ['from another site, by Referer', url => ({ Referer: `https://evil.example/${url}` }), false],
  ])('%s', async (_, headers, allowed) => {
    const { status, body } = await change((await signIn()).cookie, headers(app.url));
    if (allowed) expect(status).not.toBe(403);
    else expect([status, body.code]).toEqual([403, 'cross-site']);
  });

  it('from another site reaches no endpoint that changes something', async () => {
    const writing = Object.values(endpoints).filter(e => e.method !== 'GET' && e.needs !== 'anonymous');
    const { cookie } = await signIn();
    const before = await rowCounts(app);
    for (const { method, path } of writing) {
      const { status, body } = await withCookie(cookie, { Origin: 'https://evil.example' })[
        method.toLowerCase() as 'post' | 'put' | 'patch' | 'delete'
      ]<ProblemBody>(path.replace(/:\w+/g, app.tenant.id), {});
      expect([method, path, status, body.code]).toEqual([method, path, 403, 'cross-site']);
    }
    expect(await rowCounts(app)).toEqual(before);
    expect((await withCookie(cookie).get(session)).status).toBe(200);
  });

  it('needs a good cookie first, and reading needs no origin', async () => {
    expect((await change('tl_session=garbage', { Origin: 'https://evil.example' })).status).toBe(401);
    expect((await withCookie((await signIn()).cookie, { Origin: 'https://evil.example' }).get(session)).status).toBe(
      200,
    );
  });
});

describe('[PLT-039] a running session', () => {
  const users = (who: Client) => who.get('/api/users');

  it('follows a change of role with its next request', async () => {
    const admin = await app.as('admin'),
      who = bearer((await signIn('sales2')).accessToken),
      id = app.tenant.users.sales2;
    expect((await users(who)).status).toBe(403);
    await admin.patch(`/api/admin/users/${id}`, { role: 'Sales Manager' });
    expect((await users(who)).status).toBe(200);
    expect((await who.get<Session>(session)).body.role).toBe('SALES_MANAGEMENT');
    await admin.patch(`/api/admin/users/${id}`, { role: 'Salesperson' });
    expect((await users(who)).status).toBe(403);
  });

  it('ends when its user is deactivated or gets a new password', async () => {
    const admin = await app.as('admin'),
      one = `/api/admin/users/${app.tenant.users.sales3}`;
    const before = await signIn('sales3');
    await admin.patch(one, { password: 'another word' });
    expect((await bearer(before.accessToken).get(session)).status).toBe(401);
    const after = await app.anonymous.post<Tokens>('/api/auth/signin', {
      username: 'sales3',
      password: 'another word',
      tenant: app.tenant.slug,
    });
    expect(after.status).toBe(200);
    await admin.delete(one);
    expect((await bearer(after.body.accessToken).get(session)).status).toBe(401);
    expect((await refresh(after.body.refreshToken)).status).toBe(401);
    await admin.patch(one, { active: true });
    expect((await bearer(after.body.accessToken).get(session)).status).toBe(401);
  });
});
