import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';

let app: App, admin: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  admin = await app.as('admin');
});
afterAll(() => app?.stop());

const cursor = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

it.each([
  'people?q=%00',
  'admin/audit-logs?recordId=%00',
  'admin/roles?filter[code]=%00',
  `admin/users?cursor=${cursor(['a', 'b'])}`,
  `admin/audit-logs?cursor=${cursor(['a', 'b', 'c'])}`,
  `api-keys?cursor=${cursor(['\0', 'a'])}`,
  'people?cursor=garbage',
  'people?filter[constructor]=1',
  'people?sort=constructor',
  'people?pageSize=0',
  'admin/users?filter[active]=maybe',
  'admin/users?filter[createdAt][gt]=2026-99-99',
  'admin/audit-logs?action[]=x',
])('[PLT-048] GET %s is refused', async path => expect((await admin.get(`/api/${path}`)).status).toBe(400));

const user = { username: 'hostile', fullName: 'Hostile', email: 'hostile@example.org' };
const role = { code: 'HOSTILE', name: 'Hostile' };
it.each<[string, object]>([
  ['admin/users', { ...user, username: 'a\0b' }],
  ['admin/users', { ...user, fullName: 'half \ud800' }],
  ['admin/users', { ...user, role: 'A\0' }],
  ['admin/roles', { ...role, name: '\0' }],
  ['admin/roles', { ...role, permissions: [{ subject: '__proto__', action: 'x' }] }],
  ['api-keys', { name: 'a\0' }],
  ['auth/signin', { username: 'sa\0les' }],
])('[PLT-048] POST %s %j is refused', async (path, body) => {
  expect((await admin.post(`/api/${path}`, body)).status).toBe(400);
});
