import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { testTemporal } from '../../../tests/kit/services.ts';
import { openEngine, type Engine } from '../engine.ts';
import { ensureSchedule } from './schedules.ts';

let engine: Engine;
beforeAll(async () => {
  const { address } = await testTemporal();
  engine = openEngine({ address, namespace: 'default', taskQueue: 'nobody-listens' });
});
afterAll(() => engine?.close());

it('a schedule that exists gets the interval of the code, and stays paused if ops paused it', async () => {
  const id = `test-${randomUUID()}`;
  const handle = engine.client.schedule.getHandle(id);
  const every = async () => (await handle.describe()).spec.intervals?.map(i => i.every);
  await ensureSchedule(engine, { id, workflowType: 'reconcile', everyMinutes: 600 });
  expect(await every()).toEqual([600 * 60_000]);
  await handle.pause('by ops');
  await ensureSchedule(engine, { id, workflowType: 'reconcile', everyMinutes: 300 });
  expect(await every()).toEqual([300 * 60_000]);
  expect((await handle.describe()).state).toMatchObject({ paused: true, note: 'by ops' });
  await handle.delete();
});
