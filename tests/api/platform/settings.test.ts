import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { syncTenants } from '../../../activities/platform/identity/sync-tenants.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { lifecycleOf, newPov } from '../../kit/pov.fixture.ts';

const path = '/api/admin/settings';
let app: App, admin: Client, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
});
afterAll(() => app?.stop());

it('[PLT-031] an administrator reads and changes the settings, audited; others do not', async () => {
  expect((await admin.get(path)).body).toMatchObject({ slug: app.tenant.slug, sandbox: true, currency: 'EUR' });
  expect((await manager.get(path)).status).toBe(403);
  expect((await manager.patch(path, { name: 'Mine' })).status).toBe(403);
  const { status, body } = await admin.patch(path, { name: 'Meridian North', currency: 'nok' });
  expect([status, body]).toMatchObject([200, { name: 'Meridian North', currency: 'NOK' }]);
  const { items } = (
    await admin.get<{ items: object[] }>(`/api/admin/audit-logs?tableName=tenant&userId=${admin.userId}`)
  ).body;
  expect(items[0]).toMatchObject({
    action: 'UPDATE',
    newValues: { name: 'Meridian North', currency: 'NOK' },
    oldValues: { currency: 'EUR' },
  });
});

it('refuses what is no time zone or currency, and changes nothing', async () => {
  const before = (await admin.get(path)).body;
  for (const [field, value] of [
    ['timeZone', 'Mars/Olympus'],
    ['currency', 'ABC'],
    ['name', '   '],
  ] as const) {
    const { status, body } = await admin.patch<ProblemBody>(path, { [field]: value });
    expect([status, body.errors[0]?.pointer]).toEqual([400, `/${field}`]);
  }
  expect((await admin.get(path)).body).toEqual(before);
});

it('another time zone is spoken by the processes that are open', async () => {
  const { id } = await newPov(manager);
  await app.settled();
  const before = (await lifecycleOf(manager, id)).waitingFor!.sentence;
  await admin.patch(path, { timeZone: 'Asia/Tokyo' });
  await app.settled();
  const after = (await lifecycleOf(manager, id)).waitingFor!.sentence;
  expect([before, after].map(s => / (\d\d:\d\d)/.exec(s)?.[1])).toEqual(['09:00', '18:00']);
});

it('[PLT-036] an upgrade brings the permissions of new areas to tenants that are there, once', async () => {
  await inDatabase(
    app,
    `delete from role_permission where subject = 'setting' and role = 'ADMIN';
     update role_permission set deleted_at = now() where subject = 'sandbox-clock' and role = 'SALES_MANAGEMENT';
     update tenant set settings = settings - 'permissionGrids'`,
  );
  expect((await admin.get(path)).status).toBe(403);
  expect(await syncTenants()).toBeGreaterThan(0);
  expect((await admin.get(path)).status).toBe(200);
  // What an administrator took away stays away.
  expect((await manager.post('/api/sandbox/clock/advance', { by: 'PT1M' })).status).toBe(403);
  expect(await syncTenants()).toBe(0);
});

it('an accent and a logo text are kept, told to every session, and refused where they could not be read', async () => {
  const { status, body } = await admin.patch(path, { accent: '#0F7B3E', logoText: ' ME ' });
  expect([status, body]).toMatchObject([200, { accent: '#0f7b3e', logoText: 'ME' }]);
  const session = async () => (await manager.get<{ tenant: object }>('/api/auth/session')).body.tenant;
  expect(await session()).toMatchObject({ accent: '#0f7b3e', logoText: 'ME' });
  for (const [field, value, why] of [
    ['accent', '#ffd400', /^is too light: white text .* contrast of 1\.43:1 and needs 4\.5:1; #986e00 would do$/],
    ['accent', 'red;}body{', /^must be a colour/], ['logoText', 'MERI', /^must have at most 3 characters$/],
    ['logoText', ' ', /^must not be blank$/],
  ] as const) {
    const refused = await admin.patch<ProblemBody>(path, { [field]: value, name: 'Changed' });
    expect([refused.status, refused.body.errors]).toMatchObject([400, [{ pointer: `/${field}` }]]);
    expect(refused.body.errors[0]!.message).toMatch(why);
  }
  const kept = { accent: '#0f7b3e', logoText: 'ME', name: expect.not.stringMatching('Changed') };
  expect((await admin.get(path)).body).toMatchObject(kept);
  expect((await manager.patch(path, { accent: null })).status).toBe(403);
  await admin.patch(path, { accent: null, logoText: null });
  expect(await session()).toMatchObject({ accent: null, logoText: null });
});
