import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { IdentityProvider, ProviderCheck } from '../../../../domain/platform/identity/identity-provider.ts';
import { bootApp, type App } from '../../../kit/app.ts';
import type { Client, ProblemBody } from '../../../kit/client.ts';
import { inDatabase } from '../../../kit/in-database.ts';
import { begin } from './provider-sign-in.fixture.ts';
import { startOidcProvider, type OidcProviderStub } from '../../../stubs/oidc-provider.ts';

/** As in production: nothing inside is asked. */
const path = '/api/admin/identity-providers';
let app: App, admin: Client, stub: OidcProviderStub;
beforeAll(async () => {
  [app, stub] = await Promise.all([bootApp({ worker: false }), startOidcProvider()]);
  admin = await app.as('admin');
});
afterAll(async () => {
  await app?.stop();
  await stub?.stop();
});

const google = {
  ...{ name: 'Google', kind: 'google', issuer: 'https://accounts.google.com', clientId: 'abc' },
  ...{ clientSecret: 'GOCSPX-very-secret', emailDomains: ['Example.com', 'example.com'] },
};
const add = (more: object = {}) => admin.post<IdentityProvider & ProblemBody>(path, { ...google, ...more });

it('[PLT-024] a provider is kept without anybody seeing its secret, neither in answers nor in the log', async () => {
  const { status, body } = await add();
  expect(status).toBe(201);
  expect(body).toMatchObject({ emailDomains: ['example.com'], active: true, people: 0 });
  expect(body.redirectUri).toBe(`http://localhost:3000/api/auth/oidc/${body.id}/callback`);
  const changed = await admin.patch<IdentityProvider>(`${path}/${body.id}`, {
    ...{ name: 'Google Workspace', clientSecret: 'GOCSPX-another', version: body.version },
  });
  expect(changed.body).toMatchObject({ name: 'Google Workspace', version: body.version + 1 });
  expect((await admin.patch(`${path}/${body.id}`, { name: 'X', version: body.version })).status).toBe(409);
  const all = JSON.stringify([body, changed.body, (await admin.get(path)).body]);
  const kept = JSON.stringify(await inDatabase(app, `select * from audit_log where table_name = 'identity_provider'`));
  const [row] = await inDatabase<{ client_secret_cipher: string }>(app, 'select * from identity_provider');
  expect(row!.client_secret_cipher).toMatch(/^v1\.k1\./);
  for (const text of [all, kept]) expect(text).not.toMatch(/GOCSPX|v1\.k1/);
  expect((await admin.delete(`${path}/${body.id}`)).status).toBe(204);
  expect((await admin.get(`${path}/${body.id}`)).status).toBe(404);
});

it('[PLT-024, PLT-053] one that is sent again with its key is there once, with the same answer', async () => {
  const send = () => admin.post<IdentityProvider>(path, google, { 'Idempotency-Key': 'google-once' });
  const [first, second] = [await send(), await send()];
  expect([first.status, second]).toMatchObject([201, { status: 201, body: first.body }]);
  const rows = await inDatabase(app, 'select 1 from identity_provider where deleted_at is null');
  expect(rows).toHaveLength(1);
  expect((await admin.delete(`${path}/${first.body.id}`)).status).toBe(204);
});

it.each([
  ['issuer', { kind: 'other', issuer: 'http://id.example.com' }],
  ['issuer', { kind: 'google', issuer: 'https://id.example.com' }],
  ['issuer', { kind: 'microsoft', issuer: 'https://login.microsoftonline.com/common/v2.0' }],
  ['issuer', { kind: 'other', issuer: 'ftp://id.example.com' }],
  ['issuer', { kind: 'other', issuer: 'https://user:word@id.example.com' }],
  ['emailDomains', { kind: 'microsoft', issuer: 'https://login.microsoftonline.com/example.com', emailDomains: [] }],
  ['emailDomains.0', { emailDomains: ['not a domain'] }],
  ['clientSecret', { clientSecret: '' }],
])('[PLT-024] what is not safe is refused at %s', async (field, more) => {
  const { status, body } = await add(more);
  expect([status, body.errors.map(e => e.pointer)]).toEqual([400, [`/${field.replace('.', '/')}`]]);
});

it('[PLT-024] another issuer wants its own secret', async () => {
  const { body } = await add({ kind: 'other', issuer: 'https://id.example.com' });
  const answer = await admin.patch<ProblemBody>(`${path}/${body.id}`, { issuer: 'https://other.example.com' });
  expect([answer.status, answer.body.errors[0]?.pointer]).toEqual([400, '/clientSecret']);
});

it('[PLT-024] nothing inside a private network is asked, neither at the check nor at a sign-in', async () => {
  const { port } = new URL(stub.issuer);
  const { body } = await add({ kind: 'other', issuer: `https://localhost:${port}` });
  const check = await admin.post<ProviderCheck>(`${path}/${body.id}/checks`);
  expect(check.body).toMatchObject({ works: false, steps: [{ name: 'Description', passed: false }] });
  expect(check.body.steps[0]!.detail).toContain('private network');
  const { url } = await begin(app, body.id);
  expect(new URL(url, app.url).searchParams.get('why')).toBe('provider-failed');
});

it('[PLT-024] only administrators keep providers, and nobody who may do less makes one', async () => {
  for (const name of ['manager', 'readonly'] as const)
    expect((await (await app.as(name)).get(path)).status).toBe(403);
  const cells = [{ subject: 'identity-provider', action: 'manage', scope: 'all' }];
  await admin.post('/api/admin/roles', { code: 'KEEPER', name: 'Keeper', permissions: cells });
  await admin.patch(`/api/admin/users/${app.tenant.users.sales4}`, { role: 'KEEPER' });
  const keeper = await app.as('sales4');
  expect((await keeper.get(path)).status).toBe(200);
  expect((await keeper.post(path, google)).status).toBe(403);
});
