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
import { Heard } from '../../kit/live/heard.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { expectSoon, tookEach } from '../../kit/faults/soon.ts';
import { inDatabase } from '../../kit/in-database.ts';
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

/** Refused, and says when to come again. */
async function expectAway(asked: () => Promise<Updated>): Promise<void> {
  const { status, body, headers } = await asked();
  expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'engine-away', '2']);
}

/** A POV in progress whose first phase waits for its two approvers. */
async function submitted(): Promise<{ povId: string; instanceId: string }> {
  const { id: povId } = await staffedPov(app, manager);
  await move(manager, povId, 'IN_PROGRESS');
  const [phase] = await phasesOf(manager, povId);
  return { povId, instanceId: (await submit(manager, povId, phase!.id)).body.id };
}

const awayMs = 60_000;
/**
 * A minute without the engine, turn by turn: a decision or a change of a record is taken, an open page hears of it,
 * and an update is refused. Answers how long each of these refusals took.
 */
async function minuteAway(povs: { povId: string; instanceId: string }[], refused: () => Promise<Updated>) {
  const end = performance.now() + awayMs;
  const decisions = povs.flatMap(({ instanceId }) => [sales, sales2].map(by => ({ by, instanceId })));
  const stream = await Heard.open(app.url, manager);
  const took: number[] = [];
  for (let turn = 0; performance.now() < end || decisions.length; turn += 1) {
    const decision = turn % 3 === 0 ? decisions.shift() : undefined;
    const title = `Without engine ${turn}`;
    const what = decision ? '"name":"workflow.step.decided"' : `"title":"${title}"`;
    const before = stream.times(what);
    const { status } = decision
      ? await decide(decision.by, decision.instanceId, 'approve')
      : await manager.patch(`/api/povs/${povs[turn % povs.length]!.povId}`, { title });
    expect(status).toBe(200);
    await until(`the live page hears of ${title}`, async () => stream.times(what) > before);
    took.push(...await tookEach(() => expectAway(refused)));
  }
  stream.close();
  return took;
}

describe('[PLT-104] while the engine is away', () => {
  it('a minute: decisions and records are taken, pages move, updates say 503; then it catches up', async () => {
    const povs = [await submitted(), await submitted(), await submitted()];
    const other = await newPov(manager);
    await app.settled();
    await temporal.stop();

    const key = randomUUID();
    const hold = { what: 'hold', body: { reason: 'No engine' }, key } as const;
    const lifecycle = `pov-lifecycle-${other.id}`;
    const took = await minuteAway(povs, () => updateOnce(manager, lifecycle, hold));
    expectSoon(took);
    const made = await newPov(manager);
    expect([(await view(lifecycle)).hold, await heldEvents(lifecycle)]).toEqual([null, 0]);
    expect((await undelivered()).length).toBeGreaterThan(2);

    await startEngine();
    await until('all is delivered, by itself', async () => (await undelivered()).length === 0, 90_000);
    for (const { povId, instanceId } of povs) {
      const first = async (): Promise<string> => (await phasesOf(manager, povId))[0]!.status;
      await until('the phase is completed', async () => (await first()) === 'COMPLETED', 60_000);
      const result = async (): Promise<string | null> => (await view(`wf-${instanceId}`)).result;
      await until('its approval has ended', async () => (await result()) === 'completed', 60_000);
    }
    expect((await update(manager, lifecycle, hold)).body.hold).toMatchObject({ reason: 'No engine' });
    expect((await update(manager, lifecycle, hold)).status).toBe(200);
    expect(await heldEvents(lifecycle)).toBe(1);
    await until('the new one waits', async () => (await view(`pov-lifecycle-${made.id}`)).status === 'waiting');
  }, 300_000);

  it('without a worker an update says 503 as well; whoever asks again has one effect', async () => {
    const { id } = await newPov(manager);
    await app.settled();
    await app.stopWorker();
    const hold = { what: 'hold', body: { reason: 'No worker' }, key: randomUUID() } as const;
    const workflowId = `pov-lifecycle-${id}`;
    const again = (): Promise<void> => expectAway(() => updateOnce(manager, workflowId, hold));
    expectSoon(await tookEach(again, again, again));
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
    expect(await brokenAfter(app)).toEqual([]);
  }, 60_000);
});
