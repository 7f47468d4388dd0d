import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { endpoints } from '../../../domain/index.ts';
import { bootApp, type App } from '../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant, type TestTenant } from '../../kit/people.ts';
import { fiftyDays, newPov, newTemplate, phasesOf, type Listed } from '../../kit/pov.fixture.ts';
import { rowCounts } from '../../kit/row-counts.ts';

let app: App, other: TestTenant, admin: Client, stranger: Client;
/** Of the other tenant. */
let theirs: { pov: string; phase: string; template: string; key: string };
/** Of ours. */
let mine: { pov: string; phase: string };

beforeAll(async () => {
  app = await bootApp({ worker: false });
  other = await makeTenant();
  [admin, stranger] = await Promise.all([app.as('admin'), app.as('admin', other)]);
  const [pov, ours] = [await newPov(stranger, { title: 'Theirs' }), await newPov(admin, { title: 'Ours' })];
  theirs = {
    pov: pov.id,
    phase: (await phasesOf(stranger, pov.id))[0]!.id,
    template: (await newTemplate(stranger, ['Foreign'])).id,
    key: (await stranger.post<{ id: string }>('/api/api-keys', { name: 'Foreign' })).body.id,
  };
  mine = { pov: ours.id, phase: (await phasesOf(admin, ours.id))[0]!.id };
});
afterAll(() => app?.stop());

const titles = async (by: Client, query = ''): Promise<string[]> =>
  (await by.get<Listed<{ title: string }>>(`/api/povs?${query}`)).body.items.map(p => p.title);
const tenantOf = async (povId: string): Promise<string | undefined> =>
  (await inDatabase<{ tenant_id: string }>(app, 'select tenant_id from pov where id = $1', [povId]))[0]?.tenant_id;

describe('[PLT-002] a forged tenant', () => {
  const headers = ['X-Tenant', 'X-Tenant-Id', 'Tenant', 'Tenant-Id', 'X-App-Tenant', 'X-Forwarded-Tenant'];

  it.each(headers)('in the header %s changes nothing', async name => {
    for (const value of [other.id, other.slug]) {
      const forged = { [name]: value };
      expect((await admin.get(`/api/povs/${theirs.pov}`, forged)).status).toBe(404);
      expect((await admin.get<Listed<{ title: string }>>('/api/povs', forged)).body.items.map(p => p.title)).toEqual(
        await titles(admin),
      );
      const made = await admin.post<{ data: { id: string; tenantId: string } }>(
        '/api/povs',
        { title: 'Forged', ...fiftyDays },
        forged,
      );
      expect([made.status, made.body.data.tenantId, await tenantOf(made.body.data.id)]).toEqual([
        ...[201, app.tenant.id, app.tenant.id],
      ]);
    }
    expect((await app.anonymous.get('/api/povs', { [name]: other.id })).status).toBe(401);
    expect(await titles(stranger)).toEqual(['Theirs']);
  });

  it.each(['tenant', 'tenantId', 'tenant_id', 'filter[tenantId]', 'app.tenant'])(
    'in the query parameter %s shows nothing of it',
    async name => {
      const query = `${encodeURIComponent(name)}=${other.id}`;
      const { status, body } = await admin.get<Listed<{ title: string }>>(`/api/povs?${query}`);
      expect([200, 400]).toContain(status);
      if (status === 200) expect(body.items.map(p => p.title)).not.toContain('Theirs');
      expect((await admin.get(`/api/povs/${theirs.pov}?${query}`)).status).toBe(404);
    },
  );

  it('in a body makes no record of it', async () => {
    const forged = { tenantId: other.id, tenant: other.slug, tenant_id: other.id };
    const { status, body } = await admin.post<{ data: { id: string } }>('/api/povs', {
      ...{ title: 'In a body', ...fiftyDays },
      ...forged,
    });
    expect([status, await tenantOf(body.data.id)]).toEqual([201, app.tenant.id]);
    await admin.patch(`/api/povs/${body.data.id}`, { ...forged, objective: 'x' });
    expect(await tenantOf(body.data.id)).toBe(app.tenant.id);
    const user = await admin.post<{ id: string }>('/api/admin/users', {
      ...{ username: 'forged', fullName: 'Forged', email: 'forged@example.org' },
      ...forged,
    });
    const kept = await inDatabase(app, 'select tenant_id from app_user where id = $1', [user.body.id]);
    expect(kept).toEqual([{ tenant_id: app.tenant.id }]);
    expect(await titles(stranger)).toEqual(['Theirs']);
  });

  it('does not widen an API key', async () => {
    const { body } = await admin.post<{ key: string }>('/api/api-keys', { name: 'Robot' });
    const robot = client(app.url, { Authorization: `Bearer ${body.key}`, 'X-Tenant-Id': other.id });
    expect((await robot.get(`/api/povs/${theirs.pov}`)).status).toBe(404);
    const swapped = body.key.replace(app.tenant.id.replaceAll('-', ''), other.id.replaceAll('-', ''));
    expect(swapped).not.toBe(body.key);
    expect((await client(app.url, { Authorization: `Bearer ${swapped}` }).get('/api/povs')).status).toBe(401);
  });
});

describe('[PLT-002] [PLT-003] an id of another tenant in a body is refused, and nothing changes', () => {
  type Ask = () => ['post' | 'put' | 'patch' | 'delete', string, object?];
  const user = (): string => other.users.sales;
  const asked: [string, Ask][] = [
    [
      'a member of a team',
      () => ['post', `/api/povs/${mine.pov}/team/members`, { userId: user(), role: 'SALES_ENGINEER' }],
    ],
    ['an owner', () => ['put', `/api/povs/${mine.pov}/owner`, { userId: user() }]],
    ['an owner by PATCH', () => ['patch', `/api/povs/${mine.pov}`, { ownerId: user(), objective: 'x' }]],
    ['an owner by PUT', () => ['put', `/api/povs/${mine.pov}`, { title: 'New', ...fiftyDays, ownerId: user() }]],
    ['a template of a new POV', () => ['post', '/api/povs', { title: 'N', ...fiftyDays, templateId: theirs.template }]],
    [
      'a template of a new process',
      () => ['post', '/api/processes/povLifecycle', { title: 'N', ...fiftyDays, templateId: theirs.template }],
    ],
    [
      'a template of a rehearsal',
      () => ['post', '/api/processes/povLifecycle/simulate', { title: 'N', ...fiftyDays, templateId: theirs.template }],
    ],
    [
      'a template to apply',
      () => ['post', `/api/povs/${mine.pov}/phases/apply-template`, { templateId: theirs.template }],
    ],
    ['an order of phases', () => ['post', `/api/povs/${mine.pov}/phases/reorder`, { phaseIds: [theirs.phase] }]],
    [
      'an order with one phase more',
      () => ['post', `/api/povs/${mine.pov}/phases/reorder`, { phaseIds: [mine.phase, theirs.phase] }],
    ],
    ['a phase to submit', () => ['post', `/api/povs/${mine.pov}/phases/${theirs.phase}/submit`, {}]],
    ['a phase to change', () => ['patch', `/api/povs/${mine.pov}/phases/${theirs.phase}`, { name: 'Taken' }]],
    [
      'an approver',
      () => [
        'post',
        '/api/workflows/instances',
        { referenceType: 'invoice', referenceId: mine.pov, steps: [{ name: 'A', assigneeIds: [user()] }] },
      ],
    ],
    ['a template to change', () => ['put', '/api/admin/phases', { id: theirs.template, name: 'Taken' }]],
    ['a template to delete', () => ['delete', `/api/admin/phases?id=${theirs.template}`]],
    ['a recipient', () => ['post', '/api/notifications', { userId: user(), subject: 'S', body: 'B' }]],
    ['a user of a key', () => ['post', '/api/api-keys', { name: 'K', userId: user() }]],
    ['a key to revoke', () => ['delete', `/api/api-keys/${theirs.key}`]],
    ['a POV of a request', () => ['post', '/api/feature-requests', { title: 'F', povId: theirs.pov }]],
    ['an owner of a request', () => ['post', '/api/support-requests', { title: 'F', ownerId: user() }]],
  ];

  it.each(asked)('%s', async (_, ask) => {
    const [method, path, body] = ask();
    const before = await rowCounts(app);
    const { status, body: problem } = await admin[method]<ProblemBody>(path, body);
    expect([400, 404]).toContain(status);
    expect(JSON.stringify(problem)).not.toMatch(/Theirs|Foreign|example\.com/);
    expect(await rowCounts(app)).toEqual(before);
  });

  it('so the other tenant is as it was, and so are we', async () => {
    const { body: foreign } = await stranger.get<{ name: string }>(`/api/admin/phases/${theirs.template}`);
    expect(foreign.name).toBe('Template Foreign');
    expect((await phasesOf(stranger, theirs.pov)).map(p => [p.id, p.name])).toEqual([[theirs.phase, 'Planning']]);
    expect((await stranger.get<Listed<{ revokedAt: null }>>('/api/api-keys')).body.items[0]!.revokedAt).toBeNull();
    expect((await admin.get<{ ownerId: string }>(`/api/povs/${mine.pov}`)).body).toMatchObject({
      ...{ ownerId: admin.userId, title: 'Ours', objective: null },
    });
  });

  it('nor is anybody of it an approver of a phase: its steps take roles alone', async () => {
    const { status } = await admin.post(`/api/povs/${mine.pov}/phases/${mine.phase}/submit`, {
      steps: [{ role: 'SALES_MANAGEMENT', assigneeIds: [user()] }],
    });
    const named = await inDatabase(app, 'select 1 from workflow_step s where s::text like $1', [`%${user()}%`]);
    expect([status < 500, named]).toEqual([true, []]);
  });
});

describe('[PLT-002] an id of another tenant in a query finds nothing', () => {
  it.each<[string, () => string]>([
    ['owner', () => `povs?ownerId=${other.users.admin}`],
    ['owner by filter', () => `povs?filter[ownerId]=${other.users.admin}`],
    ['member', () => `povs?member=${other.users.admin}`],
    ['audit by record', () => `admin/audit-logs?recordId=${theirs.pov}`],
    ['audit by user', () => `admin/audit-logs?userId=${other.users.admin}`],
    ['audit by filter', () => `admin/audit-logs?filter[recordId]=${theirs.pov}`],
    ['approvals by reference', () => `workflows/instances?filter[referenceId]=${theirs.phase}`],
    ['processes by entity', () => `processes?entityId=${theirs.pov}`],
    ['team members by user', () => `povs/${mine.pov}/team/members?filter[userId]=${other.users.admin}`],
    ['users by text', () => `admin/users?q=${other.users.admin}`],
    ['people by text', () => `people?q=${other.users.admin}`],
  ])('%s', async (_, path) => {
    const { status, body } = await admin.get<Listed<object>>(`/api/${path()}`);
    expect([status, body.items]).toEqual([200, []]);
    const wrong = await stranger.get<Listed<object>>(`/api/${path().replace(mine.pov, theirs.pov)}`);
    expect(wrong.status).toBe(200);
  });

  it('though some of them find what their own tenant asks for', async () => {
    const found = async (path: string): Promise<number> => (await stranger.get<Listed<object>>(path)).body.items.length;
    expect(await found(`/api/povs?ownerId=${other.users.admin}`)).toBe(1);
    expect(await found(`/api/admin/audit-logs?recordId=${theirs.pov}`)).toBeGreaterThan(0);
    expect(await found(`/api/processes?entityId=${theirs.pov}`)).toBe(1);
  });

  it('no endpoint takes a tenant but those for who is not signed in yet', () => {
    const takes = Object.entries(endpoints).filter(([, e]) =>
      [e.body, e.query, e.params].some(s => 'shape' in s && /tenant/i.test(Object.keys(s.shape as object).join())),
    );
    const providers = ['identityHook.receive', 'providerSignIn.choices', 'providerSignIn.start'];
    expect(takes.map(([name]) => name)).toEqual(['session.signIn', ...providers, 'password.requestReset']);
  });
});
