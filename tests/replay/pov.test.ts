import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Launch } from '../../domain/pov/launch.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { bundleOfNow, ended, filled, replay, without } from '../kit/histories.ts';
import { refuseUpdates } from '../kit/faults/refuse-updates.ts';
import { approvePhase, decide, fiftyDays, move, newPov, phasesOf, staffedPov, submit } from '../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client, code: string;

beforeAll(async () => {
  app = await bootApp();
  [manager, sales] = await Promise.all([app.as('manager'), app.as('sales')]);
  code = await bundleOfNow();
});
afterAll(() => app?.stop());

describe('[APR-052] what a POV did replays on the code of now', () => {
  it('after a rejection, an approval and a win; but not if a step were taken out of the code', async () => {
    const pov = await staffedPov(app, manager);
    await move(manager, pov.id, 'IN_PROGRESS');
    await app.settled();
    const [phase] = await phasesOf(manager, pov.id);
    const { body: first } = await submit(manager, pov.id, phase!.id);
    await app.settled();
    await decide(sales, first.id, 'reject', 'No test data');
    await app.settled();
    await approvePhase(app, manager, pov.id, phase!.id);
    await move(manager, pov.id, 'VALIDATION');
    await move(manager, pov.id, 'WON');
    const history = await ended(app, `pov-lifecycle-${pov.id}`, 'WON', 'povLifecycle.returned-and-won');
    await replay(history, code);
    await expect(replay(history, without(code, 'returnPhase'))).rejects.toThrow(/nondeterminism|determinism/i);
  });

  it('after milestones and phases that passed their dates, and its deletion', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    const path = `/api/povs/${pov.id}/phases/${phase!.id}/milestones`;
    await manager.post(path, { name: 'Kick-off', dueDate: '2026-12-01T09:00:00Z' });
    await manager.post(path, { name: 'Test data', dueDate: '2026-12-02T09:00:00Z' });
    await app.advance({ to: '2026-12-03T09:00:00Z' });
    await manager.delete(`/api/povs/${pov.id}`);
    await replay(await ended(app, `pov-lifecycle-${pov.id}`, 'DELETED', 'povLifecycle.overdue-and-deleted'), code);
  });

  it('after a step that was refused until somebody put it right', async () => {
    const pov = await newPov(manager);
    const [phase] = await phasesOf(manager, pov.id);
    const milestone = { name: 'Kick-off', dueDate: '2026-12-04T09:00:00Z' };
    await manager.post(`/api/povs/${pov.id}/phases/${phase!.id}/milestones`, milestone);
    const allow = await refuseUpdates(app, 'milestone');
    await app.advance({ to: '2026-12-05T09:00:00Z' });
    await allow();
    await manager.patch(`/api/povs/${pov.id}`, { objective: 'Put right' });
    await app.settled();
    await move(manager, pov.id, 'LOST', 'No fit');
    await replay(await ended(app, `pov-lifecycle-${pov.id}`, 'LOST', 'povLifecycle.stuck-and-lost'), code);
  });

  it('after a launch whose owner was reminded, and that was given up', async () => {
    const pov = await newPov(manager, { ...fiftyDays, startDate: '2026-12-20T09:00:00Z' });
    const { body: launch } = await manager.post<{ id: string }>(`/api/povs/${pov.id}/launch`);
    await app.advance({ to: '2026-12-21T09:00:00Z' });
    await move(manager, pov.id, 'LOST', 'No fit');
    await replay(await ended(app, `launch-${launch.id}`, 'CANCELLED', 'launch.reminded-and-cancelled'), code);
    await replay(await ended(app, `pov-lifecycle-${pov.id}`, 'LOST', 'povLifecycle.lost'), code);
  });

  it('after it continued as new, with nothing carried over', async () => {
    const pov = await newPov(manager);
    await app.settled();
    const workflowId = `pov-lifecycle-${pov.id}`;
    await replay(await filled(app, workflowId, 'povChanged', 'povLifecycle.continued-as-new'), code);
    await move(manager, pov.id, 'LOST', 'No fit');
    await replay(await ended(app, workflowId, 'LOST', 'povLifecycle.after-continue-as-new'), code);
  });

  it('after a launch continued as new, with nothing carried over', async () => {
    const pov = await newPov(manager);
    const path = `/api/povs/${pov.id}/launch`;
    const { body: launch } = await manager.post<Launch>(path);
    await app.settled();
    const workflowId = `launch-${launch.id}`;
    await replay(await filled(app, workflowId, 'povLaunchChecked', 'launch.continued-as-new'), code);
    await manager.patch(
      `${path}/checklist`,
      launch.checklist.items.map(({ key }) => ({ key, completed: true })),
    );
    await manager.post(`${path}/confirm`);
    await replay(await ended(app, workflowId, 'CONFIRMED', 'launch.after-continue-as-new'), code);
  });
});
