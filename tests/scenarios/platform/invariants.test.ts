import { afterAll, beforeAll, expect, it, test } from '@jest/globals';
import { bootApp, type App } from '../../kit/app.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { approvePhase, move, phasesOf, staffedPov } from '../../kit/pov.fixture.ts';
import { testTemporal } from '../../kit/services.ts';

/** The checker of the fault scenarios finds what it is there to find. */
let app: App;
beforeAll(async () => {
  app = await bootApp();
  const manager = await app.as('manager');
  const { id } = await staffedPov(app, manager);
  await move(manager, id, 'IN_PROGRESS');
  await approvePhase(app, manager, id, (await phasesOf(manager, id))[0]!.id);
  await app.settled();
});
afterAll(() => app?.stop());

const broken = async (): Promise<string[]> =>
  brokenInvariants({ ownerUrl: app.database.ownerUrl, temporalAddress: (await testTemporal()).address });

it('finds nothing where nothing is wrong', async () => expect(await broken()).toEqual([]));

const lifecycle = `type = 'povLifecycle'`;
test.each<[fault: string, plant: string, undo: string]>([
  [
    'a decision that its step does not show',
    `update decision set decision = 'skipped'`,
    `update decision set decision = 'approved'`,
  ],
  [
    'an event not delivered',
    `update outbox_event set delivered_at = null, attempts = 99 where position = 1`,
    `update outbox_event set delivered_at = now(), attempts = 0 where position = 1`,
  ],
  [
    'a gap in the positions',
    `update outbox_event set position = position + 1000000 where position = (select max(position) from outbox_event)`,
    `update outbox_event set position = position - 1000000 where position = (select max(position) from outbox_event)`,
  ],
  [
    'a process that has not read all',
    `update process set seen_seq = seen_seq - 1 where ${lifecycle}`,
    `update process set seen_seq = seen_seq + 1 where ${lifecycle}`,
  ],
  [
    'a process that neither ended nor waits',
    `update process set status = 'running' where ${lifecycle}`,
    `update process set status = 'waiting' where ${lifecycle}`,
  ],
  [
    'the workflow pov-lifecycle-',
    `update process set stage = 'x' || stage`,
    `update process set stage = substr(stage, 2)`,
  ],
  [
    'a version of pov without its audit row',
    `update pov set version = version + 1`,
    `update pov set version = version - 1`,
  ],
])('finds %s', async (fault, plant, undo) => {
  await inDatabase(app, plant);
  const found = await broken();
  await inDatabase(app, undo);
  expect(found.some(f => f.startsWith(fault))).toBe(true);
});
