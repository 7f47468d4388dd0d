import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { ProcessView } from '../../../domain/platform/process.ts';
import type { Launch } from '../../../domain/pov/launch.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { activitiesOf, join, lifecycleOf, move, newPov, notificationsOf, phasesOf, readPov } from '../../kit/pov.fixture.ts';

const keys = ['teamConfirmed', 'phasesReviewed', 'budgetApproved', 'resourcesAllocated', 'detailsConfirmed'];
let app: App, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
});
afterAll(() => app?.stop());

const open = async (by: Client, more: Partial<Pov> = {}): Promise<{ povId: string; launch: Launch; path: string }> => {
  const pov = await newPov(by, more);
  const { status, body } = await by.post<Launch>(`/api/povs/${pov.id}/launch`);
  expect(status).toBe(201);
  return { povId: pov.id, launch: body, path: `/api/povs/${pov.id}/launch` };
};
const tick = (by: Client, path: string, done: string[], completed = true) =>
  by.patch<Launch>(
    `${path}/checklist`,
    done.map(key => ({ key, completed })),
  );
const process = async (launchId: string): Promise<ProcessView> =>
  (await manager.get<ProcessView>(`/api/processes/launch-${launchId}`)).body;

describe('a launch', () => {
  it('[POV-044] opens with these five items', async () => {
    const { launch } = await open(manager);
    expect(launch).toMatchObject({ confirmed: false, launchedAt: null, launchedBy: null });
    expect(launch.checklist.items).toEqual([
      { key: 'teamConfirmed', label: 'Team members confirmed', completed: false },
      { key: 'phasesReviewed', label: 'All phases reviewed', completed: false },
      { key: 'budgetApproved', label: 'Budget approved', completed: false },
      { key: 'resourcesAllocated', label: 'Resources allocated', completed: false },
      { key: 'detailsConfirmed', label: 'Details confirmed', completed: false },
    ]);
  });

  it('[POV-045] takes ticks by key; unknown ones are ignored, the others stay', async () => {
    const { path } = await open(manager);
    const { status, body } = await tick(manager, path, ['budgetApproved', 'nope']);
    expect(status).toBe(200);
    expect(body.checklist.items.filter(i => i.completed).map(i => i.key)).toEqual(['budgetApproved']);
    expect(body.checklist.items).toHaveLength(5);
    const again = await manager.patch<Launch>(`${path}/checklist`, {
      items: [{ key: 'budgetApproved', completed: false }],
    });
    expect(again.body.checklist.items.some(i => i.completed)).toBe(false);
    expect((await manager.patch(`${path}/checklist`, [{ key: 'budgetApproved', completed: 'yes' }])).status).toBe(400);
  });

  it('[POV-046] is not confirmed with an open item', async () => {
    const { path, povId } = await open(manager);
    await tick(manager, path, keys.slice(0, 4));
    const { status, body } = await manager.post<ProblemBody>(`${path}/confirm`);
    expect([status, body.error]).toEqual([409, 'All checklist items must be completed before launch']);
    expect(body.details).toEqual(['Details confirmed is open']);
    expect((await manager.get<Launch>(path)).body.confirmed).toBe(false);
    expect((await readPov(manager, povId)).status).toBe('PROJECTED');
  });

  it('[POV-047] [POV-050] is confirmed with all items done, and the POV goes in progress with it', async () => {
    const { path, povId, launch } = await open(manager);
    await join(manager, povId, sales.userId, 'PROJECT_MANAGER');
    await tick(manager, path, keys.slice(0, 4));
    await tick(sales, path, keys.slice(4));
    const { status, body } = await sales.post<Launch>(`${path}/confirm`);
    expect(status).toBe(200);
    expect(body).toMatchObject({ confirmed: true, launchedBy: sales.userId });
    expect(body.launchedAt).toMatch(/^2026-11-24T09:00/);
    expect((await readPov(manager, povId)).status).toBe('IN_PROGRESS');
    await app.settled();
    expect(await process(launch.id)).toMatchObject({ status: 'closed', result: 'CONFIRMED' });
    expect((await phasesOf(manager, povId)).map(p => p.status)).toEqual(['IN_PROGRESS']);
    expect((await activitiesOf(manager, povId)).map(a => a.action)).toEqual(
      expect.arrayContaining([
        'launch.initiated',
        'launch.updated',
        'launch.confirmed',
        'status.changed',
        'phase.started',
      ]),
    );
    const late = await manager.post<ProblemBody>(`${path}/confirm`);
    expect([late.status, late.body.error]).toEqual([409, 'The launch is already confirmed']);
    expect((await tick(manager, path, ['budgetApproved'], false)).status).toBe(409);
  });

  it('[POV-050] is confirmed even if the POV cannot go in progress', async () => {
    const { path, povId } = await open(manager);
    const [planning] = await phasesOf(manager, povId);
    await manager.delete(`/api/povs/${povId}/phases/${planning!.id}`);
    await tick(manager, path, keys);
    expect((await manager.post<Launch>(`${path}/confirm`)).body.confirmed).toBe(true);
    expect((await readPov(manager, povId)).status).toBe('PROJECTED');
  });

  it('[POV-049] is opened once: not while one is open, nor after a confirmed one', async () => {
    const { path, povId } = await open(manager);
    const again = await manager.post<ProblemBody>(path);
    expect([again.status, again.body.error]).toEqual([409, 'The launch is already open']);
    await tick(manager, path, keys);
    await manager.post(`${path}/confirm`);
    expect((await manager.post(path)).status).toBe(409);
    const fresh = await newPov(manager);
    const statuses = (await Promise.all([1, 2, 3].map(() => manager.post(`/api/povs/${fresh.id}/launch`)))).map(
      a => a.status,
    );
    expect(statuses.sort()).toEqual([201, 409, 409]);
    expect((await readPov(manager, povId)).launches).toHaveLength(1);
  });

  it('[POV-048] lives in the engine, says what it waits for, and loses nothing when the worker restarts', async () => {
    const { path, launch, povId } = await open(manager);
    await tick(manager, path, keys.slice(0, 4));
    await app.settled();
    expect(await process(launch.id)).toMatchObject({ type: 'launch', stage: 'Checklist', status: 'waiting' });
    const said = (await process(launch.id)).waitingFor?.sentence;
    expect(said).toBe(
      'Waiting for the launch checklist (1 of 5 items open: Details confirmed) since Tue 24 Nov 09:00, ' +
        'with no deadline; afterwards the launch is to be confirmed.',
    );
    expect((await lifecycleOf(manager, povId)).waitingFor?.sentence).toBe(said);
    const handle = app.engine.client.workflow.getHandle(`launch-${launch.id}`);
    expect(await handle.query('state')).toMatchObject({ stage: 'Checklist' });
    await app.stopWorker();
    await tick(manager, path, keys);
    await app.startWorker();
    await app.settled();
    expect((await process(launch.id)).stage).toBe('Confirmation');
    expect((await manager.post<Launch>(`${path}/confirm`)).body.confirmed).toBe(true);
    await app.settled();
    expect((await handle.describe()).status.name).toBe('COMPLETED');
    expect((await readPov(manager, povId)).status).toBe('IN_PROGRESS');
  });

  it('[POV-048] is steered by signals to its process, too', async () => {
    const { launch, povId } = await open(manager);
    const signals = `/api/processes/launch-${launch.id}/signals`;
    expect((await manager.post(`${signals}/confirm`)).status).toBe(409);
    const { status, body } = await manager.post<Launch>(`${signals}/updateItems`, {
      items: keys.map(key => ({ key, completed: true })),
    });
    expect([status, body.checklist?.items.every(i => i.completed)]).toEqual([200, true]);
    expect((await manager.post<Launch>(`${signals}/confirm`)).body.confirmed).toBe(true);
    expect((await readPov(manager, povId)).status).toBe('IN_PROGRESS');
  });

  it('[POV-048] reminds its owner on the day the POV should start', async () => {
    const { launch, povId } = await open(sales, { startDate: '2026-11-26T08:00:00Z', endDate: '2026-12-26T08:00:00Z' });
    await app.settled();
    expect((await process(launch.id)).waitingFor).toMatchObject({
      until: '2026-11-26T08:00:00.000Z',
      then: 'Sales Example is reminded',
    });
    await app.advance({ to: '2026-11-26T08:00:00Z' });
    expect((await notificationsOf(sales, povId)).map(n => n.templateId)).toEqual(['launch-due']);
    expect((await process(launch.id)).nextWakeAt).toBeNull();
    const late = / since Tue 24 Nov 09:00, late since its planned start on Thu 26 Nov; afterwards .*\.$/;
    expect((await process(launch.id)).waitingFor?.sentence).toMatch(late);
    expect((await lifecycleOf(sales, povId)).waitingFor?.sentence).toMatch(late);
  });

  it('[POV-048] ends when the POV is lost', async () => {
    const { launch, povId } = await open(manager);
    await move(manager, povId, 'LOST', 'No fit');
    await app.settled();
    expect(await process(launch.id)).toMatchObject({ status: 'closed', result: 'CANCELLED' });
    expect((await manager.post(`/api/povs/${povId}/launch`)).status).toBe(409);
  });
});
