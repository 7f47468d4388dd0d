import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { fiftyDays, move, newPov } from '../../kit/pov.fixture.ts';
import { json, payload, rawSignal, rawStart } from '../../kit/faults/raw-messages.ts';
import { testTemporal } from '../../kit/services.ts';

let app: App, admin: Client, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
});
afterAll(() => app?.stop());

type Parked = ProcessView['rejectedInputs'][number];
const handle = (workflowId: string) => app.engine.client.workflow.getHandle(workflowId);
const parkedOf = async (workflowId: string): Promise<Pick<Parked, 'name' | 'count'>[]> =>
  (await admin.get<ProcessView>(`/api/processes/${workflowId}`)).body.rejectedInputs.map(({ name, count }) => ({
    name,
    count,
  }));
const failedTasks = async (workflowId: string): Promise<string[]> =>
  ((await handle(workflowId).fetchHistory()).events ?? []).flatMap(e => {
    const failed = e.workflowTaskFailedEventAttributes;
    return failed ? [failed.failure?.message ?? 'failed'] : [];
  // So the engine lets an end wait for the message that has just come.
  }).filter(message => message !== 'UnhandledCommand');
const started = async (): Promise<{ id: string; workflowId: string }> => {
  const { id } = await newPov(manager);
  await app.settled();
  return { id, workflowId: `pov-lifecycle-${id}` };
};
/** It still does what it is there for. */
async function lives({ id, workflowId }: { id: string; workflowId: string }): Promise<void> {
  expect((await move(manager, id, 'LOST', 'No budget')).status).toBe(200);
  expect(await handle(workflowId).result()).toBe('LOST');
  expect(await failedTasks(workflowId)).toEqual([]);
}

const poisons = {
  'of an unknown encoding': ['povChanged', payload('binary/none', 'x')],
  'that only says it is encrypted': ['anything', payload('binary/encrypted', 'x')],
  'that is no JSON': ['povChanged', json('{"seq": ')],
  'without an encoding': ['povChanged', { data: Buffer.from('x') }],
  'that is null': ['povChanged', json('null')],
  'with keys of prototypes': ['povChanged', json('{"__proto__": {"seq": 5}, "constructor": {"seq": 5}}')],
  'whose number is none': ['povChanged', json('{"seq": "NaN"}')],
  'of another version': ['povChanged', json('{"seq": 999999, "v": 2}')],
  'with a name that the SDK keeps for itself': ['__temporal_anything', json('{}')],
  'with a name that no text can hold': ['nul\0name', json('{}')],
} as const;

describe('a message past the API', () => {
  it('is parked and shown, whatever it is; its process lives on, and the others never notice', async () => {
    const other = await started();
    const povs = await Promise.all(Object.keys(poisons).map(started));
    for (const [n, [name, content]] of Object.values(poisons).entries())
      await rawSignal(app, povs[n]!.workflowId, name, content);
    for (const [n, what] of Object.keys(poisons).entries())
      await until(`a message ${what} is parked`, async () => (await parkedOf(povs[n]!.workflowId)).length > 0);
    const parked = await Promise.all(povs.map(async p => (await parkedOf(p.workflowId))[0]!.name.trim()));
    expect(parked).toEqual(
      Object.values(poisons).map(([name]) => (name.includes('\0') ? 'nul?name' : name)),
    );
    await Promise.all(povs.map(lives));
    expect(await parkedOf(other.workflowId)).toEqual([]);
    await lives(other);
  }, 240_000);

  it('of 3 MB is refused by the engine, and as a request by the API', async () => {
    const pov = await started();
    const large = 'x'.repeat(3_000_000);
    await expect(rawSignal(app, pov.workflowId, 'povChanged', json(`"${large}"`))).rejects.toThrow(/size exceeds/);
    const input = { title: large, ...fiftyDays };
    const { status, body } = await manager.post<ProblemBody>('/api/processes/povLifecycle', input);
    expect([status, body.errors[0]!.pointer]).toEqual([400, '/title']);
    const huge = await manager.post<ProblemBody>('/api/processes/povLifecycle', { title: large + large });
    expect([huge.status, huge.body.code]).toEqual([413, 'too-large']);
    await lives(pov);
  });
});

describe('a workflow that is started past the API', () => {
  const tenantId = (): string => app.tenant.id;
  it.each([
    ['an input of another version', () => json(JSON.stringify({ v: 2, tenantId: tenantId(), entityId: randomUUID() }))],
    ['an input that is none of ours', () => json('["text"]')],
    ['an input that nobody can read', () => payload('binary/none', 'x')],
    ['an id that is not its own', () => json(JSON.stringify({ v: 1, tenantId: tenantId(), entityId: randomUUID() }))],
  ])('with %s fails at once, instead of trying for ever', async (_what, input) => {
    for (const type of ['povLifecycle', 'approval', 'launch']) {
      const workflowId = `raw-${randomUUID()}`;
      await rawStart(app, { workflowId, type }, input());
      await expect(handle(workflowId).result()).rejects.toThrow();
      expect(await failedTasks(workflowId)).toEqual([]);
    }
  });

  it('with 3 MB is refused by the engine, with as much as that takes it fails at once; no other notices', async () => {
    const pov = await started();
    const tooMuch = `raw-${randomUUID()}`;
    const start = app.engine.client.workflow.start('povLifecycle', {
      workflowId: tooMuch,
      taskQueue: app.engine.taskQueue,
      args: [{ v: 1, tenantId: tenantId(), entityId: pov.id, more: 'x'.repeat(3_000_000) }],
    });
    await expect(start).rejects.toMatchObject({ cause: { details: expect.stringMatching(/size exceeds/) } });
    await expect(handle(tooMuch).describe()).rejects.toThrow(/not found/);
    const workflowId = `raw-${randomUUID()}`;
    const large = { v: 1, tenantId: tenantId(), entityId: pov.id, more: 'x'.repeat(1_900_000) };
    await rawStart(app, { workflowId, type: 'povLifecycle' }, json(JSON.stringify(large)));
    await expect(handle(workflowId).result()).rejects.toThrow();
    expect(await failedTasks(workflowId)).toEqual([]);
    await lives(pov);
  });

  it('beside the process of a record does nothing to it', async () => {
    const pov = await started();
    const workflowId = `raw-${randomUUID()}`;
    await rawStart(
      app,
      { workflowId, type: 'povLifecycle' },
      json(JSON.stringify({ v: 1, tenantId: tenantId(), entityId: pov.id })),
    );
    await expect(handle(workflowId).result()).rejects.toThrow();
    const { body } = await admin.get<ProcessView>(`/api/processes/${pov.workflowId}`);
    expect(body.runId).toBe((await handle(pov.workflowId).describe()).runId);
    await lives(pov);
  });
});

describe('a flood', () => {
  it('of 1,500 raw signals in seconds is counted, not taken one by one; the process lives on', async () => {
    const pov = await started();
    const { runId } = await handle(pov.workflowId).describe();
    for (let sent = 0; sent < 1_500; sent += 150)
      await Promise.all(
        Array.from({ length: 150 }, (_, n) =>
          rawSignal(app, pov.workflowId, n % 2 ? 'povChanged' : `kind-${n}`, json('{}')),
        ),
      );
    const total = async (): Promise<number> =>
      (
        await inDatabase<{ n: number }>(
          app,
          'select coalesce(sum(count), 0)::int as n from rejected_input where workflow_id = $1',
          [pov.workflowId],
        )
      )[0]!.n;
    // A task that is begun anew on a busy machine counts what it had once more.
    await until('all are parked', async () => (await total()) >= 1_500, 120_000);
    expect((await parkedOf(pov.workflowId)).length).toBeLessThan(500);
    const anew = async (): Promise<boolean> => (await handle(pov.workflowId).describe()).runId !== runId;
    await until('it has begun anew, without so long a history', anew, 60_000);
    await lives(pov);
  }, 420_000);
});

it('nothing of all this broke an invariant', async () => {
  await app.settled();
  const { address } = await testTemporal();
  expect(await brokenInvariants({ ownerUrl: app.database.ownerUrl, temporalAddress: address })).toEqual([]);
});
