import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { systemActor } from '../../../activities/platform/system-actor.ts';
import { run } from '../../../activities/platform/verb.ts';
import { seedPhaseTemplates } from '../../../activities/pov/phase-template/seed-phase-templates.ts';
import type { Phase } from '../../../domain/pov/phase.ts';
import type { PhaseTemplate, PhaseTemplateUsage } from '../../../domain/pov/phase-template.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newPov, newTemplate, phasesOf, type Listed } from '../../kit/pov.fixture.ts';

const path = '/api/admin/phases';
let app: App, admin: Client, manager: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
});
afterAll(() => app?.stop());

const list = async (): Promise<PhaseTemplateUsage[]> =>
  (await admin.get<Listed<PhaseTemplateUsage>>(`${path}?pageSize=100`)).body.items;

describe('phase templates', () => {
  it('[POV-071] a fresh tenant has Standard POV as its default', async () => {
    expect(await run(seedPhaseTemplates, {}, { actor: systemActor(app.tenant.id) })).toEqual({ seeded: true });
    expect(await run(seedPhaseTemplates, {}, { actor: systemActor(app.tenant.id) })).toEqual({ seeded: false });
    const [standard] = await list();
    expect(standard).toMatchObject({ name: 'Standard POV', isDefault: true });
    expect(standard!.workflow.map(p => p.name)).toEqual(['Initiation', 'Setup', 'Execution', 'Validation', 'Closeout']);
    expect(standard!.workflow[0]).toMatchObject({
      type: 'PLANNING',
      details: {
        scope: '',
        roles: '',
        dependencies: '',
        useCases: '',
        valueCriteria: '',
        competitiveAssessment: '',
        customerSignoff: false,
      },
    });
  });

  it('[POV-062] are created with their stages, not as the default', async () => {
    const { status, body } = await admin.post<PhaseTemplate>(path, {
      name: 'Plain',
      type: 'PLANNING',
      workflow: [{ name: 'Only', type: 'REVIEW', details: { scope: 'x' } }],
    });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      isDefault: false,
      workflow: [{ name: 'Only', type: 'REVIEW', description: null, details: { scope: 'x' } }],
    });
    expect((await admin.post<PhaseTemplate>(path, { name: 'Bare' })).body).toMatchObject({
      isDefault: false,
      workflow: [],
    });
    expect((await admin.post(path, { name: 'Wrong', workflow: [{ name: 'x', type: 'PARTY' }] })).status).toBe(400);
  });

  it('[POV-066] have one default at most', async () => {
    const a = await newTemplate(admin, ['A'], { isDefault: true });
    const b = await newTemplate(admin, ['B']);
    await admin.put(path, { id: b.id, isDefault: true });
    expect((await list()).filter(t => t.isDefault).map(t => t.id)).toEqual([b.id]);
    await Promise.all([a, b].map(t => admin.patch(`${path}/${t.id}`, { isDefault: true })));
    expect((await list()).filter(t => t.isDefault)).toHaveLength(1);
    const { body } = await manager.get<Listed<PhaseTemplate>>('/api/phase-templates');
    expect(body.items[0]!.isDefault).toBe(true);
  });

  it('[POV-067] are listed by name, with the phases made from them', async () => {
    const template = await newTemplate(admin, ['First', 'Second'], { name: 'Used' });
    const pov = await newPov(manager, { title: 'User', templateId: template.id });
    const names = (await list()).map(t => t.name);
    expect(names).toEqual([...names].sort((x, y) => x.localeCompare(y)));
    const used = (await list()).find(t => t.id === template.id)!;
    expect(used.phases).toEqual(
      ['First', 'Second'].map(name => ({
        id: expect.any(String),
        name,
        type: 'EXECUTION',
        pov: { id: pov.id, title: 'User', status: 'PROJECTED' },
      })),
    );
  });

  it('[POV-067] show the newest of many phases made from them, and how many there are', async () => {
    const template = await newTemplate(admin, Array.from({ length: 30 }, (_, i) => `P${i}`), { name: 'Popular' });
    const [newer] = [
      await newPov(manager, { title: 'Newer', templateId: template.id }),
      await newPov(manager, { title: 'Older', templateId: template.id }),
    ];
    await inDatabase(app, `update phase set created_at = created_at + interval '1 day' where pov_id = $1`, [newer.id]);
    const used = (await list()).find(t => t.id === template.id)!;
    expect([used.usageCount, used.phases.length]).toEqual([60, 50]);
    expect(used.phases.map(p => p.pov.title)).toEqual([...Array(30).fill('Newer'), ...Array(20).fill('Older')]);
  });

  it('[POV-067] [POV-069] are changed and deleted by id in body or query, and by path', async () => {
    const { id } = await newTemplate(admin, ['X']);
    expect((await admin.put<PhaseTemplate>(path, { id, name: 'Renamed' })).body).toMatchObject({
      name: 'Renamed',
      workflow: [{ name: 'X' }],
    });
    expect(
      (await admin.put<PhaseTemplate>(`${path}/${id}`, { name: 'Again', phases: [{ name: 'Y', type: 'REVIEW' }] }))
        .body,
    ).toMatchObject({ name: 'Again', workflow: [{ name: 'Y' }] });
    expect((await admin.get<PhaseTemplateUsage>(`${path}/${id}`)).body).toMatchObject({ name: 'Again', phases: [] });
    expect((await admin.delete(`${path}?id=${id}`)).status).toBe(200);
    expect((await admin.get(`${path}/${id}`)).status).toBe(404);
    const other = await newTemplate(admin, ['Z']);
    expect((await admin.delete(`${path}/${other.id}`)).status).toBe(200);
    expect((await admin.delete(`${path}/${other.id}`)).status).toBe(404);
    expect((await admin.delete(path)).status).toBe(400);
  });

  it('[POV-063] [POV-064] [POV-069] are applied to a POV: orders from 0, spread over its dates', async () => {
    const names = ['P0', 'P1', 'P2', 'P3', 'P4'];
    const workflow = names.map(name => ({ name, type: 'EXECUTION', description: `What ${name} is for` }));
    const template = await newTemplate(admin, names, { workflow });
    const pov = await newPov(manager);
    const { status, body } = await manager.post<{ items: Phase[] }>(
      `/api/povs/${pov.id}/phases/apply-template`,
      { templateId: template.id },
    );
    expect(status).toBe(201);
    expect(body.items.map(p => [p.order, p.name, p.type, p.description])).toEqual(
      names.map((name, i) => [i, name, 'EXECUTION', `What ${name} is for`]),
    );
    const added = (await phasesOf(manager, pov.id)).filter(p => p.templateId === template.id);
    expect(added.map(p => (Date.parse(p.endDate) - Date.parse(p.startDate)) / 86_400_000)).toEqual([
      10, 10, 10, 10, 10,
    ]);
    expect(added.slice(1).map(p => p.startDate)).toEqual(added.slice(0, -1).map(p => p.endDate));
    const twice = await manager.post<{ items: { order: number }[] }>(`/api/povs/${pov.id}/phases/apply-template`, {
      templateId: template.id,
    });
    expect(twice.body.items.map(p => p.order)).toEqual([5, 6, 7, 8, 9]);
  });

  it('[POV-065] an unknown one is not found', async () => {
    const pov = await newPov(manager);
    const { status, body } = await manager.post<ProblemBody>(`/api/povs/${pov.id}/phases/apply-template`, {
      templateId: pov.id,
    });
    expect([status, body.error]).toEqual([404, 'Template not found']);
    expect((await admin.put<ProblemBody>(path, { id: pov.id, name: 'x' })).status).toBe(404);
  });

  it('[POV-068] are for admins; those who make POVs only choose one', async () => {
    const template = await newTemplate(admin, ['Mine']);
    const by = async (name: string): Promise<number[]> => {
      const who = await app.as(name);
      return [
        (await who.get(path)).status,
        (await who.post(path, { name: 'x' })).status,
        (await who.put(path, { id: template.id, name: 'y' })).status,
        (await who.delete(`${path}?id=018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01`)).status,
        (await who.get('/api/phase-templates')).status,
      ];
    };
    expect(await by('admin')).toEqual([200, 201, 200, 404, 200]);
    expect(await by('superadmin')).toEqual([200, 201, 200, 404, 200]);
    expect(await by('manager')).toEqual([403, 403, 403, 403, 200]);
    expect(await by('sales')).toEqual([403, 403, 403, 403, 200]);
    expect(await by('accounting')).toEqual([403, 403, 403, 403, 403]);
    const anonymous = await app.anonymous.get<ProblemBody>(path);
    expect([anonymous.status, anonymous.body.error]).toEqual([401, 'Unauthorized']);
  });
});
