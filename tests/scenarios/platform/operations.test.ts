import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { wake } from '../../../activities/platform/engine.ts';
import { systemActor } from '../../../activities/platform/system-actor.ts';
import { run } from '../../../activities/platform/verb.ts';
import { lookAtPov } from '../../../activities/pov/look-at-pov.ts';
import { connected } from '../../../bin/database-roles.ts';
import type { Operations } from '../../../domain/platform/operations/operations.contract.ts';
import type { ProcessSummary } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { lifecycleOf, newPov, type Listed } from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
});
afterAll(() => app?.stop());

const handle = (workflowId: string) => app.engine.client.workflow.getHandle(workflowId);
const stateOf = async (workflowId: string): Promise<string> => (await handle(workflowId).describe()).status.name;
const operations = async (): Promise<Operations> => (await admin.get<Operations>('/api/admin/operations')).body;
const troubled = async (): Promise<ProcessSummary[]> => {
  const path = `/api/processes?${encodeURIComponent('filter[troubled]')}=true`;
  return (await admin.get<Listed<ProcessSummary>>(path)).body.items;
};
const started = async (): Promise<{ id: string; workflowId: string }> => {
  const { id } = await newPov(manager);
  await app.settled();
  // What has ended here ends in the engine a moment later.
  await until('nothing differs', async () => (await reconcile(false)).length === 0);
  return { id, workflowId: `pov-lifecycle-${id}` };
};
const steer = (workflowId: string, what: 'retry' | 'termination', body: object = {}, headers = {}) =>
  admin.post<ProblemBody>(`/api/admin/processes/${workflowId}/${what}`, body, headers);
const terminate = (workflowId: string, headers = {}) =>
  steer(workflowId, 'termination', { reason: 'It runs in circles' }, headers);
/** How often the audit log says that it was ended. */
const ended = async (workflowId: string): Promise<number> => {
  const { body } = await admin.get<Listed<{ verb: string }>>(`/api/admin/audit-logs?recordId=${workflowId}`);
  return body.items.filter(row => row.verb === 'terminate-process').length;
};
async function retried(id: string, workflowId: string, headers = {}): Promise<void> {
  expect((await steer(workflowId, 'retry', {}, headers)).status).toBe(200);
  await until('it waits again', async () => (await lifecycleOf(admin, id)).status === 'waiting');
}
/** A late look of a run. */
const lookOf = (runId: string, id: string, workflowId: string) =>
  run(lookAtPov, { entityId: id, runId, workflowId }, { actor: systemActor(app.tenant.id) });
const reconcile = async (repair: boolean): Promise<string[]> => {
  await inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
  const { body } = await admin.post<{ drift: { workflowId: string }[] }>('/api/admin/processes/reconcile', { repair });
  return body.drift.map(d => d.workflowId);
};

describe('[PLT-044] what operators see', () => {
  it('counts processes by type and state, and how far the relay is', async () => {
    await started();
    const { processes, relay, engine, temporalUrl, deadEvents } = await operations();
    expect(processes).toContainEqual({ type: 'povLifecycle', status: 'waiting', count: 1, stuck: 0 });
    expect([engine, relay, deadEvents]).toEqual(['ok', { waiting: 0, oldestSeconds: 0, dead: 0 }, []]);
    expect(temporalUrl).toMatch(/^http:.*\/namespaces\/default\/workflows$/);
    expect((await manager.get('/api/admin/operations')).status).toBe(403);
  });

  it('names events that could not be delivered, and inputs that came past the API', async () => {
    const { id, workflowId } = await started();
    await handle(workflowId).signal('phaseSubmitted', { seq: 'not a number' });
    await until('the input is parked', async () => (await operations()).rejectedInputs.length > 0);
    expect((await operations()).rejectedInputs[0]).toMatchObject({ workflowId, name: 'phaseSubmitted' });
    await inDatabase(
      app,
      `insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, actor, actor_name,
         at, position, attempts, problem)
       values ($1, 'pov.poison', $2, $2, 999, '{}', $3, 'did what nobody takes', 'system', 'system', now(), 1000000, 20,
         'Invalid workflow type')`,
      [app.tenant.id, id, JSON.stringify([{ type: '', entityId: id, workflowId, seq: 999 }])],
    );
    const { relay, deadEvents } = await operations();
    expect(relay).toMatchObject({ waiting: 0, dead: 1 });
    expect(deadEvents).toMatchObject([{ name: 'pov.poison', problem: 'Invalid workflow type', tells: [workflowId] }]);
    await inDatabase(app, `delete from outbox_event where name = 'pov.poison'`);
  });

  it('sends an event again that was refused too often, audited; no other', async () => {
    const { id } = await started();
    const [event] = await inDatabase<{ id: string }>(
      app,
      `update outbox_event set attempts = 20, problem = 'Namespace not found', delivered_at = null
       where entity_id = $1 returning id`,
      [id],
    );
    const again = (by: Client, eventId: string | undefined) =>
      by.post<ProblemBody>(`/api/admin/events/${eventId}/redelivery`);
    expect((await again(manager, event?.id)).status).toBe(403);
    expect((await operations()).relay.dead).toBe(1);
    expect(await again(admin, event?.id)).toMatchObject({ status: 200, body: { id: Number(event?.id) } });
    await until('it was delivered', async () => {
      const { relay } = await operations();
      return relay.dead + relay.waiting === 0;
    });
    const { status, body } = await again(admin, event?.id);
    expect([status, body.error]).toEqual([409, 'The event was delivered']);
    expect((await again(admin, '999999999')).status).toBe(404);
    const audit = await admin.get<Listed<{ verb: string; oldValues: object }>>(
      `/api/admin/audit-logs?recordId=${event?.id}`,
    );
    expect(audit.body.items).toMatchObject([
      { verb: 'resend-event', oldValues: { attempts: 20, problem: 'Namespace not found' } },
    ]);
  });

  it('lists a failed one with its reason, and lets it be retried, audited', async () => {
    const { id, workflowId } = await started();
    await handle(workflowId).terminate('from outside');
    expect(await reconcile(false)).toEqual([workflowId]);
    expect(await troubled()).toMatchObject([
      { workflowId, status: 'failed', stuck: 'The engine ended it (terminated)', temporalUrl: expect.any(String) },
    ]);
    expect(await steer(workflowId, 'retry')).toMatchObject({ status: 200, body: { status: 'starting' } });
    await until('it waits again', async () => (await lifecycleOf(admin, id)).status === 'waiting');
    expect(await troubled()).toEqual([]);
    const { body } = await admin.get<Listed<{ verb: string; newValues: object }>>(
      `/api/admin/audit-logs?recordId=${workflowId}`,
    );
    expect(body.items[0]).toMatchObject({ verb: 'retry-process', newValues: { reason: 'Retried' } });
  });
});

/** As a relay does that was lost before it could note that it had told. */
async function toldAgain(workflowId: string): Promise<void> {
  const events = `from outbox_event where tells @> '[{"workflowId": "${workflowId}"}]'`;
  await inDatabase(app, `update outbox_event set delivered_at = null where id in (select id ${events})`);
  await inDatabase(app, `select pg_notify('outbox', '')`);
  await until('it is told again', async () =>
    (await inDatabase(app, `select 1 ${events} and delivered_at is null`)).length === 0,
  );
}

/** Keeps whoever looks at the process, or steers it, waiting until it is called off. */
async function holdStream(entityId: string): Promise<() => Promise<void>> {
  const db = await connected(app.database.ownerUrl);
  await db.query('begin');
  await db.query('select 1 from stream where entity_id = $1 for update', [entityId]);
  return async () => {
    await db.query('commit');
    await db.end();
  };
}
const waiters = async (): Promise<number> => {
  const text = `select 1 from pg_locks join pg_stat_activity using (pid)
    where not granted and datname = current_database()`;
  return (await inDatabase(app, text)).length;
};

describe('[PLT-044] an administrator ends a process', () => {
  it('the row says by whom and why, nothing starts it by itself, a retry does', async () => {
    const { id, workflowId } = await started();
    expect((await steer(workflowId, 'termination', { reason: '  ' })).status).toBe(400);
    const refused = await manager.post(`/api/admin/processes/${workflowId}/termination`, { reason: 'x' });
    expect(refused.status).toBe(403);
    // Its first look has told no run yet.
    const { runId } = await handle(workflowId).describe();
    await inDatabase(app, 'update process set run_id = null where workflow_id = $1', [workflowId]);
    const key = { 'Idempotency-Key': 'ended-once' };
    const answer = await terminate(workflowId, key);
    expect(answer).toMatchObject({ status: 200, body: { workflowId, status: 'failed' } });
    const shown = await lifecycleOf(admin, id);
    expect(shown).toMatchObject({ status: 'failed', result: 'terminated', waitingFor: null, future: [] });
    expect(shown.stuck).toBe('Terminated by Admin Example: It runs in circles');
    expect(await stateOf(workflowId)).toBe('TERMINATED');
    const again = [await terminate(workflowId), await terminate(workflowId, key)];
    expect(again.map(a => [a.status, a.body.error ?? a.body])).toEqual([
      [409, 'It is terminated already'],
      [200, answer.body],
    ]);
    expect(await ended(workflowId)).toBe(1);

    // Neither the reconciler nor the clock of the sandbox brings it back, nor a message of before, told late or again.
    expect(await reconcile(true)).toEqual([]);
    await app.advance({ by: 60 });
    await toldAgain(workflowId);
    expect(await stateOf(workflowId)).toBe('TERMINATED');
    // The last look of the run that was ended was under way, and comes after the end.
    await lookOf(runId, id, workflowId);
    expect(await lifecycleOf(admin, id)).toEqual(shown);

    await retried(id, workflowId);
    expect(await lifecycleOf(admin, id)).toMatchObject({ stuck: null, result: null });
    expect(await stateOf(workflowId)).toBe('RUNNING');
  });

  it('what has started it meanwhile is ended too, and its look comes too late', async () => {
    const { id, workflowId } = await started();
    const letGo = await holdStream(id);
    const ending = terminate(workflowId);
    try {
      await until('the first run has ended', async () => (await stateOf(workflowId)) === 'TERMINATED');
      await wake(app.engine, 'povLifecycle', workflowId, { v: 1, tenantId: app.tenant.id, entityId: id });
      await until('the note and the look wait', async () => (await waiters()) >= 2);
    } finally {
      await letGo();
    }
    expect((await ending).status).toBe(200);
    const { runId, status } = await handle(workflowId).describe();
    expect(status.name).toBe('TERMINATED');
    await until('nobody waits', async () => (await waiters()) === 0);
    const shown = await lifecycleOf(admin, id);
    expect(shown).toMatchObject({ status: 'failed', result: 'terminated', waitingFor: null, runId });
    await lookOf(runId, id, workflowId);
    expect(await lifecycleOf(admin, id)).toEqual(shown);
    expect(await ended(workflowId)).toBe(1);
    await retried(id, workflowId);
  });

  it('two at once end it once, and a retry of before that is sent again does not bring it back', async () => {
    const { id, workflowId } = await started();
    const key = { 'Idempotency-Key': 'retried-once' };
    await terminate(workflowId);
    await retried(id, workflowId, key);
    const both = await Promise.all([terminate(workflowId), terminate(workflowId)]);
    expect(both.map(a => a.status).sort()).toEqual([200, 409]);
    const again = await steer(workflowId, 'retry', {}, key);
    expect(again).toMatchObject({ status: 200, body: { status: 'starting' } });
    expect([await ended(workflowId), await stateOf(workflowId)]).toEqual([2, 'TERMINATED']);
    await retried(id, workflowId);
  });

  it('what happens to its record starts it again', async () => {
    const { id, workflowId } = await started();
    await steer(workflowId, 'termination', { reason: 'A test' });
    await manager.patch(`/api/povs/${id}`, { objective: 'Goes on' });
    await until('it waits again', async () => (await lifecycleOf(admin, id)).status === 'waiting');
    expect(await stateOf(workflowId)).toBe('RUNNING');
  });

  it('one that runs all the same, as after a restore, is found: the run of then ends, another goes on', async () => {
    const { id, workflowId } = await started();
    const { runId } = await handle(workflowId).describe();
    const endedAs = (run: string) =>
      inDatabase(
        app,
        `update process set status = 'failed', result = 'terminated', stuck_reason = 'Terminated', run_id = $2
         where workflow_id = $1`,
        [workflowId, run],
      );
    await endedAs('another');
    expect([await reconcile(false), await reconcile(true)]).toEqual([[workflowId], [workflowId]]);
    await until('it waits again', async () => (await lifecycleOf(admin, id)).status === 'waiting');
    expect(await stateOf(workflowId)).toBe('RUNNING');
    await endedAs(runId);
    expect([await reconcile(false), await stateOf(workflowId)]).toEqual([[workflowId], 'RUNNING']);
    expect([await reconcile(true), await stateOf(workflowId)]).toEqual([[workflowId], 'TERMINATED']);
    expect(await lifecycleOf(admin, id)).toMatchObject({ status: 'failed', result: 'terminated', runId });
    expect(await reconcile(true)).toEqual([]);
    await retried(id, workflowId);
  });

  it('one that has ended, or is not there, is refused', async () => {
    const { workflowId } = await started();
    await inDatabase(app, `update process set status = 'closed', result = 'LOST' where workflow_id = $1`, [workflowId]);
    for (const what of ['retry', 'termination'] as const) {
      const { status, body } = await steer(workflowId, what, { reason: 'x' });
      expect([status, body.error]).toEqual([409, 'The process has ended']);
      expect((await steer('pov-lifecycle-none', what, { reason: 'x' })).status).toBe(404);
    }
    await inDatabase(app, `update process set status = 'waiting', result = null where workflow_id = $1`, [workflowId]);
  });
});

it('after all of it everything is sound', async () => {
  await app.settled();
  expect(await brokenAfter(app)).toEqual([]);
});
