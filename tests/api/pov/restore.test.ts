import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readerOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import type { History, HistoryEntry } from '../../../domain/platform/record.ts';
import type { PhaseTemplate } from '../../../domain/pov/phase-template.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { jobIs } from '../../kit/job/jobs.fixture.ts';
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

  it('[PLT-005] is listed and restored by who may delete one, and by nobody else', async () => {
    const pov = await newPov(manager);
    await manager.delete(`/api/povs/${pov.id}`);
    for (const by of [admin, manager]) expect(await deletedPovs(by)).toContain(pov.id);
    for (const by of [sales, readonly]) {
      expect(await deletedPovs(by)).not.toContain(pov.id);
      expect((await by.post(`/api/povs/${pov.id}/restore`)).status).toBe(403);
    }
    const elsewhere = await app.as('admin', await makeTenant());
    expect((await elsewhere.post(`/api/povs/${pov.id}/restore`)).status).toBe(404);
    expect((await manager.post(`/api/povs/${pov.id}/restore`)).status).toBe(200);
    expect(await deletedPovs(admin)).not.toContain(pov.id);
  });

  it('[CRM-118] of many at once is taken back by who asked for it, with all that went with each', async () => {
    const made = [await newPov(manager), await newPov(manager)];
    const { body: job } = await manager.post<Job>('/api/povs/bulk', { action: 'delete', ids: made.map(p => p.id) });
    expect((await jobIs(manager, job.id, 'completed', 'failed')).counts).toEqual({ deleted: 2 });
    expect((await manager.get(`/api/povs/${made[0]!.id}`)).status).toBe(404);
    expect((await manager.post(`/api/jobs/${job.id}/undo`)).status).toBe(200);
    expect((await jobIs(manager, job.id, 'completed', 'failed')).counts).toEqual({ undone: 2 });
    await app.settled();
    for (const { id } of made) expect((await readPov(manager, id)).phases).toHaveLength(1);
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

describe('a deleted part of a POV', () => {
  interface Deleted { id: string; type: string; title: string; partOf: string | null; restore: string }
  type DeletedList = Listed<Deleted> & { types: { type: string; total: number }[] };
  const deleted = async (by: Client, query: string): Promise<DeletedList> =>
    (await by.get<DeletedList>(`/api/deleted-records?pageSize=100${query}`)).body;

  it('[PLT-005] is found with who deleted it, and comes back where it breaks no sequence', async () => {
    const pov = await staffedPov(app, manager);
    const one = `/api/povs/${pov.id}`;
    const [first] = await phasesOf(manager, pov.id);
    const later = { ...first, name: 'Second', order: 1 };
    const { body: second } = await manager.post<{ id: string }>(`${one}/phases`, later);
    const { body: goal } = await manager.post<{ id: string }>(`${one}/phases/${first!.id}/milestones`, {
      ...{ name: 'Goal', dueDate: pov.endDate },
    });
    const { body: kpi } = await manager.post<{ id: string }>(`${one}/kpis`, { name: 'Latency', target: 200 });
    expect((await manager.delete(`${one}/kpis/${kpi.id}`)).status).toBe(200);
    expect((await manager.delete(`${one}/phases/${first!.id}`)).status).toBe(200);
    await move(manager, pov.id, 'IN_PROGRESS');
    await app.settled();
    expect(await phasesOf(manager, pov.id)).toMatchObject([{ id: second.id, status: 'IN_PROGRESS' }]);

    const found = (await deleted(admin, '&filter[type][in]=phase,milestone,kpi')).items;
    const ours = found.filter(d => d.partOf === pov.title && [first!.id, goal.id, kpi.id].includes(d.id));
    expect(ours.map(d => d.type).sort()).toEqual(['kpi', 'phase']);
    const who = { deletedBy: app.tenant.users.manager, deletedByName: expect.any(String) };
    for (const row of ours) {
      expect(row).toMatchObject(who);
      expect((await sales.post(row.restore)).status).toBe(403);
      expect((await manager.post(row.restore)).status).toBe(200);
      expect((await admin.post(row.restore)).status).toBe(200);
    }
    await app.settled();
    const after = await readPov(manager, pov.id);
    expect(after.phases.map(p => [p.name, p.status])).toEqual([
      ['Second', 'IN_PROGRESS'], [first!.name, 'NOT_STARTED'],
    ]);
    expect([after.milestones.map(m => m.name), after.kpis.map(k => k.name)]).toEqual([['Goal'], ['Latency']]);
    expect((await deleted(admin, '')).items.map(d => d.id)).not.toContain(first!.id);
  });

  it('[PLT-005] stays away from a POV that has ended, and a milestone from a phase that is gone', async () => {
    const pov = await newPov(manager);
    const one = `/api/povs/${pov.id}`;
    const [phase] = await phasesOf(manager, pov.id);
    const path = `${one}/phases/${phase!.id}/milestones`;
    const { body: goal } = await manager.post<{ id: string }>(path, { name: 'Goal', dueDate: pov.endDate });
    await manager.delete(`${path}/${goal.id}`);
    await manager.delete(`${one}/phases/${phase!.id}`);
    const early = await admin.post<{ detail: string }>(`${path}/${goal.id}/restore`);
    expect([early.status, early.body.detail]).toEqual([409, expect.stringContaining('restore that first')]);
    expect((await admin.post(`${one}/phases/${phase!.id}/restore`)).status).toBe(200);
    // It had been deleted by itself.
    expect((await readPov(manager, pov.id)).milestones).toEqual([]);
    await manager.delete(`${one}/phases/${phase!.id}`);
    await move(manager, pov.id, 'LOST', 'Given up');
    const late = await admin.post<{ detail: string }>(`${one}/phases/${phase!.id}/restore`);
    expect([late.status, late.body.detail]).toEqual([409, `${pov.title} is lost: it stays as it ended`]);
  });

  it('[PLT-005] is listed among all that is deleted for who may restore it, and for nobody else', async () => {
    const { body: tag } = await admin.post<{ id: string }>('/api/tags', { name: 'Gone tag' });
    await admin.delete(`/api/tags/${tag.id}`);
    const pov = await newPov(manager, { title: 'Gone POV' });
    await manager.delete(`/api/povs/${pov.id}`);
    const all = await deleted(admin, '&q=gone');
    expect(all.items.map(d => [d.type, d.title])).toEqual(expect.arrayContaining([
      ['tag', 'Gone tag'], ['pov', 'Gone POV'],
    ]));
    expect(all.types).toEqual(expect.arrayContaining([{ type: 'tag', total: expect.any(Number) }]));
    const seen = async (by: Client): Promise<string[]> => (await deleted(by, '')).items.map(d => d.type);
    expect(await seen(manager)).toContain('pov');
    expect(await seen(sales)).not.toContain('pov');
    expect(await seen(readonly)).toEqual([]);
    expect(await seen(await app.as('admin', await makeTenant()))).toEqual([]);
    const { restore } = all.items.find(d => d.id === tag.id)!;
    expect((await admin.post(restore)).status).toBe(200);
    expect((await deleted(admin, '&q=gone')).items.map(d => d.title)).not.toContain('Gone tag');
  });
});

describe('the history of a record', () => {
  it('[PLT-064] of a POV has that of its phases, milestones, KPIs and blockers, with their names', async () => {
    const pov = await newPov(manager, { blockers: ['VPN'] });
    const one = `/api/povs/${pov.id}`;
    const [phase] = await phasesOf(manager, pov.id);
    await manager.patch(`${one}/phases/${phase!.id}`, { description: 'New' });
    const goals = `${one}/phases/${phase!.id}/milestones`;
    const { body: goal } = await manager.post<{ id: string }>(goals, { name: 'Goal', dueDate: pov.endDate });
    await manager.delete(`${goals}/${goal.id}`);
    await admin.post(`${goals}/${goal.id}/restore`);
    const { body: kpi } = await manager.post<{ id: string }>(`${one}/kpis`, { name: 'Latency', target: 200 });
    await manager.patch(`${one}/kpis/${kpi.id}`, { current: 180 });
    await manager.patch(one, { blockers: [{ title: 'VPN', resolved: true }] });
    const items = await historyOf(manager, one);
    const ofPart = (kind: string): unknown[] =>
      items.filter(i => i.part?.kind === kind).map(i => [i.part!.name, i.action]).reverse();
    expect(ofPart('phase')).toEqual([[phase!.name, 'CREATE'], [phase!.name, 'UPDATE']]);
    expect(ofPart('milestone')).toEqual([['Goal', 'CREATE'], ['Goal', 'DELETE'], ['Goal', 'RESTORE']]);
    expect(ofPart('kpi')).toEqual([['Latency', 'CREATE'], ['Latency', 'UPDATE']]);
    expect(items[0]?.changes).toEqual([
      { field: 'blockers', of: 'VPN', from: 'VPN', to: { title: 'VPN', resolved: true } },
    ]);
  });

  it('[PLT-064] of a POV: who changed which field, newest first, for those who may read it', async () => {
    const pov = await newPov(manager);
    await manager.patch(`/api/povs/${pov.id}`, { title: 'Acme II', revenue: '100' });
    const items = await historyOf(manager, `/api/povs/${pov.id}`);
    const [first, ...rest] = items.filter(i => !i.part);
    expect([first, ...rest]).toMatchObject([{ action: 'UPDATE' }, { action: 'CREATE' }]);
    expect(items[0]?.changes).toContainEqual({ field: 'title', from: 'Acme', to: 'Acme II' });
    expect((await readonly.get(`/api/povs/${pov.id}/history`)).status).toBe(200);
    expect((await sales.get(`/api/povs/${pov.id}/history`)).status).toBe(404);
  });

  it('[PLT-064] of a POV says how many changes there are beside the newest 500', async () => {
    const { id } = await newPov(manager);
    const history = async () => (await manager.get<History>(`/api/povs/${id}/history`)).body;
    const { items, total } = await history();
    expect(total).toBe(items.length);
    await inDatabase(app, `insert into audit_log
      select (jsonb_populate_record(a, jsonb_build_object('id', uuidv7()))).* from audit_log a, generate_series(1, 500)
      where record_id = $1 and action = 'CREATE' and table_name = 'pov'`, [id]);
    const many = await history();
    expect([many.items.length, many.total]).toEqual([500, items.length + 500]);
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
