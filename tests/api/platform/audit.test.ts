import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant } from '../../kit/people.ts';
import { newPov } from '../../kit/pov.fixture.ts';
import { connected } from '../../../bin/database-roles.ts';

const path = '/api/admin/audit-logs',
  users = '/api/admin/users';
let app: App, admin: Client, sales: Client, userId: string;

interface Entry {
  id: string;
  userId: string | null;
  user: string;
  action: string;
  tableName: string;
  recordId: string;
  verb: string;
  requestId: string;
  oldValues: Record<string, unknown> | null;
  newValues: Record<string, unknown> | null;
  ipAddress: string;
  userAgent: string;
  createdAt: string;
}
const list = async (query: string, by = admin) =>
  (await by.get<{ items: Entry[]; total: number; nextCursor: string | null }>(`${path}?${query}`)).body;

beforeAll(async () => {
  app = await bootApp({ worker: false });
  [admin, sales] = await Promise.all([app.as('admin'), app.as('sales')]);
  const headers = { 'User-Agent': 'Test/3.0', 'X-Request-Id': 'request-of-the-test' };
  const made = await admin.post<{ id: string }>(
    users,
    { username: 'audited', fullName: 'A', email: 'audited@example.org' },
    headers,
  );
  userId = made.body.id;
  await admin.patch(`${users}/${userId}`, { fullName: 'B', role: 'ACCOUNTING' });
  await admin.patch(`${users}/${userId}`, { fullName: 'B' });
  await admin.delete(`${users}/${userId}`);
});
afterAll(() => app?.stop());

it('[PLT-059] each change has one row with old and new values, in order', async () => {
  const { items, total } = await list(`recordId=${userId}`);
  expect(total).toBe(3);
  expect(items.map(i => [i.action, i.tableName, i.verb])).toEqual([
    ['UPDATE', 'app_user', 'update-user'],
    ['UPDATE', 'app_user', 'update-user'],
    ['CREATE', 'app_user', 'create-user'],
  ]);
  expect(items.map(i => [i.oldValues, i.newValues])).toEqual([
    [{ active: true }, { active: false }],
    [
      { fullName: 'A', role: 'SALESPERSON' },
      { fullName: 'B', role: 'ACCOUNTING' },
    ],
    [null, expect.objectContaining({ username: 'audited', fullName: 'A', email: 'audited@example.org' })],
  ]);
  expect(items[2]).toMatchObject({
    userId: admin.userId,
    user: 'Admin Example',
    userAgent: 'Test/3.0',
    requestId: 'request-of-the-test',
    createdAt: '2026-11-24T09:00:00.000Z',
  });
});

it('[PLT-059] a refused change has none', async () => {
  const { total } = await list('tableName=app_user&action=CREATE');
  expect((await admin.post(users, { username: 'audited', fullName: 'C', email: 'c@example.org' })).status).toBe(409);
  expect((await list('tableName=app_user&action=CREATE')).total).toBe(total);
});

it('[PLT-062] the application cannot change or delete rows', async () => {
  const client = await connected(app.database.appUrl);
  try {
    await client.query(`select set_config('app.tenant', $1, false)`, [app.tenant.id]);
    expect((await client.query('select count(*)::int as n from audit_log')).rows[0].n).toBeGreaterThan(0);
    for (const statement of [`update audit_log set action = 'X'`, 'delete from audit_log', 'truncate audit_log']) {
      await expect(client.query(statement)).rejects.toThrow('permission denied');
    }
  } finally {
    await client.end();
  }
});

it('[PLT-064] is filtered by user, table, record, action and time', async () => {
  expect((await list(`userId=${admin.userId}&pageSize=100`)).items.every(i => i.userId === admin.userId)).toBe(true);
  expect((await list(`filter[user]=Admin Example&filter[action]=CREATE&filter[recordId]=${userId}`)).total).toBe(1);
  expect((await list('action=LOGIN&tableName=app_user')).items.map(i => i.action)).toContain('LOGIN');
  expect((await list('from=2026-11-24T09:00:00Z&to=2026-11-24T09:00:00Z')).total).toBeGreaterThan(3);
  expect((await list('from=2026-11-24T09:00:01Z')).total).toBe(0);
  expect((await list('filter[createdAt][lt]=2026-11-24')).total).toBe(0);
  expect((await list('q=audited@example.org')).items.map(i => i.recordId)).toContain(userId);
  expect((await list(`recordId=${userId}&sort=createdAt,recordedAt`)).items.map(i => i.action)).toEqual([
    'CREATE',
    'UPDATE',
    'UPDATE',
  ]);
  expect((await admin.get(`${path}?userId=x`)).status).toBe(400);
  expect((await admin.get(`${path}?from=yesterday`)).status).toBe(400);
});

it('[PLT-047] is paged by cursor without a double', async () => {
  const ids: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Awaited<ReturnType<typeof list>> = await list(`limit=2${cursor && `&cursor=${cursor}`}`);
    ids.push(...page.items.map(i => i.id));
    if (ids.length < 4) await admin.patch(`${users}/${userId}`, { fullName: `Name ${ids.length}` });
    cursor = page.nextCursor;
  }
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.length).toBeGreaterThan(3);
});

it('[PLT-065] is for administrators of the same tenant', async () => {
  for (const name of ['sales', 'manager', 'accounting', 'readonly'])
    expect((await (await app.as(name)).get(path)).status).toBe(403);
  const other = await app.as('admin', await makeTenant());
  expect((await list(`recordId=${userId}`, other)).total).toBe(0);
});

it('[PLT-030] what a role does not allow is in the log', async () => {
  await sales.get(`${path}?recordId=${userId}`);
  const [denied] = (await list(`action=ACCESS_DENIED&userId=${sales.userId}`)).items;
  expect(denied).toMatchObject({
    tableName: 'audit-log',
    user: 'Sales Example',
    newValues: { needs: 'audit-log:read', method: 'GET', path },
    oldValues: null,
  });
});

it('[PLT-030] what a role does not allow on this one record is in the log, too', async () => {
  const { id } = await newPov(await app.as('manager'));
  await inDatabase(app, `insert into team_member
    (id, tenant_id, created_at, updated_at, version, team_id, pov_id, user_id, role)
    select gen_random_uuid(), tenant_id, now(), now(), 1, team_id, id, $1, 'TECHNICAL_TEAM'
    from pov where id = $2`, [
    sales.userId,
    id,
  ]);
  expect((await sales.post(`/api/povs/${id}/transitions`, { to: 'LOST', reason: 'No' })).status).toBe(403);
  const [denied] = (await list(`action=ACCESS_DENIED&userId=${sales.userId}`)).items;
  expect(denied).toMatchObject({
    tableName: 'pov',
    newValues: { needs: 'pov:transition', method: 'POST', path: `/api/povs/${id}/transitions` },
  });
});

it('[PLT-060] what nobody signed in asked for is done by system', async () => {
  const [row] = await inDatabase<{ actor_name: string; user_id: null }>(
    app,
    `select actor_name, user_id from audit_log where action = 'LOGIN' and new_values->>'outcome' = 'refused' limit 1`,
  );
  if (!row)
    await app.anonymous.post('/api/auth/signin', { username: 'sales', password: 'wrong', tenant: app.tenant.slug });
  expect((await list('action=LOGIN&filter[user]=system')).items[0]).toMatchObject({
    user: 'system',
    userId: null,
    newValues: { outcome: 'refused' },
  });
});
