import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Phase } from '../../../domain/pov/phase.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { fiftyDays, lifecycleOf, move, newPov, phasesOf } from '../../kit/pov.fixture.ts';

let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  manager = await app.as('manager');
});
afterAll(() => app?.stop());

const newPhase = (povId: string, body: object): Promise<{ status: number; body: Phase }> =>
  manager.post<Phase>(`/api/povs/${povId}/phases`, { name: 'Setup', type: 'EXECUTION', ...fiftyDays, ...body });

describe('phases', () => {
  it('[POV-025] [POV-027] are created with name, type, order and dates, not started', async () => {
    const pov = await newPov(manager);
    const { status, body } = await newPhase(pov.id, { type: 'PLANNING', order: 4, description: 'd' });
    expect(status).toBe(201);
    expect(body).toMatchObject({
      name: 'Setup',
      type: 'PLANNING',
      order: 4,
      status: 'NOT_STARTED',
      description: 'd',
      povId: pov.id,
      templateId: null,
    });
    expect((await newPhase(pov.id, {})).body.order).toBe(5);
    expect((await newPhase(pov.id, { type: 'PARTY' })).status).toBe(400);
    expect((await newPhase(pov.id, { endDate: '2020-01-01' })).status).toBe(400);
  });

  it('[POV-026] refuse any other status', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    expect((await manager.patch(`/api/povs/${pov.id}/phases/${phase!.id}`, { status: 'DONE' })).status).toBe(400);
  });

  it('[POV-031] are read, replaced, changed and deleted', async () => {
    const pov = await newPov(manager);
    const { body: phase } = await newPhase(pov.id, { description: 'old', details: { scope: 'A' } });
    const path = `/api/povs/${pov.id}/phases/${phase.id}`;
    expect((await manager.get<Phase>(path)).body.name).toBe('Setup');
    expect((await manager.patch<Phase>(path, { name: 'Install' })).body).toMatchObject({
      name: 'Install',
      description: 'old',
      details: { scope: 'A' },
    });
    const replaced = await manager.put<Phase>(path, { name: 'Build', type: 'REVIEW', ...fiftyDays });
    expect(replaced.body).toMatchObject({ name: 'Build', type: 'REVIEW', description: null, details: null });
    expect((await manager.delete(path)).status).toBe(200);
    expect((await manager.get(path)).status).toBe(404);
    const other = await newPov(manager);
    const [foreign] = await phasesOf(manager, other.id);
    expect((await manager.get(`/api/povs/${pov.id}/phases/${foreign!.id}`)).status).toBe(404);
  });

  it('[POV-031] swap their orders', async () => {
    const pov = await newPov(manager);
    const [planning] = await phasesOf(manager, pov.id);
    const { body: second } = await newPhase(pov.id, { name: 'Second' });
    expect([planning!.order, second.order]).toEqual([0, 1]);
    const { status } = await manager.post(`/api/povs/${pov.id}/phases/reorder`, {
      phaseIds: [second.id, planning!.id],
    });
    expect(status).toBe(200);
    expect((await phasesOf(manager, pov.id)).map(p => [p.name, p.order])).toEqual([
      ['Second', 0],
      ['Planning', 1],
    ]);
    expect((await manager.post(`/api/povs/${pov.id}/phases/reorder`, { phaseIds: [pov.id] })).status).toBe(400);
  });

  it('[POV-033] keep their progress in the details', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}`;
    const { body } = await manager.patch<Phase>(path, { details: { metadata: { progress: 40 } } });
    expect(body.progress).toBe(40);
    expect(body.details).toEqual({
      tasks: [],
      metadata: { status: 'NOT_STARTED', progress: 40, notes: 'Initial planning phase for POV' },
    });
    expect((await manager.patch<Phase>(path, { progress: 60 })).body.progress).toBe(60);
    expect((await manager.patch(path, { progress: 101 })).status).toBe(400);
  });

  it('[POV-028] keep the seven details of an Initiation phase', async () => {
    const pov = await newPov(manager);
    const details = {
      scope: 's',
      roles: 'r',
      dependencies: 'd',
      useCases: 'u',
      valueCriteria: 'v',
      competitiveAssessment: 'c',
      customerSignoff: false,
    };
    const { body: phase } = await newPhase(pov.id, { name: 'Initiation', type: 'PLANNING', details });
    const { body } = await manager.patch<Phase>(`/api/povs/${pov.id}/phases/${phase.id}`, {
      details: { customerSignoff: true, scope: 'S2' },
    });
    expect(body.details).toEqual({ ...details, customerSignoff: true, scope: 'S2' });
  });

  it('[POV-032] start one after the other, and cannot be completed or followed without their approval', async () => {
    const pov = await newPov(manager);
    const [planning] = await phasesOf(manager, pov.id);
    const { body: second } = await newPhase(pov.id, { name: 'Second' });
    await move(manager, pov.id, 'IN_PROGRESS');
    await app.settled();
    expect((await phasesOf(manager, pov.id)).map(p => p.status)).toEqual(['IN_PROGRESS', 'NOT_STARTED']);
    const path = `/api/povs/${pov.id}/phases`;
    const early = await manager.patch<ProblemBody>(`${path}/${planning!.id}`, { status: 'COMPLETED' });
    expect([early.status, early.body.error, early.body.details]).toEqual([
      409,
      'No approval workflow found',
      ['No approval workflow found'],
    ]);
    const follow = await manager.patch<ProblemBody>(`${path}/${second.id}`, { status: 'IN_PROGRESS' });
    expect([follow.status, follow.body.error]).toEqual([409, 'Planning must be completed before Second can start']);
    const blocked = await manager.patch<Phase>(`${path}/${planning!.id}`, { status: 'BLOCKED' });
    expect(blocked.body.status).toBe('BLOCKED');
    await app.settled();
    expect((await lifecycleOf(manager, pov.id)).waitingFor?.sentence).toMatch(
      /^Planning is blocked; waiting for Manager Example to clear the way since Tue 24 Nov 09:00, until .*; then it is late\.$/,
    );
  });
});
