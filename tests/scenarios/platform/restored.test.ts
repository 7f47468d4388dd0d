import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Drift, DriftReport } from '../../../activities/platform/process/reconcile.ts';
import { allowPrivateNetworks } from '../../../activities/platform/guarded-fetch.ts';
import { ensureSchedules } from '../../../activities/platform/process/schedules.ts';
import type { Task } from '../../../domain/crm/activity/task.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { newTask, toldOf } from '../../kit/crm.fixture.ts';
import { restorableTemporal, takeCopy, type Restorable } from '../../kit/faults/copies.ts';
import { effectsOn } from '../../kit/faults/effects.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { decide, move, newPov, phasesOf, staffedPov, submit } from '../../kit/pov.fixture.ts';
import { pauseSchedules } from '../../kit/runtime/pause-schedules.ts';
import { startServiceStub, type ServiceStub } from '../../stubs/message-services.ts';
import { startSmtpStub, type SmtpStub } from '../../stubs/smtp-server.ts';

const folder = mkdtempSync(join(tmpdir(), 'throughline-restored-'));
let app: App, temporal: Restorable, smtp: SmtpStub, hears: ServiceStub, deaf: ServiceStub;
let admin: Client, manager: Client, sales: Client, sales2: Client;
beforeAll(async () => {
  [temporal, smtp, hears, deaf] = await Promise.all([
    restorableTemporal(folder), startSmtpStub(), startServiceStub(), startServiceStub(),
  ]);
  await pauseSchedules(temporal.address);
  const env = { SMTP_URL: smtp.url, MAIL_FROM: 'no-reply@example.com', PRIVATE_NETWORKS: 'allow' };
  app = await bootApp({ temporalAt: temporal.address, env });
  allowPrivateNetworks(true);
  [admin, manager, sales, sales2] = (await Promise.all(
    ['admin', 'manager', 'sales', 'sales2'].map(n => app.as(n)),
  )) as [Client, Client, Client, Client];
  await ensureSchedules(app.engine);
}, 300_000);
afterAll(async () => {
  allowPrivateNetworks(false);
  await app?.stop();
  await Promise.all([temporal, smtp, hears, deaf].map(s => s?.stop()));
  rmSync(folder, { recursive: true, force: true });
}, 60_000);

interface Submitted {
  povId: string;
  phaseId: string;
  instanceId: string;
}
async function submitted(title: string): Promise<Submitted> {
  const { id: povId } = await staffedPov(app, manager, { title });
  await move(manager, povId, 'IN_PROGRESS');
  const [phase] = await phasesOf(manager, povId);
  return { povId, phaseId: phase!.id, instanceId: (await submit(manager, povId, phase!.id)).body.id };
}
async function approved({ povId, instanceId }: Submitted): Promise<void> {
  for (const by of [sales, sales2]) expect((await decide(by, instanceId, 'approve')).status).toBe(200);
  await until('the phase is completed', async () => (await phasesOf(manager, povId))[0]!.status === 'COMPLETED');
  await app.settled();
}

/** The check leaves processes alone that moved in the last seconds. */
const aMinuteLater = () => inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
const compared = async (repair: boolean): Promise<Drift[]> => {
  await aMinuteLater();
  return (await admin.post<{ drift: Drift[] }>('/api/admin/processes/reconcile', { repair })).body.drift;
};
/** As the schedule runs it; answers its report. */
async function scheduledCheck(): Promise<DriftReport> {
  await aMinuteLater();
  const schedule = app.engine.client.schedule.getHandle('reconcile');
  const runs = async () => (await schedule.describe()).info.recentActions;
  const before = (await runs()).length;
  await schedule.trigger();
  await until('the check has begun', async () => (await runs()).length > before);
  const { workflow } = (await runs()).at(-1)!.action;
  return (await app.engine.client.workflow.getHandle(workflow.workflowId).result()) as DriftReport;
}
const named = (drift: Drift[]): Record<string, string> =>
  Object.fromEntries(
    drift.map(d => [d.workflowId, `${d.database}/${d.engine}${d.difference ? ' stands elsewhere' : ''}`]),
  );
async function expectSound(): Promise<void> {
  await app.settled();
  let drift: Drift[] = [];
  // A process that has just told its end is still ending.
  const sound = async (): Promise<boolean> => (drift = await compared(false)).length === 0;
  await until('nothing differs', sound).catch(() => expect(drift).toEqual([]));
  expect(await brokenAfter(app)).toEqual([]);
}

/** What comes to pass within the next hour: a milestone's date and the time of a reminder. */
async function due(): Promise<{ povId: string; task: Task }> {
  const { now } = (await admin.get<{ now: string }>('/api/sandbox/clock')).body;
  const at = new Date(Date.parse(now) + 1_800_000).toISOString();
  const { id: povId } = await newPov(manager, { title: 'Due soon' });
  const [phase] = await phasesOf(manager, povId);
  const milestone = { name: 'Test data', dueDate: at };
  const path = `/api/povs/${povId}/phases/${phase!.id}/milestones`;
  expect((await manager.post(path, milestone)).status).toBe(201);
  return { povId, task: await newTask(manager, { reminderAt: at }) };
}
/** How often the one was told to be overdue, and what the assignee was told of the other. */
const passed = async ({ povId, task }: { povId: string; task: Task }): Promise<[number, (string | null)[]]> => [
  await count(`outbox_event where name = 'pov.milestone.overdue' and story_id = '${povId}'`),
  await toldOf(manager, task.id),
];
/** Of the reminder in the product and by mail. */
const once = [1, ['task-reminder', 'task-reminder']];
/** Two who are told of what is overdue; one has taken nothing for days, and is switched off when it refuses again. */
async function withWebhooks(): Promise<void> {
  for (const { url } of [hears, deaf]) {
    const made = await admin.post('/api/webhooks', { url, events: ['pov.milestone.overdue'] });
    expect(made.status).toBe(201);
  }
  await inDatabase(app, `update webhook set failing_since = now() - interval '73 hours' where url = $1`, [deaf.url]);
  deaf.moods.push('refuses');
}
const messages = async (): Promise<string[]> => (
  await inDatabase<{ said: string }>(app, `select concat_ws(' ', m.id, m.status) as said from webhook_message m
    join webhook w on w.id = m.webhook_id order by w.url = $1`, [deaf.url])
).map(m => m.said);
const idsAt = ({ asked }: ServiceStub) => asked.map(a => a.headers['webhook-id']);
const count = async (what: string): Promise<number> =>
  (await inDatabase<{ n: number }>(app, `select count(*)::int as n from ${what}`))[0]!.n;

describe('a PostgreSQL restored from a copy that is an hour older than Temporal', () => {
  it('every drift is listed and mended by itself, running processes hear what is new, nothing goes twice', async () => {
    const [open, moved] = [await submitted('Was approved'), await newPov(manager, { title: 'Was lost' })];
    const soon = await due();
    await withWebhooks();
    const chosen = await manager.put('/api/mail-preferences', { events: ['task-reminder'] });
    expect(chosen.status).toBe(200);
    await app.settled();
    expect((await scheduledCheck()).drift).toEqual([]);
    await app.stopWorker();
    await app.anonymous.post('/api/auth/password/reset-requests', { username: 'sales3', tenant: app.tenant.slug });
    await until('all is told', async () => (await count('outbox_event where delivered_at is null')) === 0);
    const [mail] = await inDatabase<{ id: string }>(app, 'select id from mail');
    const restore = await takeCopy(app);

    await app.startWorker();
    await until('the mail is there', async () => smtp.mails.length === 1);
    await approved(open);
    await move(manager, moved.id, 'LOST', 'No need');
    const gone = await newPov(manager, { title: 'Made in the lost hour' });
    await app.advance({ by: 'PT1H' });
    expect(await passed(soon)).toEqual(once);
    await until('the reminder is mailed', async () => smtp.mails.length === 2);
    const [heard, refused] = [() => idsAt(hears)[0]!, () => idsAt(deaf)[0]!];
    const left = (): string[] => [`${heard()} delivered`, `${refused()} failed`];
    await until('both were told', async () => `${await messages()}` === `${left()}`);
    await app.settled();
    expect((await scheduledCheck()).drift).toEqual([]);

    await restore();
    expect([await passed(soon), await messages()]).toEqual([[0, []], []]);
    expect((await manager.patch(`/api/povs/${open.povId}`, { objective: 'After the restore' })).status).toBe(200);
    await until('the process has heard it', async () => {
      const behind = `process p join stream s using (entity_id) where p.seen_seq <> s.seq and p.status <> 'closed'`;
      return (await count(`${behind} and p.entity_id = '${open.povId}'`)) === 0;
    });
    const drift = await compared(false);
    expect(named(drift)).toMatchObject({
      [`wf-${open.instanceId}`]: 'waiting/COMPLETED',
      [`pov-lifecycle-${moved.id}`]: 'waiting/COMPLETED',
      [`pov-lifecycle-${gone.id}`]: 'missing/RUNNING',
      [`pov-lifecycle-${soon.povId}`]: 'waiting/RUNNING stands elsewhere',
      [`task-reminder-${soon.task.id}`]: 'waiting/RUNNING stands elsewhere',
      [`send-mail-${mail!.id}`]: 'starting/COMPLETED',
    });
    const report = await scheduledCheck();
    expect(named(report.drift)).toMatchObject(named(drift));
    expect(report.drift.every(d => d.repaired)).toBe(true);
    await expectSound();

    await approved(open);
    // The hour is lived through once more, and with it what was told in it: the database knows of it once.
    await app.advance({ by: 'PT1H' });
    expect(await passed(soon)).toEqual(once);
    // Its reminder was mailed in the hour that the database has lost: the engine knows that mail by its id.
    expect(await count('mail')).toBe(2);
    await until('it is known as sent', async () => (await count(`mail where status <> 'sent'`)) === 0);
    // So are webhooks told under the same id: what was taken does not go again, what was refused goes at once.
    const known = [`${heard()} delivered`, `${refused()} delivered`];
    await until('so is the other', async () => `${await messages()}` === `${known}`);
    expect([idsAt(hears), idsAt(deaf)]).toEqual([[heard()], [refused(), refused()]]);
    await expectSound();
    expect(smtp.mails.map(m => m.to)).toHaveLength(2);
    expect(await effectsOn(app, open.povId)).toEqual(
      expect.arrayContaining([
        'event workflow.step.opened ×2',
        'event workflow.step.decided ×2',
        'event pov.phase.completed ×1',
      ]),
    );
  }, 400_000);
});

describe('a Temporal restored from a copy that is an hour older than PostgreSQL', () => {
  it('every drift is listed and repaired by itself, and what was done is not done again', async () => {
    const [open, still] = [await submitted('Approved since'), await submitted('Goes on')];
    const moved = await newPov(manager, { title: 'Lost since' });
    const soon = await due();
    await app.settled();
    expect((await scheduledCheck()).drift).toEqual([]);
    await app.stopWorker();
    await temporal.stop();
    await temporal.copy();
    await temporal.start();

    await app.startWorker();
    await approved(open);
    await move(manager, moved.id, 'LOST', 'No need');
    const born = await newPov(manager, { title: 'Born since' });
    expect((await decide(sales, still.instanceId, 'approve')).status).toBe(200);
    await app.advance({ by: 'PT1H' });
    expect(await passed(soon)).toEqual(once);
    await until('its reminder is mailed', async () => smtp.mails.length === 3);
    await until('webhooks are told', async () => hears.taken.length === 2);
    await app.settled();
    expect((await scheduledCheck()).drift).toEqual([]);
    const done = await effectsOn(app, open.povId);

    await app.stopWorker();
    await temporal.stop();
    await temporal.restore();
    await temporal.start();
    await app.startWorker();
    let drift = await compared(false);
    // The worker has just begun to answer.
    await until('all say where they stand', async () => (drift = await compared(false)).length >= 7);
    expect(named(drift)).toMatchObject({
      [`wf-${open.instanceId}`]: 'closed/RUNNING',
      [`pov-lifecycle-${open.povId}`]: 'waiting/RUNNING stands elsewhere',
      [`wf-${still.instanceId}`]: 'waiting/RUNNING stands elsewhere',
      [`pov-lifecycle-${moved.id}`]: 'closed/RUNNING',
      [`pov-lifecycle-${born.id}`]: 'waiting/NOT_FOUND',
      [`pov-lifecycle-${soon.povId}`]: 'waiting/RUNNING stands elsewhere',
      [`task-reminder-${soon.task.id}`]: 'waiting/RUNNING stands elsewhere',
    });
    const report = await scheduledCheck();
    expect(named(report.drift)).toMatchObject(named(drift));
    await expectSound();
    expect(await effectsOn(app, open.povId)).toEqual(done);
    expect(await passed(soon)).toEqual(once);

    expect((await decide(sales2, still.instanceId, 'approve')).status).toBe(200);
    await until('it is completed', async () => (await phasesOf(manager, still.povId))[0]!.status === 'COMPLETED');
    await expectSound();
    expect([smtp.mails.length, hears.taken.length]).toEqual([3, 2]);
  }, 400_000);
});
