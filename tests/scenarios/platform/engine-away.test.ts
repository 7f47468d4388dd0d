import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../bin/port.ts';
import { startTemporal, type Temporal } from '../../../bin/temporal.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { decide, move, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { update, updateOnce, type Updated } from '../../kit/updates.ts';
import { spawnWorker } from '../../kit/worker-process.ts';

/** A server of its own, whose memory is a file, so that it comes back with all it knew. */
let folder: string, port: number, temporal: Temporal, app: App, manager: Client, sales: Client, sales2: Client;
const startEngine = async (): Promise<void> => {
  temporal = await startTemporal({ cli: process.env['TEMPORAL_CLI'], dataDir: folder, port });
};
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'throughline-engine-'));
  chmodSync(folder, 0o755);
  port = await freePort();
  await startEngine();
  app = await bootApp({ temporalAt: temporal.address });
  [manager, sales, sales2] = await Promise.all([app.as('manager'), app.as('sales'), app.as('sales2')]);
}, 180_000);
afterAll(async () => {
  await app?.stop();
  await temporal?.stop();
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

const view = async (workflowId: string): Promise<ProcessView> =>
  (await manager.get<ProcessView>(`/api/processes/${workflowId}`)).body;
const undelivered = (): Promise<unknown[]> => inDatabase(app, 'select 1 from outbox_event where delivered_at is null');
const heldEvents = async (workflowId: string): Promise<number> =>
  (await view(workflowId)).timeline.filter(t => t.event === 'platform.process.held').length;

/** The names of the events that the live stream brings, as they come. */
async function live(who: Client): Promise<{ names: string[]; close(): void }> {
  const names: string[] = [];
  const stop = new AbortController();
  const headers = { Authorization: `Bearer ${who.token}` };
  const answer = await fetch(`${app.url}/api/stream`, { headers, signal: stop.signal });
  const read = async (): Promise<void> => {
    const text = answer.body!.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>);
    for await (const chunk of text) names.push(...[...chunk.matchAll(/"name":"([a-z.-]+)"/g)].map(m => m[1]!));
  };
  void read().catch(() => {});
  return { names, close: () => stop.abort() };
}

/** Refused within two seconds, and says when to come again. */
async function expectAway(asked: () => Promise<Updated>): Promise<void> {
  const before = performance.now();
  const { status, body, headers } = await asked();
  expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'engine-away', '2']);
  expect(performance.now() - before).toBeLessThan(2_500);
}

describe('[PLT-104] while the engine is away', () => {
  it('decisions and records are taken, pages move, updates say 503; back again, it catches up by itself', async () => {
    const { id: povId } = await staffedPov(app, manager);
    await move(manager, povId, 'IN_PROGRESS');
    const [phase] = await phasesOf(manager, povId);
    const instanceId = (await submit(manager, povId, phase!.id)).body.id;
    await app.settled();
    const workflowId = `wf-${instanceId}`;
    const other = await newPov(manager);
    await app.settled();
    await temporal.stop();

    const stream = await live(manager);
    const key = randomUUID();
    const hold = { what: 'hold', body: { reason: 'No engine' }, key } as const;
    const lifecycle = `pov-lifecycle-${other.id}`;
    await expectAway(() => updateOnce(manager, lifecycle, hold));
    expect((await decide(sales, instanceId, 'approve')).status).toBe(200);
    expect((await decide(sales2, instanceId, 'approve')).body.status).toBe('completed');
    expect((await manager.patch(`/api/povs/${povId}`, { objective: 'Meanwhile' })).status).toBe(200);
    const made = await newPov(manager);
    await until('the live pages hear all of it', async () =>
      ['workflow.step.decided', 'pov.pov.changed', 'pov.pov.created'].every(name => stream.names.includes(name)),
    );
    stream.close();
    await expectAway(() => updateOnce(manager, lifecycle, hold));
    expect([(await view(lifecycle)).hold, await heldEvents(lifecycle)]).toEqual([null, 0]);
    expect((await undelivered()).length).toBeGreaterThan(2);

    await startEngine();
    await until('all is delivered, by itself', async () => (await undelivered()).length === 0, 90_000);
    const first = async (): Promise<string> => (await phasesOf(manager, povId))[0]!.status;
    await until('the phase is completed', async () => (await first()) === 'COMPLETED', 60_000);
    expect((await update(manager, lifecycle, hold)).body.hold).toMatchObject({ reason: 'No engine' });
    expect((await update(manager, lifecycle, hold)).status).toBe(200);
    expect(await heldEvents(lifecycle)).toBe(1);
    await until('the new one waits', async () => (await view(`pov-lifecycle-${made.id}`)).status === 'waiting');
    expect((await view(workflowId)).result).toBe('completed');
  }, 240_000);

  it('without a worker an update says 503 as well; whoever asks again has one effect', async () => {
    const { id } = await newPov(manager);
    await app.settled();
    await app.stopWorker();
    const hold = { what: 'hold', body: { reason: 'No worker' }, key: randomUUID() } as const;
    const workflowId = `pov-lifecycle-${id}`;
    await expectAway(() => updateOnce(manager, workflowId, hold));
    expect((await view(workflowId)).hold).toBeNull();
    await app.startWorker();
    expect((await update(manager, workflowId, hold)).body.hold).toMatchObject({ reason: 'No worker' });
    await app.settled();
    expect(await heldEvents(workflowId)).toBe(1);
  }, 120_000);

  it('a worker killed between the commit of an update and its answer: asked again, it has one effect', async () => {
    const { id } = await newPov(manager);
    await app.settled();
    const workflowId = `pov-lifecycle-${id}`;
    await app.stopWorker();
    const worker = await spawnWorker(app, { killAfter: 'holdProcess:1' });
    const hold = { what: 'hold', body: { reason: 'Killed' }, key: randomUUID() } as const;
    const asking = update(manager, workflowId, hold);
    expect(await worker.ended).toBe('SIGKILL');
    await app.startWorker();
    expect((await asking).body.hold).toMatchObject({ reason: 'Killed' });
    await app.settled();
    expect(await heldEvents(workflowId)).toBe(1);
    expect((await update(manager, workflowId, { what: 'resume' })).body.hold).toBeNull();
  }, 120_000);

  it('left every invariant whole', async () => {
    await app.settled();
    expect(
      await brokenInvariants({ ownerUrl: app.database.ownerUrl, temporalAddress: temporal.address }),
    ).toEqual([]);
  }, 60_000);
});
