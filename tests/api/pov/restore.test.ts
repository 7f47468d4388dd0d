import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { HistoryEntry } from '../../../domain/platform/record.ts';
import type { PhaseTemplate } from '../../../domain/pov/phase-template.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { makeTenant } from '../../kit/people.ts';
import {
  lifecycleOf,
  move,
  newPov,
  newTemplate,
  phasesOf,
  readPov,
  staffedPov,
  submit,
  type Listed,
} from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, sales: Client, readonly: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager] = [await app.as('admin'), await app.as('manager')];
  [sales, readonly] = [await app.as('sales'), await app.as('readonly')];
});
afterAll(() => app?.stop());

const deletedPovs = async (by: Client): Promise<string[]> =>
  (await by.get<Listed<Pov>>('/api/povs?filter[deleted]=true&pageSize=100')).body.items.map(p => p.id);
const historyOf = async (by: Client, path: string): Promise<HistoryEntry[]> =>
  (await by.get<{ items: HistoryEntry[] }>(`${path}/history`)).body.items;

describe('a deleted POV', () => {
  it('[PLT-005] comes back with what went with it, and goes on', async () => {
    const pov = await staffedPov(app, manager);
    const one = `/api/povs/${pov.id}`;
    const phase = (await phasesOf(manager, pov.id))[0]!;
    await manager.post(`${one}/phases/${phase.id}/milestones`, { name: 'Demo', dueDate: pov.endDate });
    await manager.post(`${one}/kpis`, { name: 'Latency', target: 200 });
    await manager.post(`${one}/phases`, { ...phase, name: 'Gone before', type: 'EXECUTION' });
    const early = (await phasesOf(manager, pov.id)).find(p => p.name === 'Gone before')!;
    expect((await manager.delete(`${one}/phases/${early.id}`)).status).toBe(200);
    await manager.post(`${one}/launch`);
    await app.settled();
    const before = await readPov(manager, pov.id);

    expect((await manager.delete(one)).status).toBe(200);
    await app.settled();
    expect((await manager.get(one)).status).toBe(404);
    expect(await lifecycleStatus(pov.id)).toBe('closed');

    expect((await admin.post<Pov>(`${one}/restore`)).body).toMatchObject({ id: pov.id, title: pov.title });
    await app.settled();
    const after = await readPov(manager, pov.id);
    const parts = (p: typeof before): unknown => ({
      phases: p.phases.map(h => h.name),
      milestones: p.milestones.map(m => m.name),
      kpis: p.kpis.map(k => k.name),
      members: p.team?.members.map(m => m.userId),
      launch: p.launch?.id,
    });
    expect(parts(after)).toEqual(parts(before));
    expect(after.phases.map(p => p.name)).not.toContain('Gone before');
    expect(after.activities[0]?.action).toBe('pov.restored');
    expect(await lifecycleOf(manager, pov.id)).toMatchObject({ status: 'waiting', closedAt: null, result: null });
    const launch = await manager.get(`/api/processes/launch-${after.launch!.id}`);
    expect(launch.body).toMatchObject({ status: 'waiting' });
    await restartedFollows(pov.id);
  });

  /** The process that was started again hears what happens next. */
  async function restartedFollows(povId: string): Promise<void> {
    expect((await move(manager, povId, 'LOST', 'Given up')).status).toBe(200);
    await app.settled();
    expect(await lifecycleOf(manager, povId)).toMatchObject({ status: 'closed', result: 'LOST' });
  }
  const lifecycleStatus = async (povId: string): Promise<string | undefined> =>
    (
      await readerOf(app.tenant.id).row<{ status: string }>(
        sql`select status from process where workflow_id = ${`pov-lifecycle-${povId}`}`,
      )
    )?.status;

  it('[PLT-005] that was lost comes back without its process; restoring twice changes nothing', async () => {
    const pov = await newPov(manager);
    await move(manager, pov.id, 'LOST', 'Given up');
    await app.settled();
    await manager.delete(`/api/povs/${pov.id}`);
    const first = await admin.post<Pov>(`/api/povs/${pov.id}/restore`);
    const second = await admin.post<Pov>(`/api/povs/${pov.id}/restore`);
    expect([first.status, second.status, second.body.version]).toEqual([200, 200, first.body.version]);
    await app.settled();
    expect(await lifecycleOf(manager, pov.id)).toMatchObject({ status: 'closed', result: 'LOST' });
  });

  it('[PLT-005] is listed and restored by administrators alone', async () => {
    const pov = await newPov(manager);
    await manager.delete(`/api/povs/${pov.id}`);
    expect(await deletedPovs(admin)).toContain(pov.id);
    expect(await deletedPovs(manager)).not.toContain(pov.id);
    for (const by of [manager, sales, readonly])
      expect((await by.post(`/api/povs/${pov.id}/restore`)).status).toBe(403);
    const elsewhere = await app.as('admin', await makeTenant());
    expect((await elsewhere.post(`/api/povs/${pov.id}/restore`)).status).toBe(404);
    expect((await admin.post(`/api/povs/${pov.id}/restore`)).status).toBe(200);
    expect(await deletedPovs(admin)).not.toContain(pov.id);
  });
});

describe('a deleted phase template', () => {
  const path = '/api/admin/phases';

  it('[PLT-005] is listed as deleted, and comes back', async () => {
    const template = await newTemplate(admin, ['Setup']);
    await admin.delete(`${path}/${template.id}`);
    const ids = async (query: string): Promise<string[]> =>
      (await admin.get<Listed<PhaseTemplate>>(`${path}?pageSize=100${query}`)).body.items.map(t => t.id);
    expect([await ids(''), await ids('&filter[deleted]=true')]).toEqual([
      expect.not.arrayContaining([template.id]),
      expect.arrayContaining([template.id]),
    ]);
    expect((await manager.post(`${path}/${template.id}/restore`)).status).toBe(403);
    expect((await admin.post<PhaseTemplate>(`${path}/${template.id}/restore`)).body).toMatchObject({
      id: template.id,
      workflow: template.workflow,
    });
    expect(await ids('')).toContain(template.id);
  });

  it('[PLT-005] does not take the default from the one that was chosen meanwhile', async () => {
    const old = await newTemplate(admin, ['Old'], { isDefault: true });
    await admin.delete(`${path}/${old.id}`);
    const chosen = await newTemplate(admin, ['New'], { isDefault: true });
    const restored = await admin.post<PhaseTemplate>(`${path}/${old.id}/restore`);
    expect(restored.body.isDefault).toBe(false);
    expect((await admin.get<PhaseTemplate>(`${path}/${chosen.id}`)).body.isDefault).toBe(true);
  });
});

describe('the history of a record', () => {
  it('[PLT-064] of a POV: who changed which field, newest first, for those who may read it', async () => {
    const pov = await newPov(manager);
    await manager.patch(`/api/povs/${pov.id}`, { title: 'Acme II', revenue: '100' });
    const items = await historyOf(manager, `/api/povs/${pov.id}`);
    expect(items).toMatchObject([{ action: 'UPDATE' }, { action: 'CREATE' }]);
    expect(items[0]?.changes).toContainEqual({ field: 'title', from: 'Acme', to: 'Acme II' });
    expect((await readonly.get(`/api/povs/${pov.id}/history`)).status).toBe(200);
    expect((await sales.get(`/api/povs/${pov.id}/history`)).status).toBe(404);
  });

  it('[PLT-064] of a phase template and of a user, for administrators', async () => {
    const template = await newTemplate(admin, ['Setup']);
    await admin.patch(`/api/admin/phases/${template.id}`, { description: 'New' });
    expect((await historyOf(admin, `/api/admin/phases/${template.id}`))[0]).toMatchObject({
      action: 'UPDATE',
      changes: [{ field: 'description', to: 'New' }],
    });
    const userId = app.tenant.users.readonly;
    await admin.patch(`/api/admin/users/${userId}`, { fullName: 'Rita Reader', password: 'Another-long-one-1' });
    const [newest] = await historyOf(admin, `/api/admin/users/${userId}`);
    expect(newest?.changes).toEqual([expect.objectContaining({ field: 'fullName', to: 'Rita Reader' })]);
    for (const one of [`/api/admin/phases/${template.id}`, `/api/admin/users/${userId}`])
      expect((await manager.get(`${one}/history`)).status).toBe(403);
  });

  it('[PLT-064] of an approval, for those who may read it', async () => {
    const pov = await staffedPov(app, manager);
    await manager.post(`/api/povs/${pov.id}/launch`);
    const { body: instance } = await submit(manager, pov.id, (await phasesOf(manager, pov.id))[0]!.id);
    if (!instance.id) throw new Error(JSON.stringify(instance));
    const path = `/api/workflows/instances/${instance.id}`;
    await manager.post(`${path}/cancel`, { reason: 'No longer needed' });
    const items = await historyOf(manager, path);
    expect(items.at(-1)).toMatchObject({ action: 'CREATE' });
    expect(items.flatMap(i => i.changes)).toContainEqual(expect.objectContaining({ field: 'status', to: 'cancelled' }));
    expect((await (await app.as('admin', await makeTenant())).get(`${path}/history`)).status).toBe(404);
  });
});
