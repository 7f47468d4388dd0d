import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { lockKey } from '../../../activities/platform/outbox/relay.ts';
import { connected } from '../../../bin/database-roles.ts';
import type { Operations } from '../../../domain/platform/operations/operations.contract.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { Heard } from '../../kit/live/heard.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { bothSides, effectsOn } from '../../kit/faults/effects.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { decide, lifecycleOf, move, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { spawnWorker, type WorkerProcess } from '../../kit/worker-process.ts';

let app: App, manager: Client, sales: Client, sales2: Client;
let workers: WorkerProcess[];
beforeEach(async () => {
  workers = [];
  app = await bootApp({ worker: false, relay: false });
  [manager, sales, sales2] = (await Promise.all(['manager', 'sales', 'sales2'].map(n => app.as(n)))) as [
    Client, Client, Client,
  ];
});
afterEach(async () => {
  await Promise.all(workers.map(w => w.kill('SIGTERM')));
  await app?.stop();
});

async function worker(killAfter?: string): Promise<WorkerProcess> {
  const spawned = await spawnWorker(app, { killAfter });
  workers.push(spawned);
  return spawned;
}
interface Sent {
  id: string;
  position: string | null;
  delivered: boolean;
}
const outbox = (): Promise<Sent[]> =>
  inDatabase(app, 'select id, position, delivered_at is not null as delivered from outbox_event order by id');
const drained = (): Promise<void> =>
  until('all events are delivered', async () => (await outbox()).every(e => e.delivered));
const expectSound = async (): Promise<void> => expect(await brokenAfter(app)).toEqual([]);
const started = async (workflowId: string): Promise<boolean> =>
  app.engine.client.workflow.getHandle(workflowId).describe().then(() => true, () => false);

describe('the only relay, killed between stamping an event and telling its process', () => {
  it('[PLT-066] has not told it; the next one starts the process', async () => {
    const first = await worker('stamp:1');
    const { id } = await newPov(manager);
    expect(await first.ended).toBe('SIGKILL');
    expect((await outbox()).map(e => [e.position !== null, e.delivered])).toContainEqual([true, false]);
    expect(await started(`pov-lifecycle-${id}`)).toBe(false);
    expect((await lifecycleOf(manager, id)).status).toBe('starting');
    await worker();
    await until('it waits', async () => (await lifecycleOf(manager, id)).status === 'waiting');
    await drained();
    await expectSound();
  }, 90_000);

  it('[PLT-066] [APR-052] the decision of an approval is carried out by the next one, once', async () => {
    const before = await worker();
    const { id } = await staffedPov(app, manager);
    await move(manager, id, 'IN_PROGRESS');
    const [phase] = await phasesOf(manager, id);
    const { id: instanceId } = (await submit(manager, id, phase!.id)).body;
    await app.settled();
    expect((await decide(sales, instanceId, 'approve')).status).toBe(200);
    await app.settled();
    await before.kill('SIGTERM');
    const deadly = await worker('stamp:1');
    expect((await decide(sales2, instanceId, 'approve')).body.status).toBe('completed');
    expect(await deadly.ended).toBe('SIGKILL');
    expect((await phasesOf(manager, id))[0]!.status).toBe('IN_PROGRESS');
    await worker();
    const completed = async (): Promise<boolean> => (await phasesOf(manager, id))[0]!.status === 'COMPLETED';
    await until('the phase is completed', completed, 60_000);
    await app.settled();
    expect(await effectsOn(app, id)).toEqual(
      expect.arrayContaining([
        'event workflow.step.opened ×2',
        'event workflow.step.decided ×2',
        'event workflow.instance.completed ×1',
        'event pov.phase.completed ×1',
        'activity phase.completed ×1',
        'notification approval-decided manager ×1',
      ]),
    );
    const { row, workflow } = await bothSides(app, `pov-lifecycle-${id}`);
    expect(workflow).toEqual(row);
    await expectSound();
  }, 120_000);
});

describe('while the relay is held', () => {
  it('[PLT-044] the page of operations and the metrics say how much waits and since when; then nothing', async () => {
    const admin = await app.as('admin');
    const lag = async (): Promise<Operations['relay']> =>
      (await admin.get<Operations>('/api/admin/operations')).body.relay;
    const measured = async (name: string): Promise<number> => {
      const text = await (await fetch(`${app.url}/metrics`)).text();
      return Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1]);
    };
    const holder = await connected(app.database.ownerUrl);
    try {
      // Whoever has this lock leads: this one, and it delivers nothing.
      await holder.query('select pg_advisory_lock($1)', [lockKey]);
      await worker();
      await Promise.all([newPov(manager), newPov(manager)]);
      const written = (await outbox()).length;
      const first = await lag();
      expect(first).toEqual({ waiting: written, oldestSeconds: expect.any(Number), dead: 0 });
      expect([written > 1, first.oldestSeconds > 0]).toEqual([true, true]);
      await until('they wait longer', async () => (await lag()).oldestSeconds > first.oldestSeconds);
      expect(await measured('outbox_undelivered_events')).toBe(written);
      expect(await measured('outbox_oldest_undelivered_seconds')).toBeGreaterThan(first.oldestSeconds);
    } finally {
      await holder.end();
    }
    await drained();
    expect(await lag()).toEqual({ waiting: 0, oldestSeconds: 0, dead: 0 });
    const names = ['outbox_undelivered_events', 'outbox_oldest_undelivered_seconds'];
    expect(await Promise.all(names.map(measured))).toEqual([0, 0]);
  }, 120_000);
});

describe('two relays, of which the leading one is killed', () => {
  it('[PLT-066] all that was committed before, meanwhile and after is delivered in order, once', async () => {
    const leader = await worker();
    await worker();
    const povs = await Promise.all([newPov(manager), newPov(manager)]);
    await app.settled();
    const heard = await Heard.open(app.url, manager);
    const changes = (): string[] => [...heard.text().matchAll(/"title":"(Change \d+)"/g)].map(m => m[1]!);
    let written = 0;
    const write = async (upTo: number): Promise<void> => {
      for (; written < upTo; written += 1) {
        const changed = await manager.patch(`/api/povs/${povs[written % 2]!.id}`, { title: `Change ${written}` });
        expect(changed.status).toBe(200);
      }
    };
    await write(4);
    const ending = leader.kill('SIGKILL');
    await write(10);
    await ending;
    const takenOver = async (): Promise<boolean> => (await outbox()).every(e => e.position !== null);
    await until('another leads', takenOver, 5_000);
    await write(14);
    await drained();
    await app.settled();

    const sent = (await outbox()).filter(e => e.position !== null);
    expect(sent.map(e => Number(e.position))).toEqual(sent.map((_, n) => n + 1));
    await until('the page heard all', async () => changes().length >= 14);
    expect(changes()).toEqual(Array.from({ length: 14 }, (_, n) => `Change ${n}`));
    for (const pov of povs) {
      const { row, workflow } = await bothSides(app, `pov-lifecycle-${pov.id}`);
      expect(workflow).toEqual(row);
      const [at] = await inDatabase<{ seq: string }>(app, 'select seq from stream where entity_id = $1', [pov.id]);
      expect(row).toMatchObject({ seenSeq: Number(at!.seq) });
    }
    heard.close();
    await expectSound();
  }, 120_000);
});
