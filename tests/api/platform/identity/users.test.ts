import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected } from '../../../../bin/database-roles.ts';
import { bootApp, until, type App } from '../../../kit/app.ts';
import { signIn, type Client, type ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { makeTenant, password } from '../../../kit/people.ts';

const path = '/api/admin/users';
let app: App, admin: Client, superadmin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  [admin, superadmin, manager, sales] = await Promise.all([
    app.as('admin'),
    app.as('superadmin'),
    app.as('manager'),
    app.as('sales'),
  ]);
});
afterAll(() => app?.stop());

interface User {
  id: string;
  username: string;
  fullName: string;
  email: string;
  role: string;
  active: boolean;
  version: number;
  lastLogin: string | null;
  createdBy: string;
  updatedBy: string;
  createdAt: string;
}
let nth = 0;
const make = (body: object = {}, by = admin, headers = {}) => {
  nth += 1;
  return by.post<User & ProblemBody>(
    path,
    { username: `user${nth}`, fullName: `User ${nth}`, email: `user${nth}@example.org`, ...body },
    headers,
  );
};
const read = async (id: string) => (await admin.get<User>(`${path}/${id}`)).body;

describe('[PLT-015] a new user', () => {
  it('without a role is an active salesperson', async () => {
    const { status, body } = await make();
    expect(status).toBe(201);
    expect(body).toMatchObject({
      role: 'SALESPERSON',
      active: true,
      lastLogin: null,
      version: 1,
      createdBy: admin.userId,
    });
    expect(await read(body.id)).toEqual(body);
  });

  it('has a name and an address of its own, whatever their case', async () => {
    const { body: first } = await make({ username: 'Dana', email: 'Dana@Example.org' });
    expect(first).toMatchObject({ username: 'Dana', email: 'dana@example.org' });
    expect(await make({ username: 'dana' })).toMatchObject({
      status: 409,
      body: {
        error: 'A record with this information already exists',
        errors: [{ pointer: '/username', code: 'taken' }],
      },
    });
    expect(await make({ email: 'DANA@example.org' })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '/email' }] },
    });
    const twins = await Promise.all([
      make({ username: 'twin', email: 'a@b.example' }),
      make({ username: 'twin', email: 'a@c.example' }),
    ]);
    expect(twins.map(t => t.status).sort()).toEqual([201, 409]);
  });

  it('may have the name of somebody in another tenant', async () => {
    const other = await makeTenant(),
      their = await app.as('admin', other);
    expect((await make({ username: 'Dana', email: 'dana@example.org' }, their)).status).toBe(201);
  });

  it('signs in with the password it was given, and without one not at all', async () => {
    const signIn = (username: string, word: string) =>
      app.anonymous.post('/api/auth/signin', { username, password: word, tenant: app.tenant.slug });
    const { body } = await make({ password: 'a good word' });
    expect((await signIn(body.username, 'a good word')).status).toBe(200);
    const { body: mute } = await make();
    for (const word of ['', 'null', 'undefined']) expect((await signIn(mute.username, word)).status).toBe(401);
  });

  it.each<[string, object]>([
    ['/username', { username: ' ' }],
    ['/username', { username: 'x'.repeat(101) }],
    ['/username', { username: 7 }],
    ['/fullName', { fullName: '' }],
    ['/email', { email: 'nobody' }],
    ['/role', { role: 'NO_SUCH_ROLE' }],
    ['/password', { password: 'short' }],
    ['/active', { active: 'yes' }],
  ])('is refused for %s of %j', async (pointer, body) => {
    expect(await make(body)).toMatchObject({
      status: 400,
      body: { error: 'Validation failed', errors: [{ pointer }] },
    });
  });

  it('[PLT-004] is made by the one who asks, whatever the body says', async () => {
    expect(
      (await make({ createdBy: sales.userId, tenantId: sales.userId, id: sales.userId, version: 9 })).body,
    ).toMatchObject({ createdBy: admin.userId, version: 1, id: expect.not.stringMatching(sales.userId) });
  });
});

it.each([
  ['Sales Management', 'SALES_MANAGEMENT'],
  ['SalesManager', 'SALES_MANAGEMENT'],
  ['Manager', 'SALES_MANAGEMENT'],
  ['Admin', 'ADMIN'],
  ['Sales Rep', 'SALESPERSON'],
  ['User', 'SALESPERSON'],
  ['FinanceUser', 'ACCOUNTING'],
  ['Accounting', 'ACCOUNTING'],
  ['Read-Only', 'READ_ONLY'],
])('[PLT-029] the role "%s" is %s', async (name, code) => {
  expect((await make({ role: name })).body.role).toBe(code);
});

describe('[PLT-040] administrators', () => {
  it('change users by patch and put, and see the version', async () => {
    const { id } = (await make()).body;
    expect((await admin.patch<User>(`${path}/${id}`, { fullName: 'New Name' })).body).toMatchObject({
      fullName: 'New Name',
      version: 2,
      updatedBy: admin.userId,
    });
    const put = { username: 'putuser', fullName: 'Put', email: 'put@example.org', role: 'ACCOUNTING' };
    expect((await admin.put<User>(`${path}/${id}`, put)).body).toMatchObject({ ...put, active: true, version: 3 });
    expect((await admin.put(`${path}/${id}`, { fullName: 'Put' })).status).toBe(400);
    expect((await admin.patch(`${path}/${id}`, { username: 'sales' })).status).toBe(409);
  });

  it('[PLT-006] refuse a stale version: 409 by body, 412 by If-Match', async () => {
    const one = `${path}/${(await make()).body.id}`;
    expect((await admin.patch(one, { fullName: 'A', version: 1 })).status).toBe(200);
    expect((await admin.patch(one, { fullName: 'B', version: 1 })).status).toBe(409);
    expect((await admin.patch(one, { fullName: 'B' }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await admin.patch(one, { fullName: 'B' }, { 'If-Match': '"2"' })).status).toBe(200);
    expect((await admin.get(one)).headers.get('ETag')).toBe('"3"');
  });

  it('deactivate: out of the pickers, still in the list, the name is kept', async () => {
    const { id } = (await make({ fullName: 'Zoe Leaver' })).body;
    const names = async () =>
      (await sales.get<{ items: { name: string }[] }>('/api/people?q=Leaver')).body.items.map(p => p.name);
    expect(await names()).toEqual(['Zoe Leaver']);
    expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
    expect(await names()).toEqual([]);
    expect(await read(id)).toMatchObject({ fullName: 'Zoe Leaver', active: false });
  });

  it('find people by name, username and address; by a part of these only where they may be read', async () => {
    const { username, email } = (await make({ fullName: 'Zita Finder' })).body;
    const names = async (by: Client, q: string): Promise<string[]> => {
      const { body } = await by.get<{ items: { name: string }[] }>(`/api/people?q=${encodeURIComponent(q)}`);
      return body.items.map(p => p.name);
    };
    for (const q of ['finder', username.toUpperCase(), email]) expect(await names(sales, q)).toEqual(['Zita Finder']);
    const parts = [username.slice(0, -1), email.slice(0, -1)];
    for (const q of parts) expect([q, await names(sales, q)]).not.toEqual([q, ['Zita Finder']]);
    for (const q of parts) expect(await names(manager, q)).toContain('Zita Finder');
  });

  it('find users by text, role and activity', async () => {
    const find = async (query: string) => (await admin.get<{ items: User[]; total: number }>(`${path}?${query}`)).body;
    expect((await find('q=accounting@example.com')).items.map(u => u.username)).toEqual(['accounting']);
    expect((await find('filter[role]=READ_ONLY&filter[active]=true')).items.map(u => u.role)).toContain('READ_ONLY');
    expect((await find('pageSize=2&sort=-username')).items).toHaveLength(2);
    expect((await admin.get(`${path}?filter[passwordHash]=x`)).status).toBe(400);
    expect((await admin.get(`${path}?sort=passwordHash`)).status).toBe(400);
  });

  it('do not touch those above them', async () => {
    expect((await make({ role: 'SUPER_ADMIN' })).status).toBe(403);
    expect((await admin.patch(`${path}/${superadmin.userId}`, { password: 'mine from now on' })).status).toBe(403);
    expect((await admin.patch(`${path}/${admin.userId}`, { role: 'SUPER_ADMIN' })).status).toBe(403);
    expect((await make({ role: 'SUPER_ADMIN' }, superadmin)).status).toBe(201);
  });

  it('do not exist in other tenants', async () => {
    const other = await makeTenant();
    for (const method of ['get', 'patch', 'delete'] as const) {
      expect(
        (await admin[method](`${path}/${other.users.sales}`, method === 'patch' ? { fullName: 'X' } : undefined))
          .status,
      ).toBe(404);
    }
  });
});

it('[PLT-043] the last active administrator stays', async () => {
  const tenant = await makeTenant(),
    last = await app.as('admin', tenant),
    other = await app.as('superadmin', tenant);
  expect((await other.delete(`${path}/${last.userId}`)).status).toBe(204);
  expect(await other.delete<ProblemBody>(`${path}/${other.userId}`)).toMatchObject({
    status: 409,
    body: { error: 'The last active administrator cannot be removed' },
  });
  expect((await other.patch(`${path}/${other.userId}`, { role: 'SALESPERSON' })).status).toBe(409);
  expect((await other.patch(`${path}/${other.userId}`, { fullName: 'Still Here' })).status).toBe(200);
});

it('[PLT-043] of two administrators who demote each other at once, one is refused: twenty times', async () => {
  const tenant = await makeTenant(),
    first = await app.as('admin', tenant),
    superadmin = await app.as('superadmin', tenant);
  const person = { username: 'second', fullName: 'Second Example', email: 'second@example.org', role: 'ADMIN' };
  const { body: made } = await superadmin.post<User>(path, { ...person, password });
  expect((await superadmin.delete(`${path}/${superadmin.userId}`)).status).toBe(204);
  const second = await signIn(app.url, tenant.slug, person.username, password);
  expect(second.userId).toBe(made.id);
  const to = (by: Client, whom: Client, role: string) => by.patch<ProblemBody>(`${path}/${whom.userId}`, { role });
  const holder = await connected(app.database.ownerUrl);
  /** Both have come to where they wait for the rows of the administrators. */
  const bothWait = async (): Promise<boolean> => {
    const waiting = `select distinct pid from pg_locks join pg_stat_activity using (pid)
      where not granted and datname = current_database() and usename = 'app'`;
    return (await inDatabase(app, waiting)).length === 2;
  };
  try {
    for (let round = 0; round < 20; round += 1) {
      await holder.query(`begin; select id from app_user where tenant_id = '${tenant.id}' for update`);
      const both = [to(first, second, 'SALESPERSON'), to(second, first, 'SALESPERSON')];
      await until('both wait', bothWait);
      await holder.query('commit');
      const answers = await Promise.all(both);
      expect(answers.map(a => a.status).sort()).toEqual([200, 409]);
      const [winner, loser] = answers[0]!.status === 200 ? [first, second] : [second, first];
      expect((await to(winner, loser, 'ADMIN')).status).toBe(200);
    }
  } finally {
    await holder.end();
  }
});

it('[PLT-030] managers read users, salespersons names', async () => {
  const roles = (await manager.get<{ items: User[] }>('/api/users?filter[role]=SALESPERSON&sort=name')).body.items;
  expect(new Set(roles.map(u => u.role))).toEqual(new Set(['SALESPERSON']));
  expect(Object.keys(roles[0]!).sort()).toEqual(['email', 'id', 'name', 'role']);
  expect([
    (await manager.get(path)).status,
    (await sales.get('/api/users')).status,
    (await sales.post(path, {})).status,
  ]).toEqual([403, 403, 403]);
  const [person] = (await sales.get<{ items: object[] }>('/api/people')).body.items;
  expect(Object.keys(person!).sort()).toEqual(['id', 'name']);
  expect((await sales.get('/api/people?filter[email][contains]=@')).status).toBe(400);
});

it('[PLT-017, PLT-061] no hash and no password is shown or logged', async () => {
  const { id } = (await make({ password })).body;
  await admin.patch(`${path}/${id}`, { password: 'another good word' });
  const [row] = await inDatabase<{ password_hash: string }>(app, 'select password_hash from app_user where id = $1', [
    id,
  ]);
  expect(row!.password_hash).toMatch(/^\$argon2id\$/);
  const shown = await Promise.all(
    [
      `${path}/${id}`,
      `${path}?pageSize=100`,
      '/api/users',
      '/api/people',
      '/api/auth/session',
      '/api/admin/audit-logs?pageSize=100',
    ].map(async p => JSON.stringify((await admin.get(p)).body)),
  );
  for (const text of shown) expect(text).not.toMatch(/argon2|another good word|correct horse/);
  expect(shown[0]).not.toMatch(/passwordHash/);
  const logged = await inDatabase<{ new_values: object }>(
    app,
    `select new_values from audit_log where record_id = $1 and action = 'UPDATE'`,
    [id],
  );
  expect(logged.map(l => l.new_values)).toEqual([{ passwordHash: '•••' }]);
});
