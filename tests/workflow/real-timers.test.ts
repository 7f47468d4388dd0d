import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestWorkflowEnvironment } from '@temporalio/testing';
import { addSearchAttributes } from '../../activities/platform/process/search-attributes.ts';
import type { Milestone } from '../../domain/pov/milestone.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { timeSkipping } from '../kit/time-skipping.ts';
import { lifecycleOf, newPov, notificationsOf, phasesOf } from '../kit/pov.fixture.ts';

const day = 86_400_000;

/** The tenant's clock runs: its processes wait by the engine's timers, and the engine skips the time. */
let environment: TestWorkflowEnvironment, app: App, manager: Client;
beforeAll(async () => {
  environment = await timeSkipping();
  await addSearchAttributes(environment.client, 'default');
  app = await bootApp({ temporalAt: environment.address, frozen: false });
  manager = await app.as('manager');
});
afterAll(async () => {
  await app?.stop();
  await environment?.teardown();
});

describe('a running clock', () => {
  it('[POV-030] a milestone passes its date a month from now, by a timer, without any request', async () => {
    const from = new Date(Date.now() + day).toISOString(),
      due = new Date(Date.now() + 30 * day).toISOString();
    const { id } = await newPov(manager, { startDate: from, endDate: new Date(Date.now() + 90 * day).toISOString() });
    const [phase] = await phasesOf(manager, id);
    const path = `/api/povs/${id}/phases/${phase!.id}/milestones`;
    await manager.post(path, { name: 'A month away', dueDate: due });
    await until('the process waits for it', async () => {
      const { nextWakeAt, future } = await lifecycleOf(manager, id);
      return nextWakeAt === from && future.some(one => one.kind === 'timer' && one.at === due);
    });
    await environment.sleep(31 * day);
    const overdue = async (): Promise<boolean> =>
      (await manager.get<{ items: Milestone[] }>(path)).body.items[0]!.status === 'OVERDUE';
    await until('it is overdue', overdue);
    const notices = await notificationsOf(manager, id);
    expect(notices.map(n => n.subject)).toEqual([expect.stringContaining('A month away')]);
  });
});
