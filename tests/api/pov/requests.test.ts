import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { HistoryEntry } from '../../../domain/platform/record.ts';
import type { FeatureRequest } from '../../../domain/pov/request/feature-request.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import type { SupportRequest } from '../../../domain/pov/request/support-request.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { makeTenant } from '../../kit/people.ts';
import { join, newPov, readPov, type Listed } from '../../kit/pov.fixture.ts';

const features = '/api/feature-requests',
  supports = '/api/support-requests';

let app: App, admin: Client, manager: Client, member: Client, outsider: Client, readonly: Client;
let pov: Pov;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  [admin, manager, member] = [await app.as('admin'), await app.as('manager'), await app.as('sales')];
  [outsider, readonly] = [await app.as('sales2'), await app.as('readonly')];
  pov = await newPov(manager);
  await join(manager, pov.id, app.tenant.users.sales, 'TECHNICAL_TEAM');
});
afterAll(() => app?.stop());

const made = async <T = FeatureRequest>(by: Client, path: string, more: object = {}): Promise<T> =>
  (await by.post<T>(path, { title: `Request ${randomUUID()}`, ...more })).body;
const idsOf = async (by: Client, query: string): Promise<string[]> =>
  (await by.get<Listed<{ id: string }>>(query)).body.items.map(i => i.id);

describe('requests of their own', () => {
  it('[POV-008] a feature request is created with its defaults and changed field by field', async () => {
    const { status, body } = await member.post<FeatureRequest>(features, { title: ' Dark mode ', requestedBy: 'Ann' });
    expect([status, body]).toMatchObject([
      201,
      {
        ...{ title: 'Dark mode', description: null, status: 'open', priority: 'normal', povId: null },
        ...{ requestedBy: 'Ann', ownerId: app.tenant.users.sales, version: 1 },
      },
    ]);
    const one = `${features}/${body.id}`;
    const patched = await member.patch<FeatureRequest>(one, { status: 'planned', priority: 'high', version: 1 });
    expect(patched.body).toMatchObject({ status: 'planned', priority: 'high', requestedBy: 'Ann', version: 2 });
    expect((await member.patch(one, { status: 'done', version: 1 })).status).toBe(409);
    const put = await member.put<FeatureRequest>(one, { title: 'Dark mode' });
    expect(put.body).toMatchObject({ status: 'open', requestedBy: null, ownerId: app.tenant.users.sales });
  });

  it('[POV-008] a support request has a severity from 1 to 4 and may be due', async () => {
    const due = '2026-12-01T17:00:00.000Z';
    const body = await made<SupportRequest>(member, supports, { severity: 1, dueAt: due });
    expect(body).toMatchObject({ status: 'open', severity: 1, dueAt: due, povId: null });
    const wrong = await member.post<ProblemBody>(supports, { title: 'x', severity: 5, status: 'gone' });
    expect(wrong.body).toMatchObject({ status: 400, errors: [{ pointer: '/status' }, { pointer: '/severity' }] });
  });

  it('[POV-008] they are listed with filter, search, sort, pages and cursor', async () => {
    const word = randomUUID();
    const [a, b, c] = [
      await made(manager, features, { title: `A ${word}`, priority: 'high' }),
      await made(manager, features, { title: `B ${word}`, description: '100% sure' }),
      await made(manager, features, { title: `C ${word}`, status: 'done', povId: pov.id }),
    ];
    const found = (query: string): Promise<string[]> => idsOf(manager, `${features}?q=${word}&${query}`);
    expect(await found('sort=title')).toEqual([a.id, b.id, c.id]);
    expect(await found('filter[status][in]=done,planned')).toEqual([c.id]);
    expect(await found(`filter[povId]=${pov.id}`)).toEqual([c.id]);
    expect(await found('sort=-title&pageSize=2')).toEqual([c.id, b.id]);
    expect(await idsOf(manager, `${features}?q=${encodeURIComponent('100% s')}`)).toEqual([b.id]);
    const first = await manager.get<{ nextCursor: string }>(`${features}?q=${word}&sort=title&limit=2`);
    expect(await found(`sort=title&limit=2&cursor=${first.body.nextCursor}`)).toEqual([c.id]);
  });

  it('is given only to people who are there', async () => {
    const stranger = (await makeTenant()).users.sales;
    for (const ownerId of [randomUUID(), stranger]) {
      const { body } = await manager.post<ProblemBody>(features, { title: 'x', ownerId });
      expect(body).toMatchObject({ status: 400, errors: [{ pointer: '/ownerId' }] });
    }
    expect(await made(manager, features, { ownerId: app.tenant.users.sales })).toMatchObject({
      ownerId: app.tenant.users.sales,
    });
  });
});

describe('requests linked to a POV', () => {
  it('[POV-008] are listed when the POV is read; its own JSON fields stay as they are', async () => {
    const mine = await newPov(manager, { featureRequests: ['an old note'] });
    const feature = await made(manager, features, { povId: mine.id });
    const support = await made<SupportRequest>(manager, supports, { povId: mine.id, dueAt: '2026-12-01' });
    const unlinked = await made(manager, features);
    const read = await readPov(manager, mine.id);
    expect(read.linkedFeatureRequests).toEqual([feature]);
    expect(read.linkedSupportRequests).toEqual([support]);
    expect(read).toMatchObject({ featureRequests: ['an old note'], supportTickets: null });
    await manager.patch(`${features}/${unlinked.id}`, { povId: mine.id });
    await manager.delete(`${features}/${feature.id}`);
    expect((await readPov(manager, mine.id)).linkedFeatureRequests.map(r => r.id)).toEqual([unlinked.id]);
  });

  it('[POV-008] are read and changed by the team of the POV, and by nobody else of its role', async () => {
    const linked = await made(manager, features, { povId: pov.id });
    const one = `${features}/${linked.id}`;
    expect((await member.get(one)).status).toBe(200);
    expect((await member.patch(one, { status: 'planned' })).status).toBe(200);
    expect((await readonly.get(one)).status).toBe(200);
    expect((await readonly.patch(one, { status: 'done' })).status).toBe(403);
    for (const answer of [
      await outsider.get(one),
      await outsider.get(`${one}/history`),
      await outsider.patch(one, { status: 'done' }),
      await outsider.put(one, { title: 'Mine now' }),
    ])
      expect(answer.status).toBe(404);
    expect(await idsOf(outsider, `${features}?pageSize=100`)).not.toContain(linked.id);
    expect(await idsOf(member, `${features}?pageSize=100`)).toContain(linked.id);
    const outside = await app.as('admin', await makeTenant());
    expect((await outside.get(one)).status).toBe(404);
  });

  it('[POV-008] cannot be linked to a POV that the user may not read, whoever owns them', async () => {
    for (const povId of [pov.id, randomUUID(), (await gone()).id])
      expect((await outsider.post(features, { title: 'Into it', povId })).status).toBe(404);
    const own = await made(outsider, features);
    expect((await outsider.patch(`${features}/${own.id}`, { povId: pov.id })).status).toBe(404);
    await manager.patch(`${features}/${own.id}`, { povId: pov.id });
    expect((await outsider.get(`${features}/${own.id}`)).status).toBe(404);
    expect(await idsOf(outsider, `${features}?pageSize=100`)).not.toContain(own.id);
  });

  it('[PLT-T2] are deleted and restored by managers, not by salespeople', async () => {
    const linked = await made(member, supports, { povId: pov.id });
    const one = `${supports}/${linked.id}`;
    expect((await member.delete(one)).status).toBe(403);
    expect((await manager.delete(one)).status).toBe(204);
    expect(await idsOf(manager, `${supports}?filter[deleted]=true&filter[povId]=${pov.id}`)).toContain(linked.id);
    expect((await member.post(`${one}/restore`)).status).toBe(403);
    expect((await manager.post(`${one}/restore`)).status).toBe(200);
    expect((await member.get(one)).status).toBe(200);
  });

  it('[POV-008] go with the POV, cannot come back before it, and come back with it', async () => {
    const mine = await newPov(manager);
    const linked = await made(manager, features, { povId: mine.id });
    await manager.delete(`/api/povs/${mine.id}`);
    expect((await manager.get(`${features}/${linked.id}`)).status).toBe(404);
    expect((await manager.post(`${features}/${linked.id}/restore`)).status).toBe(409);
    await admin.post(`/api/povs/${mine.id}/restore`);
    expect((await manager.get<FeatureRequest>(`${features}/${linked.id}`)).body.povId).toBe(mine.id);
  });

  it('[PLT-064] tell their history and their events, in the story of the POV', async () => {
    const mine = await newPov(manager);
    await join(manager, mine.id, app.tenant.users.sales, 'TECHNICAL_TEAM');
    const linked = await made(manager, features, { povId: mine.id });
    await manager.patch(`${features}/${linked.id}`, { status: 'planned' });
    const { items } = (await manager.get<{ items: HistoryEntry[] }>(`${features}/${linked.id}/history`)).body;
    expect(items).toMatchObject([
      { action: 'UPDATE', changes: [{ field: 'status', from: 'open', to: 'planned' }] },
      { action: 'CREATE' },
    ]);
    const changed = `changed the feature request ${linked.title}`;
    await until('the change is told', async () => (await storyOf(mine.id)).includes(changed));
  });
});

async function gone(): Promise<Pov> {
  const deleted = await newPov(manager);
  await manager.delete(`/api/povs/${deleted.id}`);
  return deleted;
}

async function storyOf(povId: string): Promise<string[]> {
  const { body } = await member.get<Listed<{ summary: string }>>(`/api/events?storyId=${povId}&newest=true`);
  return body.items.map(e => e.summary);
}
