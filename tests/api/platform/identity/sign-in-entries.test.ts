import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { SignInEntry } from '../../../../domain/platform/identity/sign-in-entry.ts';
import { bootApp, until, type App } from '../../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { password, type Username } from '../../../kit/people.ts';

const own = '/api/auth/sessions';
let app: App;
beforeAll(async () => {
  app = await bootApp({ worker: false });
});
afterAll(() => app?.stop());

interface Entries {
  items: SignInEntry[];
}
const firefox = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';

/** Somebody who signs in with that browser; the cookie comes from a page of our own. */
async function signedIn(username: Username, agent: string): Promise<{ me: Client; cookie: Client; id: string }> {
  const { body, headers } = await client(app.url, { 'User-Agent': agent }).post<{ accessToken: string }>(
    '/api/auth/signin',
    { username, password, tenant: app.tenant.slug },
  );
  const me = client(app.url, { Authorization: `Bearer ${body.accessToken}` }, { token: body.accessToken });
  const cookie = client(app.url, { Cookie: headers.get('Set-Cookie')!.split(';')[0]!, Origin: app.url });
  return { me, cookie, id: (await entries(me)).find(e => e.current)!.id };
}
const entries = async (who: Client, path = own): Promise<SignInEntry[]> => (await who.get<Entries>(path)).body.items;
const statusOf = async (who: Client): Promise<number> => (await who.get('/api/auth/session')).status;

it('[PLT-020] the list says where one is signed in, and which session asks', async () => {
  const begun = Date.now();
  const first = await signedIn('sales', firefox);
  const second = await signedIn('sales', 'curl/8.10.1');
  const found = await entries(second.me);
  expect(found.filter(e => e.current).map(e => e.device)).toEqual(['curl']);
  const { device, userAgent, ip, createdAt, current } = found.find(e => e.id === first.id)!;
  expect({ device, userAgent, ip, current }).toEqual({
    ...{ device: 'Firefox on Linux', userAgent: firefox, ip: '127.0.0.1', current: false },
  });
  // The machine's time, although the tenant's clock stands still.
  expect(Date.parse(createdAt)).toBeGreaterThanOrEqual(begun - 1000);
  await until('its use is noted', async () => (await entries(second.me)).every(e => e.lastUsedAt !== e.createdAt));
  expect(JSON.stringify(found)).not.toMatch(/hash|secret/i);
});

it('[PLT-020] a session that is ended is refused at once, by cookie and by token', async () => {
  const [here, there] = [await signedIn('sales2', firefox), await signedIn('sales2', 'curl/8')];
  expect([await statusOf(there.me), await statusOf(there.cookie)]).toEqual([200, 200]);
  expect((await here.me.delete(`${own}/${there.id}`)).status).toBe(204);
  expect([await statusOf(there.me), await statusOf(there.cookie)]).toEqual([401, 401]);
  expect((await entries(here.me)).map(e => e.id)).not.toContain(there.id);
  expect((await here.me.delete(`${own}/${there.id}`)).status).toBe(204);
});

it('[PLT-020] all but the one that asks end together, and their live streams close', async () => {
  const [here, there] = [await signedIn('sales3', firefox), await signedIn('sales3', 'curl/8')];
  const stream = await fetch(`${app.url}/api/stream`, { headers: { Authorization: `Bearer ${there.me.token}` } });
  const heard = stream.text();
  expect((await here.me.delete<{ ended: number }>(own)).body).toEqual({ ended: 1 });
  expect(await heard).not.toContain('platform.sessions.ended');
  expect([await statusOf(here.me), await statusOf(there.me)]).toEqual([200, 401]);
  expect((await here.me.delete<{ ended: number }>(own)).body).toEqual({ ended: 0 });
});

it('nobody ends a session of somebody else', async () => {
  const [mine, theirs] = [await signedIn('sales', firefox), await signedIn('manager', firefox)];
  expect((await mine.me.delete(`${own}/${theirs.id}`)).status).toBe(404);
  const path = `/api/admin/users/${app.tenant.users.manager}/sessions`;
  expect([(await mine.me.get(path)).status, (await mine.me.delete(path)).status]).toEqual([403, 403]);
  expect(await statusOf(theirs.me)).toBe(200);
});

it('[PLT-040] an administrator sees and ends the sessions of a user, which the audit log keeps', async () => {
  const admin = await app.as('admin');
  const [one, two] = [await signedIn('accounting', firefox), await signedIn('accounting', 'curl/8')];
  const path = `/api/admin/users/${app.tenant.users.accounting}/sessions`;
  expect((await entries(admin, path)).map(e => [e.device, e.current])).toEqual(
    expect.arrayContaining([
      ['Firefox on Linux', false],
      ['curl', false],
    ]),
  );
  expect((await admin.delete(`${path}/${one.id}`)).status).toBe(204);
  expect([await statusOf(one.me), await statusOf(two.me)]).toEqual([401, 200]);
  expect((await admin.delete<{ ended: number }>(path)).body.ended).toBeGreaterThanOrEqual(1);
  expect([await statusOf(two.me), await entries(admin, path)]).toEqual([401, []]);
  const rows = await inDatabase<{ user_id: string; new_values: { sessionIds: string[]; reason: string } }>(
    app,
    `select user_id, new_values from audit_log where action = 'LOGOUT' and record_id = $1 order by recorded_at`,
    [app.tenant.users.accounting],
  );
  expect(rows[0]).toEqual({
    user_id: app.tenant.users.admin,
    new_values: { sessionIds: [one.id], reason: 'ended by an administrator' },
  });
});

it('[PLT-043] an administrator does not sign out whose role may do more', async () => {
  await signedIn('superadmin', firefox);
  const admin = await app.as('admin');
  const answer = await admin.delete<ProblemBody>(`/api/admin/users/${app.tenant.users.superadmin}/sessions`);
  expect(answer.status).toBe(403);
});

