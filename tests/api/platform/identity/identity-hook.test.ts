import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { signatureOf } from '../../../../activities/platform/identity/hook/signature.ts';
import type { IdentityHook } from '../../../../domain/platform/identity/identity-hook.ts';
import type { User } from '../../../../domain/platform/identity/user.ts';
import { bootApp, type App } from '../../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { makeTenant } from '../../../kit/people.ts';

const path = '/api/admin/identity-hook';
let app: App, admin: Client, secret: string;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  admin = await app.as('admin');
  expect((await admin.put(path, { active: true, role: 'READ_ONLY' })).status).toBe(200);
  secret = await newSecret();
});
afterAll(() => app?.stop());

const newSecret = async (): Promise<string> => (await admin.post<{ secret: string }>(`${path}/secrets`)).body.secret;

interface Sent {
  id?: string;
  at?: number;
  by?: string;
  tenant?: string;
  /** What is sent instead of what was signed. */
  instead?: object;
}
/** An event as the service sends it: signed over the very text. */
async function tell(type: string, data: object, { id, at, by, tenant, instead }: Sent = {}) {
  const event = { type, timestamp: new Date().toISOString(), data };
  const message = {
    ...{ id: id ?? `msg_${randomUUID()}`, timestamp: String(Math.floor((at ?? Date.now()) / 1000)) },
    body: Buffer.from(JSON.stringify(event)),
  };
  const headers = {
    'webhook-id': message.id,
    'webhook-timestamp': message.timestamp,
    'webhook-signature': `v1,bm9uZQ== ${signatureOf(message, by ?? secret)}`,
  };
  const to = `/api/hooks/identity/${tenant ?? app.tenant.slug}`;
  return client(app.url, headers).post<ProblemBody>(to, instead ?? event);
}
const named = async (email: string): Promise<User | undefined> =>
  (await admin.get<{ items: User[] }>(`/api/admin/users?q=${email}`)).body.items[0];
const nora = { id: 'usr_nora', email: 'nora@example.com', name: 'Nora Lindholm' };

it('[PLT-026] a user who is added outside is added here, with the role that administrators chose', async () => {
  expect((await tell('user.created', nora)).status).toBe(204);
  expect(await named(nora.email)).toMatchObject({
    ...{ fullName: 'Nora Lindholm', username: 'nora@example.com', role: 'READ_ONLY', active: true },
  });
  const [row] = await inDatabase<{ actor_name: string; verb: string }>(
    app,
    `select actor, actor_name, verb from audit_log where action = 'CREATE' and table_name = 'app_user'`,
  );
  expect(row).toMatchObject({ actor: 'system:identity-hook', verb: 'take-user-event' });
  expect((await admin.get<IdentityHook>(path)).body.lastEventAt).not.toBeNull();
});

it('[PLT-026] a change follows, also of whom nobody told; an address of before is not added twice', async () => {
  expect((await tell('user.updated', { ...nora, name: 'Nora L. Berg' })).status).toBe(204);
  expect((await named(nora.email))!.fullName).toBe('Nora L. Berg');
  expect((await tell('user.updated', { id: 'usr_late', email: 'late@example.com', name: 'Late' })).status).toBe(204);
  expect(await named('late@example.com')).toBeDefined();
  const before = { id: 'usr_sales', email: 'Sales@example.com', name: 'Sales One' };
  expect((await tell('user.created', before)).status).toBe(204);
  expect(await named('sales@example.com')).toMatchObject({ id: app.tenant.users.sales, role: 'SALESPERSON' });
});

it('[PLT-026] who is removed outside is inactive at once: sessions and keys end, records keep the name', async () => {
  const them = await app.as('sales2');
  const { body: key } = await them.post<{ key: string; id: string }>('/api/api-keys', { name: 'Export' });
  await tell('user.updated', { id: 'usr_2', email: 'sales2@example.com' });
  expect((await tell('user.deleted', { id: 'usr_2', deleted: true })).status).toBe(204);
  expect((await them.get('/api/auth/session')).status).toBe(401);
  expect((await client(app.url, { Authorization: `Bearer ${key.key}` }).get('/api/povs')).status).toBe(401);
  const ended = 'select 1 from api_key where id = $1 and revoked_at is not null';
  expect(await inDatabase(app, ended, [key.id])).toHaveLength(1);
  expect(await named('sales2@example.com')).toMatchObject({ active: false, fullName: 'Sales2 Example' });
  expect((await tell('user.updated', { id: 'usr_2', name: 'Back' })).status).toBe(204);
  expect(await named('sales2@example.com')).toMatchObject({ active: false, fullName: 'Back' });
  expect((await tell('user.deleted', { id: 'usr_unknown' })).status).toBe(204);
});

it('[PLT-026] a message takes effect once, however often it comes', async () => {
  const id = `msg_${randomUUID()}`;
  const data = { id: 'usr_once', email: 'once@example.com', name: 'Once' };
  const twins = await Promise.all([1, 2, 3].map(() => tell('user.created', data, { id })));
  expect(twins.map(t => t.status)).toEqual([204, 204, 204]);
  await admin.patch(`/api/admin/users/${(await named(data.email))!.id}`, { fullName: 'Changed here' });
  expect((await tell('user.created', data, { id })).status).toBe(204);
  expect((await named(data.email))!.fullName).toBe('Changed here');
  expect((await tell('user.created', { ...data, name: 'Other' }, { id })).status).toBe(422);
});

it('[PLT-026] what is not signed by the service changes nothing', async () => {
  const data = { id: 'usr_evil', email: 'evil@example.com', name: 'Evil' };
  const foreign = `whsec_${Buffer.alloc(32).toString('base64')}`;
  const minute = 60_000;
  const refused = await Promise.all([
    tell('user.created', data, { by: foreign }),
    tell('user.created', data, { at: Date.now() - 6 * minute }),
    tell('user.created', data, { at: Date.now() + 6 * minute }),
    tell('user.created', data, { instead: { type: 'user.created', data: { ...data, name: 'Changed' } } }),
    tell('user.created', data, { id: ' ' }),
    app.anonymous.post<ProblemBody>(`/api/hooks/identity/${app.tenant.slug}`, { type: 'user.created', data }),
  ]);
  expect(refused.map(r => [r.status, r.body.code])).toEqual(refused.map(() => [401, 'not-signed']));
  expect((await tell('user.created', data, { at: Date.now() - 4 * minute })).status).toBe(204);
  const other = await makeTenant();
  expect((await tell('user.created', data, { tenant: other.slug })).status).toBe(404);
  expect((await tell('user.created', data, { tenant: 'nobody' })).status).toBe(404);
});

it('[PLT-026] a wrong field is named, other events are taken and change nothing', async () => {
  const wrong = await tell('user.created', { id: 'usr_3', email: 'no address', name: 'X' });
  expect([wrong.status, wrong.body.errors[0]?.pointer]).toEqual([400, '/data/email']);
  expect((await tell('user.created', { email: 'x@example.com' })).body.errors[0]?.pointer).toBe('/data/id');
  expect((await tell('session.created', { id: 'sess_1' })).status).toBe(204);
});

it('[PLT-026] the secret is shown once and kept encrypted; the one before is good for a day', async () => {
  const old = secret;
  secret = await newSecret();
  expect(secret).toMatch(/^whsec_[A-Za-z0-9+/]{43}=$/);
  const change = (by: string) => tell('user.updated', { ...nora, name: randomUUID() }, { by });
  expect([(await change(old)).status, (await change(secret)).status]).toEqual([204, 204]);
  await inDatabase(app, `update identity_hook set old_secret_until = now() - interval '1 second'`);
  expect((await change(old)).status).toBe(401);
  const kept = JSON.stringify([
    await inDatabase(app, 'select * from identity_hook'),
    await inDatabase(app, `select * from audit_log where table_name = 'identity_hook'`),
    (await admin.get(path)).body,
  ]);
  expect(kept).not.toContain(secret.slice('whsec_'.length));
});

it('[PLT-026, PLT-043] the last active administrator stays, whatever the service says', async () => {
  await tell('user.updated', { id: 'usr_admin', email: 'admin@example.com' });
  await inDatabase(app, `update app_user set active = false where username = 'superadmin'`);
  const answer = await tell('user.deleted', { id: 'usr_admin' });
  expect([answer.status, answer.body.error]).toEqual([409, 'The last active administrator cannot be removed']);
  expect((await named('admin@example.com'))!.active).toBe(true);
});

it('[PLT-026] a service that is switched off is not heard', async () => {
  await admin.put(path, { active: false, role: 'READ_ONLY' });
  expect((await tell('user.updated', nora)).status).toBe(404);
  for (const name of ['manager', 'readonly'] as const)
    expect((await (await app.as(name)).get(path)).status).toBe(403);
});
