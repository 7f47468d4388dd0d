import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { fiftyDays, newPov, phasesOf, readPov } from '../../kit/pov.fixture.ts';
import { rowCounts } from '../../kit/row-counts.ts';

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

describe('[PLT-048] a title of 2 MB is refused by its name, and nothing changes:', () => {
  const long = 'x'.repeat(2_000_000);

  it.each<[string, (povId: string, phaseId: string) => ['post' | 'put' | 'patch', string, object], string]>([
    ['a new POV', () => ['post', '/api/povs', { title: long, ...fiftyDays }], '/title'],
    ['a POV', povId => ['patch', `/api/povs/${povId}`, { title: long }], '/title'],
    ['a POV, replaced', povId => ['put', `/api/povs/${povId}`, { title: long, ...fiftyDays }], '/title'],
    ['a phase', (povId, phaseId) => ['patch', `/api/povs/${povId}/phases/${phaseId}`, { name: long }], '/name'],
    ['an approval', povId => ['post', '/api/workflows/instances', { ...reference(povId), title: long }], '/title'],
    ['a POV by its process', () => ['post', '/api/processes/povLifecycle', { title: long, ...fiftyDays }], '/title'],
  ])('%s', async (_, ask, pointer) => {
    const pov = await newPov(admin);
    const [phase] = await phasesOf(admin, pov.id);
    const [method, path, body] = ask(pov.id, phase!.id);
    const before = [await rowCounts(app), await readPov(admin, pov.id)];
    const answer = await admin[method]<ProblemBody>(path, body);
    expect([answer.status, answer.body.error, answer.body.errors[0]?.pointer]).toEqual([
      ...[400, 'Validation failed', pointer],
    ]);
    expect(JSON.stringify(answer.body).length).toBeLessThan(2000);
    expect([await rowCounts(app), await readPov(admin, pov.id)]).toEqual(before);
  });

  const reference = (referenceId: string): object => ({ referenceType: 'pov', referenceId });

  it('and what is larger than any body by saying so', async () => {
    const before = await rowCounts(app);
    const answer = await admin.post<ProblemBody>('/api/povs', { title: 'x'.repeat(5_000_000), ...fiftyDays });
    expect([answer.status, answer.body.error]).toEqual([413, 'The body is too large']);
    expect(answer.body.details.join()).toMatch(/^body: .*MB/);
    expect(await rowCounts(app)).toEqual(before);
  });
});
