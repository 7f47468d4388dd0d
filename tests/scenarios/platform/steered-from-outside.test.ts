import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { connected } from '../../../bin/database-roles.ts';
import type { Milestone } from '../../../domain/pov/milestone.ts';
import type { DriftPage } from '../../../activities/platform/process/reconcile.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { effectsOn } from '../../kit/faults/effects.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { decide, move, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { testTemporal } from '../../kit/services.ts';

/** What somebody does in the Temporal UI, or with its CLI, past the product. */
let app: App, admin: Client, manager: Client, sales: Client, sales2: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager, sales, sales2] = await Promise.all([
    app.as('admin'),
    app.as('manager'),
    app.as('sales'),
    app.as('sales2'),
  ]);
});
afterAll(() => app?.stop());

const handle = (workflowId: string) => app.engine.client.workflow.getHandle(workflowId);
const stateOf = async (workflowId: string): Promise<string> => (await handle(workflowId).describe()).status.name;
const view = async (workflowId: string): Promise<ProcessView> =>
  (await admin.get<ProcessView>(`/api/processes/${workflowId}`)).body;
const compare = async (repair: boolean): Promise<DriftPage['drift']> => {
  // The check leaves processes alone that moved in the last seconds.
  await inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
  return (await admin.post<DriftPage>('/api/admin/processes/reconcile', { repair })).body.drift;
};

interface Life {
  povId: string;
  instanceId: string;
  workflowIds: string[];
}
/** A POV with an overdue milestone, whose phase one of two people has approved. */
async function halfApproved(): Promise<Life> {
  const { id: povId } = await staffedPov(app, manager);
  await move(manager, povId, 'IN_PROGRESS');
  const [phase] = await phasesOf(manager, povId);
  const now = Date.parse((await admin.get<{ now: string }>('/api/sandbox/clock')).body.now);
  const dueDate = new Date(now + 3_600_000).toISOString();
  await manager.post<Milestone>(`/api/povs/${povId}/phases/${phase!.id}/milestones`, { name: 'Kick-off', dueDate });
  const instanceId = (await submit(manager, povId, phase!.id)).body.id;
  await app.advance({ by: 'P2D' });
  expect((await decide(sales, instanceId, 'approve')).status).toBe(200);
  await app.settled();
  return { povId, instanceId, workflowIds: [`pov-lifecycle-${povId}`, `wf-${instanceId}`] };
}
async function completes({ povId, instanceId }: Life): Promise<void> {
  expect((await decide(sales2, instanceId, 'approve')).body.status).toBe('completed');
  await until('the phase is completed', async () => (await phasesOf(manager, povId))[0]!.status === 'COMPLETED');
  await app.settled();
  const effects = await effectsOn(app, povId);
  expect(effects).toEqual(
    expect.arrayContaining([
      'event pov.milestone.overdue ×1',
      'event pov.phase.completed ×1',
      'event workflow.instance.completed ×1',
      'event workflow.step.decided ×2',
    ]),
  );
}

/** To its first or its last completed workflow task. */
async function reset(workflowId: string, to: 'first' | 'last'): Promise<string> {
  const { client, namespace } = app.engine;
  const workflowTaskCompleted = 7;
  const completed = ((await handle(workflowId).fetchHistory()).events ?? []).filter(
    e => Number(e.eventType) === workflowTaskCompleted,
  );
  const { runId } = await client.workflowService.resetWorkflowExecution({
    namespace,
    workflowExecution: { workflowId },
    reason: 'A test',
    requestId: randomUUID(),
    workflowTaskFinishEventId: completed.at(to === 'first' ? 0 : -1)!.eventId,
  });
  return runId;
}

describe('[APR-052] a reset in the Temporal UI', () => {
  it.each(['first', 'last'] as const)('to the %s workflow task repeats no effect; the process goes on', async to => {
    const life = await halfApproved();
    const before = await effectsOn(app, life.povId);
    for (const workflowId of life.workflowIds) {
      const runId = await reset(workflowId, to);
      await until('the new run has looked', async () => (await view(workflowId)).runId === runId);
    }
    await app.settled();
    expect(await effectsOn(app, life.povId)).toEqual(before);
    expect(await compare(false)).toEqual([]);
    await completes(life);
  }, 120_000);
});

describe('[PLT-044] a cancellation or termination in the Temporal UI', () => {
  it.each([
    ['cancel', 'CANCELLED'],
    ['terminate', 'TERMINATED'],
  ] as const)('(%s) is found, shown, and repaired; nothing happens twice', async (how, state) => {
    const life = await halfApproved();
    const before = await effectsOn(app, life.povId);
    for (const workflowId of life.workflowIds) {
      await handle(workflowId)[how]();
      await until('it has ended', async () => (await stateOf(workflowId)) === state);
    }
    const found = [...life.workflowIds].sort().map(workflowId => ({ workflowId, engine: state }));
    expect(await compare(false)).toMatchObject(found);
    const stuck = expect.stringContaining('ended');
    expect(await view(life.workflowIds[0]!)).toMatchObject({ status: 'failed', stuck });
    expect(await compare(true)).toMatchObject(found.map(f => ({ ...f, repaired: true })));
    for (const workflowId of life.workflowIds)
      await until('it waits again', async () => (await view(workflowId)).status === 'waiting');
    expect(await compare(false)).toEqual([]);
    expect(await effectsOn(app, life.povId)).toEqual(before);
    await completes(life);
  }, 120_000);
});

describe('an activity reset in the Temporal UI', () => {
  it('while a sandbox clock waits for its processes: the clock is moved once', async () => {
    const { id } = await newPov(manager);
    await app.settled();
    const { client, namespace } = app.engine;
    const now = Date.parse((await admin.get<{ now: string }>('/api/sandbox/clock')).body.now);
    // Whoever holds its stream keeps the process from looking.
    const db = await connected(app.database.ownerUrl);
    await db.query('begin');
    await db.query('select 1 from stream where entity_id = $1 for update', [id]);
    await inDatabase(app, `update process set seen_seq = seen_seq - 1 where entity_id = $1`, [id]);
    const { body: asked } = await admin.post<{ id: string }>('/api/sandbox/clock/advance', { by: 3600 });
    const execution = { workflowId: `clock-advance-${asked.id}` };
    // Until the relay has told of it, there is none.
    const pending = (): Promise<unknown[]> =>
      handle(execution.workflowId).describe().then(d => d.raw.pendingActivities ?? [], () => []);
    try {
      await until('it waits', async () => (await pending()).length === 1);
      await client.workflowService.resetActivity({ namespace, execution, type: 'awaitSettled', identity: 'test' });
    } finally {
      await db.query('commit');
      await db.end();
    }
    await handle(`pov-lifecycle-${id}`).signal('reconciled', { seq: Number.MAX_SAFE_INTEGER });
    await until(
      'the clock has moved',
      async () => (await admin.get<{ status: string }>(`/api/operations/${asked.id}`)).body.status === 'done',
      60_000,
    );
    const after = Date.parse((await admin.get<{ now: string }>('/api/sandbox/clock')).body.now);
    expect(after - now).toBe(3_600_000);
  }, 120_000);
});

describe('messages', () => {
  it('twice, in another order, and late change nothing, for every kind of process that waits', async () => {
    const life = await halfApproved();
    const { body: launch } = await manager.post<{ id: string }>(`/api/povs/${(await newPov(manager)).id}/launch`);
    await app.settled();
    const before = await effectsOn(app, life.povId);
    for (const workflowId of [...life.workflowIds, `launch-${launch.id}`]) {
      const seen = Number((await handle(workflowId).query<{ seenSeq: number }>('state')).seenSeq);
      const seqs = Array.from({ length: seen + 1 }, (_, n) => n);
      for (const seq of [...seqs, ...seqs.reverse(), seen + 5]) await handle(workflowId).signal('stepDecided', { seq });
      await until('all are read', async () => !(await handle(workflowId).describe()).raw.pendingWorkflowTask);
    }
    await app.settled();
    expect(await effectsOn(app, life.povId)).toEqual(before);
    await completes(life);
  }, 120_000);

  it('two hundred, while a process continues as new: it has read them all', async () => {
    const { id } = await newPov(manager);
    await app.settled();
    const workflowId = `pov-lifecycle-${id}`;
    const { runId } = await handle(workflowId).describe();
    for (let n = 0; n < 200; n += 20)
      await Promise.all(
        Array.from({ length: 20 }, async (_, m) => {
          const { status } = await manager.patch(`/api/povs/${id}`, { objective: `Objective ${n + m}` });
          expect(status).toBe(200);
          await handle(workflowId).signal('povChanged', { seq: 0 });
        }),
      );
    for (let more = 0; (await handle(workflowId).describe()).runId === runId && more < 2_000; more += 1)
      await handle(workflowId).signal('povChanged', { seq: 0 });
    await app.settled();
    expect((await handle(workflowId).describe()).runId).not.toBe(runId);
    const [row] = await inDatabase<{ behind: number; undelivered: number }>(
      app,
      `select (s.seq - p.seen_seq)::int as behind,
         (select count(*)::int from outbox_event where delivered_at is null) as undelivered
       from process p join stream s on s.entity_id = p.entity_id where p.workflow_id = $1`,
      [workflowId],
    );
    expect(row).toEqual({ behind: 0, undelivered: 0 });
  }, 180_000);

  it('to one that has ended are told to nobody; to one that was deleted, they start it anew', async () => {
    const gone = await newPov(manager), lost = await newPov(manager);
    await move(manager, lost.id, 'LOST', 'No budget');
    await app.settled();
    await handle(`pov-lifecycle-${lost.id}`).result();
    const { client, namespace } = app.engine;
    const workflowExecution = { workflowId: `pov-lifecycle-${gone.id}` };
    await client.workflowService.deleteWorkflowExecution({ namespace, workflowExecution });
    await until('it is deleted', async () =>
      handle(workflowExecution.workflowId).describe().then(() => false, () => true),
    );
    expect((await manager.patch(`/api/povs/${gone.id}`, { objective: 'Still here' })).status).toBe(200);
    await manager.post(`/api/povs/${lost.id}/activities`, { type: 'NOTE', description: 'Late' });
    await app.settled();
    expect([await stateOf(workflowExecution.workflowId), await stateOf(`pov-lifecycle-${lost.id}`)]).toEqual([
      'RUNNING',
      'COMPLETED',
    ]);
    const [{ n } = { n: -1 }] = await inDatabase<{ n: number }>(
      app,
      'select count(*)::int as n from outbox_event where delivered_at is null',
    );
    expect(n).toBe(0);
  }, 120_000);
});

it('nothing of all this broke an invariant', async () => {
  await app.settled();
  const { address } = await testTemporal();
  expect(await brokenInvariants({ ownerUrl: app.database.ownerUrl, temporalAddress: address })).toEqual([]);
});
