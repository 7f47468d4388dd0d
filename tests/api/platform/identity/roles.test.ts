import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createTenant } from '../../../../activities/platform/new-tenant.ts';
import { bootApp, type App } from '../../../kit/app.ts';
import type { Client, ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';

const path = '/api/admin/roles';
let app: App, admin: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  [admin, sales] = await Promise.all([app.as('admin'), app.as('sales')]);
});
afterAll(() => app?.stop());

interface Cell {
  subject: string;
  action: string;
  scope?: string;
}
interface Role {
  id: string;
  code: string;
  name: string;
  builtIn: boolean;
  users: number;
  permissions: Cell[];
  version: number;
}
const make = (body: object, by = admin) => by.post<Role & ProblemBody>(path, body);
const role = async (code: string) =>
  (await admin.get<{ items: Role[] }>(`${path}?filter[code]=${code}`)).body.items[0]!;
const give = (username: string, code: string) =>
  admin.patch(`/api/admin/users/${app.tenant.users[username as 'sales']}`, { role: code });

it('[PLT-036] a custom role gives its users what it says, from the next request on', async () => {
  const made = await make({
    code: 'auditor',
    name: 'Auditor',
    permissions: [{ subject: 'audit-log', action: 'read' }],
  });
  expect(made).toMatchObject({
    status: 201,
    body: {
      code: 'AUDITOR',
      builtIn: false,
      users: 0,
      permissions: [{ subject: 'audit-log', action: 'read', scope: 'all' }],
    },
  });
  const who = await app.as('sales2'),
    log = () => who.get('/api/admin/audit-logs'),
    users = () => who.get('/api/users');
  expect((await log()).status).toBe(403);
  await give('sales2', 'AUDITOR');
  expect([(await log()).status, (await users()).status, (await who.get('/api/povs')).status]).toEqual([200, 403, 403]);
  const one = `${path}/${made.body.id}`;
  await admin.patch(one, { permissions: [{ subject: 'user', action: 'read' }] });
  expect([(await log()).status, (await users()).status]).toEqual([403, 200]);
  await admin.patch(one, {
    permissions: [
      { subject: 'user', action: 'read' },
      { subject: 'audit-log', action: 'read' },
    ],
  });
  expect((await log()).status).toBe(200);
});

it('[PLT-036, PLT-039] a cell of a built-in role can be taken away and given back', async () => {
  const { id, permissions } = await role('SALESPERSON');
  const create = async () => (await sales.post('/api/povs', {})).status;
  expect(await create()).toBe(400);
  await admin.patch(`${path}/${id}`, {
    permissions: permissions.filter(p => !(p.subject === 'pov' && p.action === 'create')),
  });
  expect(await create()).toBe(403);
  await admin.patch(`${path}/${id}`, { permissions });
  expect(await create()).toBe(400);
});

describe('[PLT-041] roles', () => {
  it('are listed with their users and permissions', async () => {
    const { builtIn, users, permissions } = await role('SALES_MANAGEMENT');
    expect({ builtIn, users }).toEqual({ builtIn: true, users: 1 });
    expect(permissions).toContainEqual({ subject: 'user', action: 'read', scope: 'all' });
  });

  it('in use or built in stay, others go', async () => {
    const { id } = (await make({ code: 'TEMP', name: 'Temp' })).body;
    await give('sales3', 'TEMP');
    expect(await admin.delete<ProblemBody>(`${path}/${id}`)).toMatchObject({
      status: 409,
      body: { error: 'Users have this role' },
    });
    await give('sales3', 'SALESPERSON');
    expect((await admin.delete(`${path}/${id}`)).status).toBe(204);
    expect((await admin.get(`${path}/${id}`)).status).toBe(404);
    expect((await make({ code: 'TEMP', name: 'Temp again' })).body).toMatchObject({
      name: 'Temp again',
      permissions: [],
    });
    expect((await admin.delete(`${path}/${(await role('READ_ONLY')).id}`)).status).toBe(409);
  });

  it('have codes of their own, and no other name of a built-in one', async () => {
    expect((await make({ code: 'LEAD', name: 'Lead' })).status).toBe(201);
    expect((await make({ code: 'lead', name: 'Lead' })).status).toBe(409);
    expect((await make({ code: 'MANAGER', name: 'Manager' })).status).toBe(400);
    expect((await make({ code: '1', name: 'One' })).status).toBe(400);
  });

  it('have only permissions that exist, and that the giver has', async () => {
    const wrong = await make({
      code: 'WRONG',
      name: 'Wrong',
      permissions: [
        { subject: 'pov', action: 'read' },
        { subject: 'pov', action: 'fly' },
      ],
    });
    expect(wrong).toMatchObject({ status: 400, body: { errors: [{ pointer: '/permissions/1', code: 'unknown' }] } });
    expect(
      (await make({ code: 'WRONG', name: 'Wrong', permissions: [{ subject: 'tenant', action: 'manage' }] })).status,
    ).toBe(403);
    expect(
      (await make({ code: 'WRONG', name: 'Wrong', permissions: [{ subject: 'constructor', action: 'name' }] })).status,
    ).toBe(400);
  });

  it('of administrators keep their permissions', async () => {
    const { id } = await role('ADMIN');
    expect((await admin.patch(`${path}/${id}`, { permissions: [] })).status).toBe(409);
    expect((await admin.get(path)).status).toBe(200);
  });

  it('[PLT-006] refuse a stale version', async () => {
    const { id, version } = (await make({ code: 'VERSIONED', name: 'A' })).body;
    expect(
      (await admin.patch(`${path}/${id}`, { permissions: [{ subject: 'pov', action: 'read' }], version })).body,
    ).toMatchObject({ version: version + 1 });
    expect((await admin.patch(`${path}/${id}`, { name: 'B', version })).status).toBe(409);
  });

  it('are for administrators', async () => {
    expect([(await sales.get(path)).status, (await make({ code: 'X', name: 'X' }, sales)).status]).toEqual([403, 403]);
  });
});

describe('[PLT-125] a new tenant', () => {
  const cells = (tenantId: string) =>
    inDatabase<{ role: string; n: number }>(
      app,
      'select role, count(*)::int as n from role_permission where tenant_id = $1 and deleted_at is null group by role',
      [tenantId],
    );

  it('has the six roles, CFO and VP with their permissions; made again it stays as it is', async () => {
    const about = { name: 'Second', slug: 'second', sandbox: true };
    const id = await createTenant(about);
    const first = await cells(id);
    expect(first.map(c => c.role).sort()).toEqual([
      'ACCOUNTING',
      'ADMIN',
      'CFO',
      'READ_ONLY',
      'SALESPERSON',
      'SALES_MANAGEMENT',
      'SUPER_ADMIN',
      'VP',
    ]);
    await inDatabase(
      app,
      `update role_permission set deleted_at = now()
       where tenant_id = $1 and role = 'VP' and subject = 'pov' and action = 'read'`,
      [id],
    );
    await inDatabase(app, `delete from role_permission where tenant_id = $1 and role = 'CFO' and subject = 'pov'`, [
      id,
    ]);
    expect(await createTenant(about)).toBe(id);
    const again = await cells(id),
      n = (rows: typeof first, code: string) => rows.find(r => r.role === code)!.n;
    expect(n(again, 'CFO')).toBe(n(first, 'CFO'));
    expect(n(again, 'VP')).toBe(n(first, 'VP') - 1);
  });
});
