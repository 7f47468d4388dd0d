import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { openOrm, type Orm } from '../../../db/platform/orm.ts';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { client, type Client, type ProblemBody } from '../../kit/client.ts';
import { cloneDatabase, type TestDatabase } from '../../kit/database.ts';
import { bareTenant } from '../../kit/tenant.ts';
import { createTable, serveLoans } from './record.fixture.ts';

interface Loan {
  id: string;
  name: string;
  note: string | null;
  ownerId: string;
  priority: number;
  dueAt: string | null;
  version: number;
  createdBy: string;
}
interface Page {
  items: Loan[];
  total?: number;
  nextCursor: string | null;
}

let database: TestDatabase, orm: Orm, url: string, server: Server, tenantId: string;
let admin: Client, seller: Client, other: Client, reader: Client;
const path = '/api/test-loans';
const as = (role: string, tenant = tenantId, userId: string = randomUUID()): Client =>
  client(url, { 'X-As': `${tenant}/${userId}/${role}` }, { userId });
const made = async (by: Client, fields: object = {}): Promise<Loan> =>
  (await by.post<Loan>(path, { name: `Loan ${randomUUID()}`, ...fields })).body;

beforeAll(async () => {
  database = await cloneDatabase();
  orm = await openOrm(database.appUrl, 10);
  await createTable(database, orm);
  ({ url, server } = await serveLoans());
  tenantId = (await bareTenant()).id;
  [admin, seller, other, reader] = [as('admin'), as('seller'), as('seller'), as('reader')];
});
afterAll(async () => {
  server.close();
  server.closeAllConnections();
  await orm.close();
  await database.drop();
});

describe('a declared record', () => {
  it('[PLT-004] is created with its stamps, defaults and owner; the client sets none of the stamps', async () => {
    const { status, body, headers } = await seller.post<Loan>(path, {
      name: ' Projector ',
      dueAt: '2026-12-01T10:00:00+01:00',
      createdBy: randomUUID(),
    });
    expect(status).toBe(201);
    expect(headers.get('ETag')).toBe('"1"');
    expect(body).toMatchObject({
      name: 'Projector',
      note: null,
      ownerId: seller.userId,
      priority: 5,
      dueAt: '2026-12-01T09:00:00.000Z',
      version: 1,
      createdBy: seller.userId,
    });
    expect((await seller.get(`${path}/${body.id}`)).body).toEqual(body);
  });

  it('[PLT-047] is listed with filter, search, sort, pages and cursor', async () => {
    const tenant = as('admin', (await bareTenant()).id);
    for (let i = 1; i <= 5; i++)
      await made(tenant, { name: `Camera ${i}`, priority: i, note: i % 2 ? 'odd one' : null });
    const list = async (query: string): Promise<string[]> =>
      (await tenant.get<Page>(`${path}?${query}`)).body.items.map(l => l.name.slice(-1));
    expect(await list('')).toEqual(['1', '2', '3', '4', '5']);
    expect(await list('sort=-priority&pageSize=2')).toEqual(['5', '4']);
    expect(await list('filter[priority][gte]=4&sort=priority')).toEqual(['4', '5']);
    expect(await list('q=ODD')).toEqual(['1', '3', '5']);
    const first = (await tenant.get<Page>(`${path}?limit=3`)).body;
    expect(await list(`limit=3&cursor=${first.nextCursor}`)).toEqual(['4', '5']);
    expect((await tenant.get<ProblemBody>(`${path}?filter[secret]=1`)).body).toMatchObject({
      status: 400,
      errors: [{ pointer: '?filter[secret]' }],
    });
  });

  it('changes what a patch names, and empties what a put leaves out', async () => {
    const loan = await made(admin, { note: 'fragile', priority: 2 });
    const patched = (await admin.patch<Loan>(`${path}/${loan.id}`, { priority: 3 })).body;
    expect(patched).toMatchObject({ note: 'fragile', priority: 3, version: 2 });
    const put = (await admin.put<Loan>(`${path}/${loan.id}`, { name: loan.name, ownerId: loan.ownerId })).body;
    expect(put).toMatchObject({ note: null, priority: 5, version: 3 });
  });

  it('[PLT-059] writes nothing and tells nothing when a patch changes nothing', async () => {
    const loan = await made(admin);
    expect((await admin.patch<Loan>(`${path}/${loan.id}`, { name: loan.name })).body.version).toBe(1);
    expect(await readerOf(tenantId).rows(sql`select 1 from outbox_event where entity_id = ${loan.id}`)).toHaveLength(1);
  });

  it('[PLT-006] refuses stale versions: 409 in the body, 412 by If-Match, 428 where one is required', async () => {
    const loan = await made(admin),
      one = `${path}/${loan.id}`;
    await admin.patch(one, { priority: 2, version: 1 });
    expect((await admin.patch<ProblemBody>(one, { priority: 3, version: 1 })).body).toMatchObject({
      status: 409,
      code: 'stale-version',
    });
    expect((await admin.patch<ProblemBody>(one, { priority: 3 }, { 'If-Match': '"1"' })).status).toBe(412);
    expect((await admin.patch<Loan>(one, { priority: 3 }, { 'If-Match': '"2"' })).body.version).toBe(3);
    const strict = `/api/strict-loans/${loan.id}`;
    expect((await admin.patch<ProblemBody>(strict, { priority: 4 })).body).toMatchObject({
      status: 428,
      code: 'required-version',
    });
    expect((await admin.patch(strict, { priority: 4, version: 3 })).status).toBe(200);
  });

  it('[PLT-006] lets one of ten edits of the same version pass', async () => {
    const loan = await made(admin);
    const edits = await Promise.all(
      Array.from({ length: 10 }, (_, i) => admin.patch(`${path}/${loan.id}`, { note: `edit ${i}`, version: 1 })),
    );
    expect(edits.map(e => e.status).sort()).toEqual([200, ...Array<number>(9).fill(409)]);
  });

  it('[PLT-005] is deleted softly and restored by who may', async () => {
    const loan = await made(seller),
      one = `${path}/${loan.id}`;
    expect((await seller.delete(one)).status).toBe(403);
    expect((await admin.delete(one)).status).toBe(204);
    expect((await admin.get(one)).status).toBe(404);
    expect((await admin.delete(one)).status).toBe(404);
    expect(
      await readerOf(tenantId).rows(sql`select 1 from test_loan where id = ${loan.id} and deleted_at is not null`),
    ).toHaveLength(1);
    const gone = async (who: Client): Promise<boolean> =>
      (await who.get<Page>(`${path}?filter[deleted]=true`)).body.items.some(l => l.id === loan.id);
    expect([await gone(admin), await gone(reader)]).toEqual([true, false]);
    expect((await seller.post(`${one}/restore`)).status).toBe(403);
    expect((await admin.post<Loan>(`${one}/restore`)).body).toMatchObject({ id: loan.id, version: 3 });
    expect((await admin.post<Loan>(`${one}/restore`)).body.version).toBe(3);
    expect((await seller.get(one)).status).toBe(200);
  });

  it('[PLT-033] shows and counts only what the scope allows; what may be read but not changed is 403', async () => {
    const mine = await made(seller),
      theirs = await made(other);
    const { items, total } = (await seller.get<Page>(`${path}?pageSize=100`)).body;
    expect(items.map(l => l.id)).toContain(mine.id);
    expect([items.every(l => l.ownerId === seller.userId), total]).toEqual([true, items.length]);
    expect((await seller.get(`${path}/${theirs.id}`)).status).toBe(404);
    expect((await seller.get(`${path}/${theirs.id}/history`)).status).toBe(404);
    expect((await seller.patch(`${path}/${theirs.id}`, { priority: 1 })).status).toBe(404);
    expect((await as('editor').patch(`${path}/${theirs.id}`, { priority: 1 })).status).toBe(403);
    expect((await seller.patch(`${path}/${mine.id}`, { ownerId: other.userId })).status).toBe(403);
    expect((await reader.post(path, { name: 'No' })).status).toBe(403);
    expect((await as('admin', (await bareTenant()).id).get(`${path}/${mine.id}`)).status).toBe(404);
  });

  it('[PLT-064] tells its history, newest first', async () => {
    const loan = await made(admin, { note: 'old' });
    await admin.patch(`${path}/${loan.id}`, { note: 'new' });
    await admin.delete(`${path}/${loan.id}`);
    const { items } = (
      await admin.get<{ items: { action: string; by: string; changes: object[] }[] }>(`${path}/${loan.id}/history`)
    ).body;
    expect(items).toMatchObject([
      { action: 'DELETE', changes: [] },
      { action: 'UPDATE', by: 'admin', changes: [{ field: 'note', from: 'old', to: 'new' }] },
      { action: 'CREATE' },
    ]);
  });

  it('[PLT-066] tells what happened by events', async () => {
    const loan = await made(admin);
    await admin.patch(`${path}/${loan.id}`, { note: 'seen' });
    await admin.delete(`${path}/${loan.id}`);
    await admin.post(`${path}/${loan.id}/restore`);
    const told = await readerOf(tenantId).rows<{ name: string; summary: string }>(
      sql`select name, summary from outbox_event where entity_id = ${loan.id} order by id`,
    );
    expect(told.map(e => e.name.split('.').at(-1))).toEqual(['created', 'changed', 'deleted', 'restored']);
    expect(told[1]).toEqual({ name: 'crm.test-loan.changed', summary: `changed the test loan ${loan.name}` });
  });

  it('[PLT-053] is created once for one key, and the answer is the same', async () => {
    const key = { 'Idempotency-Key': randomUUID() },
      body = { name: `Once ${randomUUID()}` };
    const [first, second] = [await admin.post<Loan>(path, body, key), await admin.post<Loan>(path, body, key)];
    expect(second.body).toEqual(first.body);
    expect((await admin.post<ProblemBody>(path, { name: 'Other' }, key)).status).toBe(422);
  });

  it('[PLT-046] refuses with the reason of its own rule, a taken name, and wrong fields', async () => {
    const loan = await made(admin, { locked: true });
    expect((await admin.delete<ProblemBody>(`${path}/${loan.id}`)).body).toMatchObject({
      status: 409,
      error: 'The loan is locked',
    });
    expect((await admin.post<ProblemBody>(path, { name: loan.name })).body.error).toBe(
      'A record with this information already exists',
    );
    expect((await admin.post<ProblemBody>(path, { name: ' ', priority: 'high' })).body).toMatchObject({
      status: 400,
      error: 'Validation failed',
      errors: [{ pointer: '/name' }, { pointer: '/priority' }],
    });
    expect((await admin.patch(`${path}/nonsense`, {})).status).toBe(404);
  });
});
