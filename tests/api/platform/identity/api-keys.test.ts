import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootApp, until, type App } from '../../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';

const path = '/api/api-keys';
let app: App, admin: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  [admin, sales] = await Promise.all([app.as('admin'), app.as('sales')]);
});
afterAll(() => app?.stop());

interface Key {
  id: string;
  name: string;
  role: string;
  prefix: string;
  key: string;
  user: { id: string; name: string };
  expiresAt: string | null;
  lastUsedAt: string | null;
  revokedAt: string | null;
}
const make = (by: Client, body: object = {}, headers = {}) =>
  by.post<Key & ProblemBody>(path, { name: 'ERP', ...body }, headers);
const withKey = (key: string): Client => client(app.url, { Authorization: `Bearer ${key}` });
const mine = async (by: Client, query = '') => (await by.get<{ items: Key[] }>(`${path}?${query}`)).body.items;
const session = '/api/auth/session';

it('[PLT-027] a key is shown once and kept as a hash', async () => {
  const made = await make(sales);
  expect(made).toMatchObject({
    status: 201,
    body: { name: 'ERP', role: 'SALESPERSON', user: { id: sales.userId }, lastUsedAt: null },
  });
  const { id, key, prefix } = made.body;
  expect(key).toMatch(new RegExp(`^tlk_${app.tenant.id.replaceAll('-', '')}_${prefix}`));
  expect(made.headers.get('Cache-Control')).toBe('no-store');
  const listed = (await mine(sales)).find(k => k.id === id)!;
  expect(listed).not.toHaveProperty('key');
  const secret = key.slice(-43);
  const found = await inDatabase(
    app,
    `select 1 from api_key k where k.*::text like '%' || $1 || '%'
    union all select 1 from audit_log a where a.*::text like '%' || $1 || '%'
    union all select 1 from idempotency i where i.*::text like '%' || $1 || '%'`,
    [secret],
  );
  expect(found).toEqual([]);
});

it('[PLT-027] a READ_ONLY key reads and does not write; revoked it is refused', async () => {
  const { id, key } = (await make(admin, { role: 'Read-Only' })).body;
  const robot = withKey(key);
  expect((await robot.get<{ role: string }>(session)).body).toMatchObject({ id: admin.userId, role: 'READ_ONLY' });
  expect((await robot.get('/api/povs')).status).toBe(200);
  expect((await robot.post('/api/povs', {})).status).toBe(403);
  expect((await robot.post('/api/admin/users', {})).status).toBe(403);
  expect((await robot.get('/api/admin/audit-logs')).status).toBe(403);
  expect((await sales.delete(`${path}/${id}`)).status).toBe(404);
  expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
  expect((await robot.get(session)).status).toBe(401);
  expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
  expect((await mine(admin, 'filter[active]=true')).map(k => k.id)).not.toContain(id);
  expect((await mine(admin, 'filter[active]=false')).find(k => k.id === id)?.revokedAt).toMatch(/Z$/);
});

it('[PLT-027] a key does no more than its user may, also after a demotion', async () => {
  const id = app.tenant.users.manager;
  const { key } = (await make(await app.as('manager'))).body,
    robot = withKey(key);
  expect((await robot.get('/api/users')).status).toBe(200);
  await admin.patch(`/api/admin/users/${id}`, { role: 'SALESPERSON' });
  expect((await robot.get('/api/users')).status).toBe(403);
  expect((await robot.get<{ role: string }>(session)).body.role).toBe('SALESPERSON');
  await admin.patch(`/api/admin/users/${id}`, { active: false });
  expect((await robot.get(session)).status).toBe(401);
});

it('[PLT-027] nobody makes a key that does more than they may', async () => {
  expect(await make(sales, { role: 'ADMIN' })).toMatchObject({
    status: 403,
    body: { error: 'The role ADMIN may do more than you' },
  });
  expect((await make(sales, { role: 'READ_ONLY' })).status).toBe(201);
  expect((await make(sales, { userId: admin.userId })).status).toBe(403);
  const narrow = withKey((await make(admin, { role: 'READ_ONLY' })).body.key);
  expect((await make(narrow, { role: 'ADMIN' })).status).toBe(403);
  expect(await make(narrow)).toMatchObject({ status: 201, body: { role: 'READ_ONLY' } });
});

it('[PLT-027] administrators make keys for others and see all; others see their own', async () => {
  const { body } = await make(admin, { name: 'For sales', userId: sales.userId });
  expect(body).toMatchObject({ role: 'SALESPERSON', user: { id: sales.userId } });
  expect((await withKey(body.key).get<{ id: string }>(session)).body.id).toBe(sales.userId);
  expect(new Set((await mine(sales)).map(k => k.user.id))).toEqual(new Set([sales.userId]));
  expect(new Set((await mine(admin)).map(k => k.user.id)).size).toBeGreaterThan(1);
});

it('[PLT-027] an expired key is refused', async () => {
  const { id, key } = (await make(sales, { expiresAt: new Date(Date.now() + 60_000).toISOString() })).body;
  expect((await withKey(key).get(session)).status).toBe(200);
  await inDatabase(app, 'update api_key set expires_at = now() where id = $1', [id]);
  expect((await withKey(key).get(session)).status).toBe(401);
  expect(await make(sales, { expiresAt: '2020-01-01T00:00:00Z' })).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '/expiresAt' }] },
  });
});

it('[PLT-027] its last use is noted', async () => {
  const { id, key } = (await make(sales)).body;
  await withKey(key).get(session);
  await until('the use is noted', async () => (await mine(sales)).find(k => k.id === id)!.lastUsedAt !== null);
});

it('[PLT-053] the same request makes one key and shows it again', async () => {
  const headers = { 'Idempotency-Key': 'one-key-please' };
  const [one, again] = [await make(sales, { name: 'Twin' }, headers), await make(sales, { name: 'Twin' }, headers)];
  expect(again.body).toEqual(one.body);
  expect((await mine(sales)).filter(k => k.name === 'Twin')).toHaveLength(1);
  expect((await make(sales, { name: 'Other' }, headers)).status).toBe(422);
});

it.each([
  [{}],
  [{ name: ' ' }],
  [{ name: 'x'.repeat(101) }],
  [{ name: 'A', role: 'NO_SUCH_ROLE' }],
  [{ name: 'A', expiresAt: 'soon' }],
  [{ name: 'A', userId: 'x' }],
])('[PLT-027] refuses %j', async body => {
  expect((await admin.post(path, body)).status).toBe(400);
});
