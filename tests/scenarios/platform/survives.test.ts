import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { freePort } from '../../../bin/port.ts';
import { startTemporal } from '../../../bin/temporal.ts';
import { WaitingFor, type ProcessView } from '../../../domain/platform/process.ts';
import { sayInstant } from '../../../domain/platform/sentence.ts';
import type { PovDetail, PovListItem } from '../../../domain/pov/pov.contract.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { spawnWorker } from '../../kit/worker-process.ts';
import { inDatabase } from '../../kit/in-database.ts';
import {
  decide, lifecycleOf, move, newPov, phasesOf, readPov, staffedPov, submit, type Listed,
} from '../../kit/pov.fixture.ts';

let app: App | undefined;
afterEach(() => app?.stop());

interface Cast {
  manager: Client;
  sales: Client;
  sales2: Client;
}
const cast = async (of: App): Promise<Cast> => ({
  manager: await of.as('manager'),
  sales: await of.as('sales'),
  sales2: await of.as('sales2'),
});

/** A POV in progress whose first phase was submitted; the id of its approval. */
async function submitted(of: App, { manager }: Cast): Promise<{ povId: string; phaseId: string; instanceId: string }> {
  const { id: povId } = await staffedPov(of, manager);
  await move(manager, povId, 'IN_PROGRESS');
  const [phase] = await phasesOf(manager, povId);
  const { status, body } = await submit(manager, povId, phase!.id);
  expect([200, 201]).toContain(status);
  return { povId, phaseId: phase!.id, instanceId: body.id };
}
const firstPhase = async (by: Client, povId: string) => (await phasesOf(by, povId))[0]!;
const counts = (of: App, povId: string) =>
  inDatabase<{ name: string; n: number }>(
    of,
    'select name, count(*)::int as n from outbox_event where story_id = $1 group by name order by name',
    [povId],
  );

describe('while no worker runs', () => {
  it('[APR-052] decisions are taken and answered; the worker that comes back carries them out, once', async () => {
    app = await bootApp({ worker: false });
    const people = await cast(app);
    const { povId, instanceId } = await submitted(app, people);
    expect((await decide(people.sales, instanceId, 'approve')).status).toBe(200);
    expect((await decide(people.sales2, instanceId, 'approve')).body.status).toBe('completed');
    expect((await firstPhase(people.manager, povId)).status).toBe('IN_PROGRESS');
    await app.startWorker();
    await until('the phase is completed', async () => (await firstPhase(people.manager, povId)).status === 'COMPLETED');
    await app.settled();
    expect(
      (await counts(app, povId)).filter(e => /step.decided|phase.completed|instance.completed/.test(e.name)),
    ).toEqual([
      { name: 'pov.phase.completed', n: 1 },
      { name: 'workflow.instance.completed', n: 1 },
      { name: 'workflow.step.decided', n: 2 },
    ]);
    expect(await brokenAfter(app)).toEqual([]);
  });
});

describe('a worker killed with -9 in the middle', () => {
  it('[APR-052] loses nothing and does nothing twice', async () => {
    app = await bootApp({ worker: false });
    const product = app,
      people = await cast(app);
    const first = await spawnWorker(app);
    const povs = await Promise.all(Array.from({ length: 4 }, () => submitted(product, people)));
    await Promise.all(povs.map(p => decide(people.sales, p.instanceId, 'approve')));
    const last = povs.map(p => decide(people.sales2, p.instanceId, 'approve'));
    await first.kill('SIGKILL');
    await Promise.all(last);
    const second = await spawnWorker(app);
    try {
      for (const { povId } of povs) {
        await until(
          'the phase is completed',
          async () => (await firstPhase(people.manager, povId)).status === 'COMPLETED',
          60_000,
        );
        const told = async (): Promise<number[]> =>
          (await counts(product, povId))
            .filter(e => /step.decided|phase.completed|instance.completed/.test(e.name))
            .map(e => e.n);
        // The approval tells its end by itself, maybe after the phase was completed.
        await until('its approval has told its end', async () => (await told()).length === 3, 60_000);
        expect(await told()).toEqual([1, 1, 2]);
      }
      expect(await brokenAfter(app)).toEqual([]);
    } finally {
      await second.kill('SIGTERM');
    }
  });
});

describe('Temporal that comes back', () => {
  it('is told all that happened meanwhile: what was starting waits', async () => {
    const port = await freePort();
    app = await bootApp({ temporalAt: `127.0.0.1:${port}`, worker: false });
    const manager = await app.as('manager');
    const started = await manager.post<{ status: string; workflowId: string }>('/api/processes/povLifecycle', {
      title: 'Later',
      startDate: '2026-11-24T08:00:00Z',
      endDate: '2026-12-24T08:00:00Z',
    });
    expect([started.status, started.body.status]).toEqual([202, 'starting']);
    const { workflowId } = started.body;
    expect((await manager.patch(`/api/povs/${workflowId.slice(14)}`, { objective: 'Meanwhile' })).status).toBe(200);
    const temporal = await startTemporal({ cli: process.env['TEMPORAL_CLI'], port });
    try {
      await app.startWorker();
      const status = async (): Promise<string> =>
        (await manager.get<ProcessView>(`/api/processes/${workflowId}`)).body.status;
      await until('it waits', async () => (await status()) === 'waiting');
      await until('all is delivered', async () => {
        const left = await inDatabase(app!, 'select 1 from outbox_event where delivered_at is null');
        return left.length === 0;
      });
      await app.settled();
      expect((await manager.get('/api/health/ready')).status).toBe(200);
      expect(await brokenAfter(app)).toEqual([]);
    } finally {
      await app.stop();
      app = undefined;
      await temporal.stop();
    }
  }, 120_000);
});

describe('while Temporal is away', () => {
  let manager: Client;
  beforeEach(async () => {
    app = await bootApp({ temporalAt: '127.0.0.1:1', worker: false });
    manager = await app.as('manager');
  });

  it('records are written and read as always', async () => {
    const pov = await newPov(manager, { title: 'Without engine' });
    expect((await move(manager, pov.id, 'LOST', 'No need')).status).toBe(200);
    const detail: PovDetail = await readPov(manager, pov.id);
    expect(detail.status).toBe('LOST');
  });

  it('[PLT-052] a process is taken and said to be starting', async () => {
    const { status, body } = await manager.post<{ status: string; runId: string | null }>(
      '/api/processes/povLifecycle',
      {
        title: 'Later',
        startDate: '2026-11-24T08:00:00Z',
        endDate: '2026-12-24T08:00:00Z',
      },
    );
    expect([status, body.status, body.runId]).toEqual([202, 'starting', null]);
  });

  it('[PLT-052] it says so until a worker has taken it up, and what the worker does until it says more', async () => {
    const { id } = await newPov(manager);
    const saidEverywhere = async () => {
      const { body: list } = await manager.get<Listed<PovListItem>>('/api/povs');
      const wait = (await lifecycleOf(manager, id)).waitingFor;
      const listed = list.items.find(p => p.id === id)!;
      expect([(await readPov(manager, id)).waitingFor, listed.waitingFor]).toEqual([wait, wait]);
      expect(wait).toEqual(WaitingFor.parse(wait));
      return wait;
    };
    const { startedAt } = await lifecycleOf(manager, id);
    const since = sayInstant(startedAt, 'UTC');
    expect(await saidEverywhere()).toEqual({
      sentence: `Waiting for a worker to take it up since ${since}, with no deadline; afterwards it begins.`,
      on: 'a worker', since: startedAt, due: null, until: null, then: 'it begins', person: false,
    });
    await inDatabase(app!, `update process set status = 'running', updated_at = '2026-09-01T08:05:00Z'`);
    expect((await saidEverywhere())?.sentence).toBe(
      'A worker carries out its next step since Tue 1 Sep 08:05, with no deadline; afterwards it says what comes.',
    );
  });

  it('[PLT-054] health names it, and what needs it is 503 with Retry-After', async () => {
    const ready = await manager.get<{ parts: Record<string, string> }>('/api/health/ready');
    expect([ready.status, ready.body.parts]).toEqual([503, { database: 'ok', temporal: 'away' }]);
    await newPov(manager);
    await inDatabase(app!, `update process set updated_at = now() - interval '1 minute'`);
    const admin = await app!.as('admin');
    const refused = await admin.post<ProblemBody>('/api/admin/processes/reconcile', {});
    expect([refused.status, refused.body.code, refused.headers.get('Retry-After')]).toEqual([503, 'engine-away', '2']);
  });
});
