import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Instance } from '../../../domain/approvals/instance.ts';
import type { ProcessView } from '../../../domain/platform/process.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Answer, Client } from '../../kit/client.ts';
import { ended, filled } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { brokenInvariants } from '../../kit/invariants.ts';
import { newPov, phasesOf, type Listed } from '../../kit/pov.fixture.ts';
import { testTemporal } from '../../kit/services.ts';
import { update, type Update } from '../../kit/updates.ts';

let app: App, admin: Client, manager: Client, sales: Client, sales2: Client;
beforeAll(async () => {
  app = await bootApp();
  [admin, manager, sales, sales2] = (await Promise.all(
    ['admin', 'manager', 'sales', 'sales2'].map(name => app.as(name)),
  )) as [Client, Client, Client, Client];
});
afterAll(() => app?.stop());

const approvals = '/api/workflows/instances';
const handle = (workflowId: string) => app.engine.client.workflow.getHandle(workflowId);
const view = async (workflowId: string, by = manager): Promise<ProcessView> =>
  (await by.get<ProcessView>(`/api/processes/${workflowId}`)).body;
const ask = (workflowId: string, what: Update['what'], body: object = {}, key: string = randomUUID()) =>
  update(manager, workflowId, { what, body, key });
const hold = (workflowId: string, more: object = {}) =>
  ask(workflowId, 'hold', { reason: 'The site is closed', ...more });
const now = async (): Promise<number> =>
  Date.parse((await manager.get<{ now: string }>('/api/sandbox/clock')).body.now);
const inDays = async (days: number): Promise<string> => new Date((await now()) + days * 86_400_000).toISOString();

async function anApproval(body: object = {}): Promise<string> {
  const { body: made } = await manager.post<Instance>(approvals, {
    ...{ referenceType: 'invoice', referenceId: randomUUID(), title: 'Setup' },
    steps: [{ name: 'Engineer', assigneeIds: [sales.userId] }],
    ...body,
  });
  await app.settled();
  return made.id;
}
const read = async (id: string): Promise<Instance> => (await manager.get<Instance>(`${approvals}/${id}`)).body;
const commandsOf = async (workflowId: string, by = manager): Promise<Record<string, string | null>> =>
  Object.fromEntries((await view(workflowId, by)).allowedCommands.map(c => [c.name, c.whyNot]));
const statuses = (answers: Answer<unknown>[]): number[] => answers.map(a => a.status);

describe('a process on hold', () => {
  it('says so, reminds nobody, takes decisions, and does after it what fell due, once', async () => {
    const steps = [sales, sales2].map(({ userId }, n) => ({ name: `Step ${n}`, assigneeIds: [userId] }));
    const id = await anApproval({ steps });
    const workflowId = `wf-${id}`;
    const { status, body } = await hold(workflowId);
    expect(status).toBe(200);
    expect(body.hold).toMatchObject({ reason: 'The site is closed', by: 'Manager Example', until: null });
    expect(body.waitingFor!.sentence).toMatch(
      /^On hold by Manager Example since .* because The site is closed; it goes on when somebody resumes it\.$/,
    );
    expect([body.nextWakeAt, body.future]).toEqual([null, []]);
    expect(await handle(workflowId).query('state')).toMatchObject({ hold: body.hold, waitingFor: body.waitingFor });
    expect(await commandsOf(workflowId)).toMatchObject({
      hold: 'It is on hold already, by Manager Example',
      resume: null,
    });
    await app.advance({ by: 'P10D' });
    expect((await read(id)).steps.map(s => s.reminders)).toEqual([0, 0]);
    expect((await sales.post(`${approvals}/${id}/approve`, { stepId: 'step-1' })).status).toBe(200);
    await app.settled();
    expect((await view(workflowId)).hold).toEqual(body.hold);
    await app.advance({ by: 'P10D' });
    expect((await read(id)).steps.map(s => s.reminders)).toEqual([0, 0]);

    const resumed = await ask(workflowId, 'resume');
    expect([resumed.status, resumed.body.hold]).toEqual([200, null]);
    await app.settled();
    expect((await read(id)).steps.map(s => s.reminders)).toEqual([0, 1]);
    expect(await commandsOf(workflowId)).toMatchObject({ hold: null, resume: 'It is not on hold' });
    const told = (await view(workflowId)).timeline.filter(t => t.event.startsWith('platform.process'));
    expect(told.map(t => `${t.by} ${t.what}`)).toEqual([
      'Manager Example put the process on hold: The site is closed',
      'Manager Example let the process go on',
    ]);
    const { body: audit } = await admin.get<Listed<{ verb: string; user: string; newValues: { hold: unknown } }>>(
      `/api/admin/audit-logs?recordId=${workflowId}`,
    );
    expect(audit.items.map(a => [a.verb, a.user, a.newValues.hold === null])).toEqual([
      ['resume-process', 'Manager Example', true],
      ['hold-process', 'Manager Example', false],
    ]);
    await sales2.post(`${approvals}/${id}/approve`);
    await ended(app, workflowId, 'completed', 'approval.held-and-resumed');
  });

  it('goes on by itself on the day that was named; its deadline, passed meanwhile, ends it then', async () => {
    const id = await anApproval({ dueInHours: 30, whenDue: 'expired' });
    const workflowId = `wf-${id}`;
    const until = await inDays(5);
    const { body } = await hold(workflowId, { until });
    expect(body.nextWakeAt).toBe(until);
    expect(body.waitingFor).toMatchObject({ until, then: 'it goes on', person: false });
    expect(body.waitingFor!.sentence).toMatch(/; resumes on \w{3} \d+ \w{3} \d\d:\d\d\.$/);
    expect(body.future[0]).toEqual({ at: until, kind: 'timer', what: 'The hold ends' });
    await app.advance({ by: 'P3D' });
    expect((await read(id)).status).toBe('in_progress');
    await app.advance({ by: 'P3D' });
    expect((await read(id)).status).toBe('rejected');
    expect(await view(workflowId)).toMatchObject({ status: 'closed', hold: null });
  });

  it('a decision after the deadline counts while it is on hold', async () => {
    const id = await anApproval({ dueInHours: 30, whenDue: 'expired' });
    await hold(`wf-${id}`);
    await app.advance({ by: 'P3D' });
    expect((await commandsOf(`wf-${id}`, sales))['decide']).toBeNull();
    expect((await sales.post<Instance>(`${approvals}/${id}/approve`)).body.status).toBe('completed');
  });

  it('a POV and a launch: no milestone becomes overdue, nobody is reminded', async () => {
    const startDate = await inDays(5), endDate = await inDays(60);
    const pov = await newPov(manager, { startDate, endDate });
    const [phase] = await phasesOf(manager, pov.id);
    const milestones = `/api/povs/${pov.id}/phases/${phase!.id}/milestones`;
    await manager.post(milestones, { name: 'Kick-off', dueDate: await inDays(8) });
    const { body: launch } = await manager.post<{ id: string }>(`/api/povs/${pov.id}/launch`);
    await app.settled();
    const both = [`pov-lifecycle-${pov.id}`, `launch-${launch.id}`];
    expect(statuses(await Promise.all(both.map(w => hold(w))))).toEqual([200, 200]);
    await app.advance({ by: 'P20D' });
    const status = async (): Promise<string> =>
      (await manager.get<Listed<{ status: string }>>(milestones)).body.items[0]!.status;
    const reminders = (): Promise<unknown[]> =>
      inDatabase(app, `select 1 from notification where template_id = 'launch-due' and reference_id = $1`, [
        pov.id,
      ]);
    expect([await status(), await reminders()]).toEqual(['PENDING', []]);
    expect(statuses(await Promise.all(both.map(w => ask(w, 'resume'))))).toEqual([200, 200]);
    await app.settled();
    expect([await status(), (await reminders()).length]).toEqual(['OVERDUE', 1]);
  });

  it('stays on hold over continue-as-new, and when it is terminated and started again from the database', async () => {
    const id = await anApproval();
    const workflowId = `wf-${id}`;
    const { body } = await hold(workflowId);
    await filled(app, workflowId, 'stepDecided', 'approval.held-and-continued');
    expect((await view(workflowId)).hold).toEqual(body.hold);
    await handle(workflowId).terminate('by ops');
    await inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
    await admin.post('/api/admin/processes/reconcile', { repair: true });
    await app.advance({ by: 'P10D' });
    expect((await read(id)).steps[0]!.reminders).toBe(0);
    expect((await ask(workflowId, 'resume')).status).toBe(200);
    await app.settled();
    expect((await read(id)).steps[0]!.reminders).toBe(1);
  });
});

describe('an update', () => {
  it('is refused where it makes no sense, names the field that is wrong, and needs the right', async () => {
    const workflowId = `wf-${await anApproval()}`;
    expect((await ask(workflowId, 'resume')).body.error).toBe('It is not on hold');
    const past = await hold(workflowId, { until: '2020-01-01T00:00:00Z' });
    expect([past.status, past.body.errors[0]!.pointer]).toEqual([400, '/until']);
    const blank = await ask(workflowId, 'hold', { reason: ' ' });
    expect([blank.status, blank.body.errors[0]!.pointer]).toEqual([400, '/reason']);
    expect((await ask(workflowId, 'nothing')).status).toBe(404);
    expect((await update(sales, workflowId, { what: 'hold', body: { reason: 'x' } })).status).toBe(403);
    expect((await ask('wf-nobody', 'hold', { reason: 'x' })).status).toBe(404);
    expect((await view(workflowId)).hold).toBeNull();
  });

  it('that makes no sense is refused by the process itself, and leaves nothing in its history', async () => {
    const workflowId = `wf-${await anApproval()}`;
    const asked = handle(workflowId).executeUpdate('resume', { args: [{ commandId: randomUUID() }] });
    await expect(asked).rejects.toMatchObject({ cause: { type: 'conflict', message: 'It is not on hold' } });
    const { events } = await handle(workflowId).fetchHistory();
    expect(events!.filter(e => e.workflowExecutionUpdateAcceptedEventAttributes)).toEqual([]);
    expect((await view(workflowId)).rejectedInputs).toEqual([]);
  });

  it('sent twice with one key has one effect and one answer; two at once have one winner', async () => {
    const workflowId = `wf-${await anApproval()}`;
    const twin = (reason = 'Twins') => ask(workflowId, 'hold', { reason }, `twin-${workflowId}`);
    const twins = await Promise.all([twin(), twin(), twin()]);
    expect(statuses(twins)).toEqual([200, 200, 200]);
    expect((await twin('Another')).status).toBe(422);
    await ask(workflowId, 'resume');
    expect((await twin()).body.hold).toBeNull();
    const rivals = await Promise.all([1, 2, 3, 4].map(n => hold(workflowId, { reason: `Rival ${n}` })));
    expect(statuses(rivals).sort()).toEqual([200, 409, 409, 409]);
    const told = (await view(workflowId)).timeline.filter(t => t.event === 'platform.process.held');
    expect(told).toHaveLength(2);
  });

  it('that nobody asked the API for decides nothing: it is refused, parked, and shown to ops', async () => {
    const workflowId = `wf-${await anApproval()}`;
    const forged = handle(workflowId).executeUpdate('hold', { args: [{ commandId: randomUUID() }] });
    await expect(forged).rejects.toThrow();
    for (const given of [null, 'text', { reason: 'x' }])
      await expect(handle(workflowId).executeUpdate('hold', { args: [given] })).rejects.toThrow();
    await until('it is parked', async () => (await view(workflowId)).rejectedInputs.length > 0);
    expect((await view(workflowId)).rejectedInputs.map(r => r.name)).toEqual(['hold']);
    expect((await view(workflowId)).hold).toBeNull();
  });
});

it('all that these tests did to them left every invariant whole', async () => {
  await app.settled();
  const { address } = await testTemporal();
  expect(await brokenInvariants({ ownerUrl: app.database.ownerUrl, temporalAddress: address })).toEqual([]);
});
