import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { reconcileAll, type DriftPage, type DriftReport, type Progress } from '../../../activities/platform/process/reconcile.ts';
import { connected } from '../../../bin/database-roles.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { inDatabase } from '../../kit/in-database.ts';

const dates = { startDate: '2026-11-24T08:00:00.000Z', endDate: '2027-01-12T17:00:00.000Z' };
interface Started {
  workflowId: string;
  runId: string | null;
  status: string;
  links: { self: string; temporal: string };
}

let app: App, manager: Client, admin: Client, readonly: Client, outsider: Client;
beforeAll(async () => {
  app = await bootApp();
  [manager, admin, readonly, outsider] = await Promise.all([
    app.as('manager'),
    app.as('admin'),
    app.as('readonly'),
    app.as('sales4'),
  ]);
});
afterAll(() => app?.stop());

const start = async (title: string): Promise<Started> => {
  const answer = await manager.post<Started>('/api/processes/povLifecycle', { title, ...dates });
  expect(answer.status).toBe(202);
  return answer.body;
};
const view = async (workflowId: string, who = manager): Promise<ProcessView> =>
  (await who.get<ProcessView>(`/api/processes/${workflowId}`)).body;
const handle = (workflowId: string) => app.engine.client.workflow.getHandle(workflowId);

describe('a process', () => {
  it('[PLT-052] says in the engine, before its first look at the database, that it waits for it', async () => {
    await app.stopWorker();
    const { workflowId } = await start('First look');
    await until('the engine has it', () => handle(workflowId).describe().then(() => true, () => false));
    const owner = await connected(app.database.ownerUrl);
    try {
      await owner.query('begin; lock table phase');
      await app.startWorker();
      expect(await handle(workflowId).query('state')).toMatchObject({
        stage: 'Starting',
        waitingFor: {
          sentence: expect.stringMatching(
            /^Waiting for the database to say where it stands since .*, with no deadline .UTC.; afterwards it goes on\.$/,
          ),
        },
      });
    } finally {
      await owner.end();
    }
    await until('it waits', async () => (await view(workflowId)).status === 'waiting');
  });

  it('[PLT-052] [POV-015] is started by its type and tells its state at once', async () => {
    const { workflowId, status, runId, links } = await start('By type');
    expect(workflowId).toMatch(/^pov-lifecycle-[0-9a-f-]{36}$/);
    // On a busy machine a worker needs more than the second that the answer waits for it.
    expect(['waiting string', 'starting object']).toContain(`${status} ${typeof runId}`);
    expect(links.self).toBe(`/api/processes/${workflowId}`);
    await until('it waits', async () => (await view(workflowId)).status === 'waiting');
    expect(await view(workflowId)).toMatchObject({
      type: 'povLifecycle',
      status: 'waiting',
      title: 'By type',
      waitingFor: { sentence: expect.stringContaining('launch') },
      temporalUrl: expect.stringContaining(`/workflows/${workflowId}/`),
    });
    expect((await handle(workflowId).describe()).status.name).toBe('RUNNING');
  });

  it('[PLT-052] of an unknown type is 404, without the right 403, with bad input 400 naming the field', async () => {
    expect((await manager.post('/api/processes/nothing', {})).status).toBe(404);
    expect((await readonly.post('/api/processes/povLifecycle', { title: 'No', ...dates })).status).toBe(403);
    const bad = await manager.post<ProblemBody>('/api/processes/povLifecycle', {
      title: 'No',
      ...dates,
      endDate: '2026-01-01T00:00:00Z',
    });
    expect([bad.status, bad.body.errors[0]?.pointer]).toEqual([400, '/endDate']);
    expect((await manager.get('/api/processes/pov-lifecycle-nobody')).status).toBe(404);
  });

  it('[PLT-052] is listed to those who may see it, by type, status and entity', async () => {
    const { workflowId } = await start('Listed');
    const entityId = workflowId.slice('pov-lifecycle-'.length);
    const mine = await manager.get<{ items: { workflowId: string }[]; total: number }>(
      `/api/processes?type=povLifecycle&status=waiting&entityId=${entityId}`,
    );
    expect(mine.body.items.map(i => i.workflowId)).toEqual([workflowId]);
    expect((await outsider.get<{ total: number }>(`/api/processes?entityId=${entityId}`)).body.total).toBe(0);
    expect((await outsider.get(`/api/processes/${workflowId}`)).status).toBe(404);
  });

  it('says the same sentence in the API and in the Temporal UI', async () => {
    const { workflowId } = await start('One sentence');
    const shown = await handle(workflowId).query<{
      currentDetails: string;
      definition: { signalDefinitions: { name: string }[] };
    }>('__temporal_workflow_metadata');
    expect(await (await handle(workflowId).describe()).staticSummary()).toBe('One sentence');
    expect(shown.currentDetails).toBe((await view(workflowId)).waitingFor?.sentence);
    expect(shown.definition.signalDefinitions.map(s => s.name)).toContain('phaseSubmitted');
    expect(await handle(workflowId).query('state')).toMatchObject({ waitingFor: { sentence: shown.currentDetails } });
  });

  it('[APR-032] carries tenant, entity, type and stage as search attributes', async () => {
    const { workflowId } = await start('Searchable');
    // The first look writes the row before its workflow task ends, and with it the attributes.
    await until(
      'the first task has ended',
      async () => 'Stage' in (await handle(workflowId).describe()).searchAttributes,
    );
    expect((await handle(workflowId).describe()).searchAttributes).toMatchObject({
      Stage: ['Projected'],
      TenantId: [app.tenant.id],
      EntityId: [workflowId.slice('pov-lifecycle-'.length)],
      ProcessType: ['povLifecycle'],
      NeedsHuman: [true],
    });
  });

  it('parks what is sent to it past the API: it decides nothing, and ops see it', async () => {
    const { workflowId } = await start('Forged');
    await handle(workflowId).signal('instanceCompleted', { instanceId: 'forged' });
    await handle(workflowId).signal('anything');
    await until('both are parked', async () => (await view(workflowId)).rejectedInputs.length === 2);
    expect((await view(workflowId)).rejectedInputs.map(r => r.name).sort()).toEqual(['anything', 'instanceCompleted']);
    expect((await view(workflowId)).status).toBe('waiting');
  });

  it('[PLT-052] takes the commands of its contract only', async () => {
    const { workflowId } = await start('Commands');
    expect((await manager.post(`/api/processes/${workflowId}/signals/unknown`, {})).status).toBe(404);
    expect(
      (await readonly.post(`/api/processes/${workflowId}/signals/transition`, { to: 'LOST', reason: 'x' })).status,
    ).toBe(403);
    const refused = await manager.post<ProblemBody>(`/api/processes/${workflowId}/signals/transition`, { to: 'WON' });
    expect([refused.status, refused.body.details]).toEqual([409, ['Invalid status transition']]);
    expect(
      (await manager.post(`/api/processes/${workflowId}/signals/transition`, { to: 'LOST', reason: 'No budget' }))
        .status,
    ).toBe(200);
    await until('the process has ended', async () => (await view(workflowId)).status === 'closed');
    expect(await handle(workflowId).result()).toBe('LOST');
    expect((await view(workflowId)).allowedCommands.every(c => c.whyNot === 'The process has ended')).toBe(true);
  });
});

describe('an event that the engine refuses for good', () => {
  it('is noted with its problem, becomes a dead letter, and blocks nothing that comes after it', async () => {
    const { workflowId } = await start('Lane');
    const povId = workflowId.slice('pov-lifecycle-'.length);
    await app.settled();
    const [poison] = await inDatabase<{ id: string }>(
      app,
      `insert into outbox_event (tenant_id, name, entity_id, story_id, seq, payload, tells, summary, concerns, actor,
         actor_name, at, attempts)
       values ($1, 'platform.poison', gen_random_uuid(), gen_random_uuid(), 1, '{}', $2, 'poison', '{}', 'system',
         'system', now(), 18) returning id`,
      [app.tenant.id, JSON.stringify([{ type: '', workflowId, entityId: povId, seq: 1 }])],
    );
    const read = () =>
      inDatabase<{ attempts: number; problem: string; delivered: boolean }>(
        app,
        'select attempts, problem, delivered_at is not null as delivered from outbox_event where id = $1',
        [poison!.id],
      );
    await until('it was tried often enough', async () => (await read())[0]!.attempts === 20);
    expect(await read()).toEqual([{ attempts: 20, problem: expect.stringMatching(/type/i), delivered: false }]);
    const figures = await (await fetch(`${app.url}/metrics`)).text();
    expect(figures).toMatch(/^outbox_dead_events 1$/m);
    expect((await manager.patch(`/api/povs/${povId}`, { objective: 'Goes on' })).status).toBe(200);
    await app.settled();
    // Its position is taken: without the row there would be a gap.
    await inDatabase(app, 'update outbox_event set delivered_at = now() where id = $1', [poison!.id]);
  });
});

describe('the reconciler', () => {
  const compare = async (body: object = {}): Promise<DriftPage> =>
    (await admin.post<DriftPage>('/api/admin/processes/reconcile', body)).body;
  /** The check leaves processes alone that moved in the last seconds. */
  const aMinuteLater = () => inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
  /** All has settled, and what has ended here has ended in the engine too. */
  const atRest = async (): Promise<void> => {
    await app.settled();
    await aMinuteLater();
    await until('nothing differs', async () => (await compare()).drift.length === 0);
  };

  it('finds what was terminated, restarts it from the database, and then finds nothing', async () => {
    const { workflowId } = await start('Terminated');
    await atRest();
    await handle(workflowId).terminate('by ops');
    await aMinuteLater();
    expect((await compare({ repair: true })).drift).toEqual([
      { workflowId, database: 'waiting', engine: 'TERMINATED', repaired: true },
    ]);
    await until('it runs again', async () => (await handle(workflowId).describe()).status.name === 'RUNNING');
    expect((await compare()).drift).toEqual([]);
    expect((await manager.post('/api/admin/processes/reconcile', {})).status).toBe(403);
  });

  it('says of what the engine ended that it failed, and offers the repair', async () => {
    const { workflowId } = await start('Failed');
    await atRest();
    await handle(workflowId).terminate('by ops');
    await aMinuteLater();
    expect((await compare()).drift).toEqual([
      { workflowId, database: 'waiting', engine: 'TERMINATED', repaired: false },
    ]);
    expect((await view(workflowId)).status).toBe('failed');
    expect((await compare({ repair: true })).drift).toEqual([
      { workflowId, database: 'failed', engine: 'TERMINATED', repaired: true },
    ]);
    await until('it waits again', async () => (await view(workflowId)).status === 'waiting');
  });

  it('goes from page to page, and on past a process that cannot be repaired', async () => {
    await inDatabase(
      app,
      `insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, status, future, started_at)
       values ('nameless', $1, '', 'pov', gen_random_uuid(), 'Of no type', 'waiting', '[]', now())`,
      [app.tenant.id],
    );
    try {
      await aMinuteLater();
      const whole = await compare({ repair: true });
      expect(whole.drift).toEqual([
        expect.objectContaining({ workflowId: 'nameless', engine: 'NOT_FOUND', repaired: false }),
      ]);
      expect(whole.drift[0]!.problem).toMatch(/type/i);
      expect(whole.nextCursor).toBeNull();
      let checked = 0;
      for (let cursor: string | undefined; ; ) {
        const page = await compare({ limit: 2, cursor });
        checked += page.checked;
        if (page.nextCursor === null) break;
        expect(page.checked).toBe(2);
        cursor = page.nextCursor;
      }
      expect(checked).toBe(whole.checked);
    } finally {
      await inDatabase(app, `delete from process where workflow_id = 'nameless'`);
    }
  });

  it('goes on, by schedule, where a lost worker had come to', async () => {
    await aMinuteLater();
    const all = (await new MockActivityEnvironment().run(reconcileAll)) as DriftReport;
    expect(all.checked).toBeGreaterThan(3);
    const rows = await inDatabase<{ id: string }>(
      app,
      'select workflow_id as id from process where tenant_id = $1 order by workflow_id desc limit 2',
      [app.tenant.id],
    );
    const heartbeatDetails: Progress = {
      tenantId: app.tenant.id,
      cursor: rows[1]!.id,
      report: { checked: 40, drifted: 0, drift: [] },
    };
    expect(await new MockActivityEnvironment({ heartbeatDetails }).run(reconcileAll)).toMatchObject({ checked: 41 });
  });

  it('is not needed where an event comes first: it restarts a lost process by itself', async () => {
    const { workflowId } = await start('Restarted');
    const povId = workflowId.slice('pov-lifecycle-'.length);
    await handle(workflowId).terminate('by ops');
    expect((await manager.patch(`/api/povs/${povId}`, { objective: 'Still alive' })).status).toBe(200);
    await until('it runs again', async () => (await handle(workflowId).describe()).status.name === 'RUNNING');
  });
});

it('after all of it everything is sound', async () => {
  await app.settled();
  expect(await brokenAfter(app)).toEqual([]);
});
