import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { WorkflowHandle } from '@temporalio/client';
import { connected } from '../../../bin/database-roles.ts';
import type { Milestone } from '../../../domain/pov/milestone.ts';
import type { DriftPage } from '../../../activities/platform/process/reconcile.ts';
import { schedules, type Scheduled } from '../../../activities/platform/process/schedules.ts';
import { processes } from '../../../domain/index.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { effectsOn } from '../../kit/faults/effects.ts';
import {
  begunSince, everyProcess, recordedOf, startOutside, wentOut,
  type Begun, type EveryProcess, type Makers, type Outside, type Round,
} from '../../kit/faults/every-process.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { decide, move, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { testTemporal } from '../../kit/services.ts';

/** What somebody does in the Temporal UI, or with its CLI, past the product. */
let app: App, admin: Client, manager: Client, sales: Client, sales2: Client, outside: Outside, every: EveryProcess;
beforeAll(async () => {
  outside = await startOutside();
  app = await bootApp({ env: outside.env });
  [admin, manager, sales, sales2] = await Promise.all([
    app.as('admin'),
    app.as('manager'),
    app.as('sales'),
    app.as('sales2'),
  ]);
  every = await everyProcess(app, outside);
});
afterAll(async () => {
  await app?.stop();
  await outside?.stop();
});

const handle = (workflowId: string) => app.engine.client.workflow.getHandle(workflowId);
const stateOf = async (workflowId: string): Promise<string> => (await handle(workflowId).describe()).status.name;
const view = async (workflowId: string): Promise<ProcessView> =>
  (await admin.get<ProcessView>(`/api/processes/${workflowId}`)).body;
const compare = async (repair: boolean): Promise<DriftPage['drift']> => {
  // The check leaves processes alone that moved in the last seconds.
  await inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
  return (await admin.post<DriftPage>('/api/admin/processes/reconcile', { repair })).body.drift;
};
/** A process that has just told its end is still ending. */
async function agrees(): Promise<void> {
  let drift: DriftPage['drift'] = [];
  await until('nothing differs', async () => (drift = await compare(false)).length === 0).catch(() =>
    expect(drift).toEqual([]),
  );
}

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
  it('to the last workflow task repeats no effect; the process goes on', async () => {
    const life = await halfApproved();
    const before = await effectsOn(app, life.povId);
    for (const workflowId of life.workflowIds) {
      const runId = await reset(workflowId, 'last');
      await until('the new run has looked', async () => (await view(workflowId)).runId === runId);
    }
    await app.settled();
    expect(await effectsOn(app, life.povId)).toEqual(before);
    await agrees();
    await completes(life);
  }, 120_000);
});

/** What the runbook says of each process that was ended from outside: that it comes back, or that the next run does. */
const runbook = (): Record<string, string> => {
  const [, table = ''] = readFileSync('docs/operating.md', 'utf8').split('| process | restartable |');
  const rows = table.split('\n\n')[0]!.split('\n').map(line => line.split('|').map(cell => cell.trim()));
  const named = rows.map(([, name = '', , , ended = '']) => [/^`(\w+)`/.exec(name)?.[1], ended]);
  return Object.fromEntries(named.filter(([type]) => type));
};
const ofSchedules = schedules.map(s => s.workflowType);
const runOf = ({ id, workflowType }: Scheduled): Promise<WorkflowHandle> => {
  const { client, taskQueue } = app.engine;
  return client.workflow.start(workflowType, { taskQueue, workflowId: `${id}-workflow-${randomUUID()}`, args: [] });
};
const allOf = (work: (b: Begun) => Promise<unknown>, begun: Begun[]): Promise<unknown> => Promise.all(begun.map(work));
const makes = async (makers: Makers, round: Round): Promise<void> => {
  for (const make of Object.values(makers)) await make(round);
};
const clock = async (): Promise<number> =>
  Date.parse((await admin.get<{ now: string }>('/api/sandbox/clock')).body.now);
const roundOf = async (n: number, username: string): Promise<Round> => ({ n, username, user: await app.as(username) });
const ofStory = ['povLifecycle', 'approval'];
const waitsOn = ({ type }: Begun): boolean => [...ofStory, ...Object.keys(every.waiting)].includes(type);
const statusesOf = async (begun: Begun[]): Promise<string[]> => {
  const rows = await inDatabase<{ workflowId: string; status: string }>(
    app, 'select workflow_id as "workflowId", status from process',
  );
  return begun.map(b => `${b.workflowId} ${rows.find(r => r.workflowId === b.workflowId)!.status}`);
};
/** Those that wait wait, the others have come to their end. */
const allStand = async (begun: Begun[]): Promise<boolean> =>
  String(await statusesOf(begun)) === String(begun.map(b => `${b.workflowId} ${waitsOn(b) ? 'waiting' : 'closed'}`));
/** Who is told late starts what has ended: that is the relay's, and not what is asked here. */
const told = (): Promise<void> =>
  until('all is told', async () =>
    (await inDatabase(app, 'select 1 from outbox_event where delivered_at is null')).length === 0,
  );
/** What was recorded of one of each type that nobody touched. */
const untouched: Record<string, string[]> = {};

/** What a test has ended and not brought back yet, and whether the worker is away meanwhile. */
const left = { ended: false, worker: true };

describe('every process of the registry,', () => {
  // A test that failed on its way must not keep the clock from those behind it.
  afterEach(async () => {
    if (!left.ended) return;
    outside.works();
    if (!left.worker) await app.startWorker();
    await compare(true);
    Object.assign(left, { ended: false, worker: true });
  });

  it('[PLT-044] is in the runbook, which says whether it comes back when it was ended from outside', () => {
    const comesBack = processes.map(p => [p.type, expect.stringContaining('comes back')]);
    const next = ofSchedules.map(type => [type, expect.stringContaining('next run')]);
    expect(runbook()).toEqual(Object.fromEntries([...comesBack, ...next]));
    const begun = [...ofStory, ...Object.values(every).flatMap(makers => Object.keys(makers))];
    expect(begun.sort()).toEqual(processes.map(p => p.type).sort());
  });

  it('[APR-052] reset to its first workflow task, once it waits or has ended, repeats no effect', async () => {
    const before = await begunSince(app, []);
    const round = await roundOf(0, 'sales3');
    const life = await halfApproved();
    for (const makers of Object.values(every)) await makes(makers, round);
    const begun = await begunSince(app, before);
    await until('all have come as far as they come', () => allStand(begun), 60_000);
    const done = async () => [
      await recordedOf(app, begun), await effectsOn(app, life.povId), await wentOut(app, outside),
      Math.round((await clock()) / 1000),
    ];
    const once = await done();
    const recorded = await recordedOf(app, begun);
    for (const b of begun) untouched[b.type] = recorded[b.workflowId]!;
    await allOf(async ({ workflowId, ...b }) => {
      const runId = await reset(workflowId, 'first');
      if (waitsOn({ workflowId, ...b }))
        await until('the new run has looked', async () => (await view(workflowId)).runId === runId);
      else await app.engine.client.workflow.getHandle(workflowId, runId).result();
    }, begun);
    await app.settled();
    expect(await done()).toEqual(once);
    await agrees();
    for (const scheduled of schedules) {
      const run = await runOf(scheduled);
      await run.result();
      await reset(run.workflowId, 'first');
      await run.result();
    }
    await completes(life);
  }, 180_000);

  it.each([
    ['cancel', 'CANCELLED', 'sales'],
    ['terminate', 'TERMINATED', 'sales2'],
  ] as const)('[PLT-044] ended from outside (%s) on its way, is found, and comes back: one effect', async (...row) => {
    const [how, state, username] = row;
    const before = await begunSince(app, []);
    const round = await roundOf(before.length, username);
    const life = await halfApproved();
    await makes(every.waiting, round);
    await app.settled();
    // The clocks that were moved on the way have come where they should.
    const waiting = (await begunSince(app, before)).filter(waitsOn);
    const [known, now, effects] = [await begunSince(app, []), await clock(), await effectsOn(app, life.povId)];
    const recorded = await recordedOf(app, waiting);
    left.ended = true;
    outside.fails();
    const asked = (): number[] => [
      outside.smtp.connections, outside.service.asked.length, outside.companies.asked.length,
    ];
    const askedBefore = asked();
    await makes(every.telling, round);
    await until('all were asked', async () => asked().every((n, i) => n > askedBefore[i]!));
    await app.stopWorker();
    left.worker = false;
    await makes(every.passing, round);
    const passing = await begunSince(app, known);
    const begun = [...waiting, ...passing];
    const isRunning = ({ workflowId }: Begun): Promise<boolean> =>
      stateOf(workflowId).then(s => s === 'RUNNING', () => false);
    await allOf(b => until(`${b.workflowId} runs`, () => isRunning(b)), begun);
    await told();
    const runs = await Promise.all(schedules.map(runOf));

    const ids = [...begun.map(b => b.workflowId), ...runs.map(r => r.workflowId)];
    await Promise.all(ids.map(id => handle(id)[how]()));
    await app.startWorker();
    left.worker = true;
    for (const id of ids) await until(`${id} has ended`, async () => (await stateOf(id)) === state, 60_000);
    const found = begun.map(b => b.workflowId).sort().map(workflowId => ({ workflowId, engine: state }));
    expect([...new Set(begun.map(b => b.type))].sort()).toEqual(processes.map(p => p.type).sort());
    expect(await compare(false)).toMatchObject(found);
    const stuck = expect.stringContaining('ended');
    await allOf(async b => expect(await view(b.workflowId)).toMatchObject({ status: 'failed', stuck }), begun);

    outside.works();
    expect(await compare(true)).toMatchObject(found.map(f => ({ ...f, repaired: true })));
    await until('all have come as far as they come', () => allStand(begun), 60_000);
    left.ended = false;
    await app.settled();
    await agrees();
    expect(await effectsOn(app, life.povId)).toEqual(effects);
    const alike = Object.fromEntries(passing.map(b => [b.workflowId, untouched[b.type]]));
    expect(await recordedOf(app, begun)).toEqual({ ...recorded, ...alike });
    const { mails, messages, ...out } = await wentOut(app, outside);
    expect(out).toEqual({ mailed: mails, told: messages, toldApart: messages });
    expect(Math.round(((await clock()) - now) / 1000)).toBe(60);
    for (const scheduled of schedules) await (await runOf(scheduled)).result();
    await completes(life);
  }, 180_000);
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
    const known = await begunSince(app, []);
    const life = await halfApproved();
    await makes(every.waiting, await roundOf(known.length, 'sales4'));
    await app.settled();
    const begun = (await begunSince(app, known)).filter(waitsOn);
    expect([...new Set(begun.map(b => b.type))].sort()).toEqual([...ofStory, ...Object.keys(every.waiting)].sort());
    const done = async () => [await effectsOn(app, life.povId), await recordedOf(app, begun)];
    const once = await done();
    for (const { workflowId, type } of begun) {
      const heard = ofStory.includes(type) ? 'stepDecided' : 'clockMoved';
      const seen = Number((await handle(workflowId).query<{ seenSeq: number }>('state')).seenSeq);
      const seqs = Array.from({ length: seen + 1 }, (_, n) => n);
      for (const seq of [...seqs, ...seqs.reverse(), seen + 5]) await handle(workflowId).signal(heard, { seq });
      await until('all are read', async () => !(await handle(workflowId).describe()).raw.pendingWorkflowTask);
    }
    await app.settled();
    expect(await done()).toEqual(once);
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
