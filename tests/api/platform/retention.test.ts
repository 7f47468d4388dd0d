import { access } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ensureSchedule, schedules } from '../../../activities/platform/process/schedules.ts';
import type { Cleared } from '../../../activities/platform/retention/clear-old.ts';
import { fileOf } from '../../../activities/platform/storage/local-storage.ts';
import { orm } from '../../../db/platform/orm.ts';
import type { Upload } from '../../../domain/platform/attachment/attachment.ts';
import { bootApp, dataDir, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newAccount, withAccountTypes } from '../../kit/crm.fixture.ts';
import { announcing, newFile, sent } from '../../kit/file/files.fixture.ts';
import { bundleOfNow, keep, replay } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant, testNow, type TestTenant } from '../../kit/people.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, admin: Client, other: TestTenant;
beforeAll(async () => {
  app = await bootApp();
  other = await makeTenant();
  admin = await app.as('admin');
});
afterAll(() => app?.stop());

const hoursAgo = (hours: number): string => new Date(Date.parse(testNow) - hours * 3_600_000).toISOString();
/** Rows of a verb named `old`, as many as told. */
const plant = (tenant: TestTenant, hours: number, count = 1) =>
  inDatabase(
    app,
    `insert into audit_log (id, tenant_id, actor, actor_name, action, table_name, verb, created_at, new_values)
     select gen_random_uuid(), $1, 'system', 'system', 'CREATE', 'pov', 'old', $2, '{"n": 1}'
     from generate_series(1, $3::int)`,
    [tenant.id, hoursAgo(hours), count],
  );
const countOf = async (table: 'audit_log' | 'audit_archive', tenant: TestTenant): Promise<number> => {
  const verb = table === 'audit_log' ? 'verb' : `entry->>'verb'`;
  const text = `select count(*)::int as n from ${table} where tenant_id = $1 and ${verb} = 'old'`;
  return (await inDatabase<{ n: number }>(app, text, [tenant.id]))[0]!.n;
};
/** In the log, and in the archive. */
const kept = (tenant: TestTenant) =>
  Promise.all([countOf('audit_log', tenant), countOf('audit_archive', tenant)]);
type Report = Cleared & { archived: number };
/** As its schedule would start it. */
async function wholeRun(name?: string): Promise<Report> {
  const { client, taskQueue } = app.engine;
  const handle = await client.workflow.start('retention', { workflowId: `retention-${taskQueue}`, taskQueue });
  const report = (await handle.result()) as Report;
  if (name) {
    const history = await handle.fetchHistory();
    await keep(name, history);
    await replay(history, await bundleOfNow());
  }
  return report;
}
const runRetention = async (name?: string): Promise<number> => (await wholeRun(name)).archived;

it('[PLT-063] older rows are archived whole; newer ones and those of other tenants stay', async () => {
  await Promise.all([plant(app.tenant, 25, 1100), plant(app.tenant, 23), plant(other, 500)]);
  expect(await runRetention()).toBe(0);
  const { status, body } = await admin.patch('/api/admin/settings', { auditRetentionDays: 1 });
  expect([status, body]).toMatchObject([200, { auditRetentionDays: 1 }]);
  expect((await admin.get('/api/admin/settings')).body).toMatchObject({ auditRetentionDays: 1 });
  expect(await runRetention('retention.archived')).toBe(1100);
  expect(await kept(app.tenant)).toEqual([1, 1100]);
  expect(await kept(other)).toEqual([1, 0]);
  const [row] = await inDatabase<{ entry: object }>(app, `select entry from audit_archive limit 1`);
  expect(row!.entry).toMatchObject({ verb: 'old', table_name: 'pov', new_values: { n: 1 } });
  const said = await inDatabase<{ n: number }>(
    app,
    `select (new_values->>'archived')::int as n from audit_log where verb = 'archive-audit' order by recorded_at`,
  );
  expect(said.map(s => s.n)).toEqual([1000, 100]);
  expect(await runRetention()).toBe(0);
});

it('[PLT-063] its schedule fires: rows go to the archive, and the log says so', async () => {
  const scheduled = schedules.find(({ id }) => id === 'retention')!;
  // The product's own, under an id of its own: the engine is shared by all tests.
  const id = `${scheduled.id}-${app.engine.taskQueue}`;
  const handle = app.engine.client.schedule.getHandle(id);
  await ensureSchedule(app.engine, { ...scheduled, id });
  try {
    await admin.patch('/api/admin/settings', { auditRetentionDays: 1 });
    const before = await kept(app.tenant);
    await plant(app.tenant, 25, 3);
    await handle.trigger();
    await until('they are archived', async () => (await countOf('audit_log', app.tenant)) === before[0]);
    expect(await kept(app.tenant)).toEqual([before[0], before[1] + 3]);
    const { recentActions } = (await handle.describe()).info;
    expect(recentActions.map(({ action }) => action.workflow.workflowId)).toContainEqual(
      expect.stringMatching(/^retention-.*-workflow-/),
    );
    const { body } = await admin.get<Listed<{ verb: string; newValues: object }>>(
      '/api/admin/audit-logs?tableName=audit_log&action=DELETE',
    );
    expect(body.items[0]).toMatchObject({ verb: 'archive-audit', newValues: { archived: 3 } });
  } finally {
    await handle.delete();
  }
});

it('[PLT-063] the retention is at least a day, and null keeps all', async () => {
  for (const days of [0, -1, 1.5, 'x'])
    expect((await admin.patch('/api/admin/settings', { auditRetentionDays: days })).status).toBe(400);
  await admin.patch('/api/admin/settings', { auditRetentionDays: null });
  await plant(app.tenant, 500);
  expect(await runRetention()).toBe(0);
});

describe('what webhooks were told', () => {
  const webhookId = '01981c5e-0000-7000-8000-000000000001';
  /** A message of so many days ago, with a try, and a process that is over or not. */
  const told = async (days: number, status: string): Promise<void> => {
    await inDatabase(
      app,
      `with said as (
         insert into webhook_message (id, tenant_id, created_at, updated_at, webhook_id, event_name, payload, status)
         select gen_random_uuid(), $1, $2, $2, $3, 'pov.won', '{}', $4 returning *
       ), processes as (
         insert into process (workflow_id, tenant_id, type, entity_type, entity_id, title, status, future, started_at)
         select 'webhook-' || id, tenant_id, 'webhookDelivery', 'webhook-message', id, 'Told',
           case status when 'queued' then 'waiting' else 'closed' end, '[]', created_at from said
       )
       insert into webhook_delivery
         (id, tenant_id, created_at, updated_at, webhook_id, message_id, attempt, at, duration_ms)
       select gen_random_uuid(), tenant_id, created_at, created_at, webhook_id, id, 1, created_at, 5 from said`,
      [app.tenant.id, hoursAgo(24 * days), webhookId, status],
    );
  };
  const left = async (): Promise<unknown[]> =>
    (await inDatabase<{ row: unknown[] }>(
      app,
      `select jsonb_build_array(m.status, p.status, (select count(*) from webhook_delivery d where d.message_id = m.id))
         as row
       from webhook_message m join process p on p.entity_id = m.id order by m.status`,
    )).map(({ row }) => row);

  it('is kept for 30 days, or as many as are set; what is still being tried stays', async () => {
    await inDatabase(
      app,
      `insert into webhook (id, tenant_id, created_at, updated_at, url, secret_cipher)
       values ($1, $2, $3, $3, 'x', 'x')`,
      [webhookId, app.tenant.id, testNow],
    );
    await told(31, 'delivered');
    await told(31, 'queued');
    await told(29, 'failed');
    expect((await admin.get('/api/admin/settings')).body).toMatchObject({ webhookLogDays: 30 });
    expect(await wholeRun('retention.cleared')).toMatchObject({ webhookMessages: 1 });
    expect(await left()).toEqual([['failed', 'closed', 1], ['queued', 'waiting', 1]]);
    const [said] = await inDatabase<{ values: object }>(
      app, `select new_values as values from audit_log where verb = 'clear-webhook-log'`);
    expect(said!.values).toMatchObject({ removed: 1 });
    expect((await admin.patch('/api/admin/settings', { webhookLogDays: 0 })).status).toBe(400);
    expect((await admin.patch('/api/admin/settings', { webhookLogDays: 7 })).body).toMatchObject({ webhookLogDays: 7 });
    expect(await wholeRun()).toMatchObject({ webhookMessages: 1 });
    expect(await left()).toEqual([['queued', 'waiting', 1]]);
    const [orphans] = await inDatabase<{ n: number }>(
      app, `select count(*)::int as n from process where type = 'webhookDelivery'`);
    expect(orphans!.n).toBe(1);
  });
});

it('a file that was announced and not completed within a day is removed, with its bytes', async () => {
  await withAccountTypes(app.tenant.id);
  const account = { subject: 'account' as const, subjectId: (await newAccount(admin)).id };
  const bytes = new TextEncoder().encode('An offer');
  const announced = async (): Promise<string> => {
    const body = { ...account, name: 'a.pdf', mediaType: 'application/pdf', size: bytes.length };
    const { id, upload } = (await admin.post<{ id: string; upload: Upload }>(announcing, body)).body;
    expect((await sent(app, upload, bytes)).ok).toBe(true);
    return id;
  };
  const [late, young, whole] = [await announced(), await announced(), (await newFile(app, admin, account)).id];
  await inDatabase(app, `update attachment set created_at = $1 where id = any($2)`, [hoursAgo(25), [late, whole]]);
  const isThere = (id: string): Promise<boolean> =>
    access(fileOf({ DATA_DIR: dataDir }, `${app.tenant.id}/${id}`)).then(() => true, () => false);
  expect(await Promise.all([late, young, whole].map(isThere))).toEqual([true, true, true]);
  expect(await wholeRun()).toMatchObject({ files: 1 });
  expect(await Promise.all([late, young, whole].map(isThere))).toEqual([false, true, true]);
  const rows = await inDatabase<{ id: string }>(app, 'select id from attachment order by id');
  expect(rows.map(row => row.id)).toEqual([young, whole].sort());
  expect((await admin.post(`/api/attachments/${late}/complete`, {})).status).toBe(404);
  expect((await admin.post(`/api/attachments/${young}/complete`, {})).status).toBe(200);
  expect(await wholeRun()).toMatchObject({ files: 0 });
});

it.each(['delete from audit_log', 'delete from audit_archive', `update audit_archive set entry = '{}'`])(
  '[PLT-063] the application itself cannot lose a row: %s',
  async statement => {
    const em = orm().em.fork();
    em.setSessionContext({ variables: { 'app.tenant': app.tenant.id } });
    await expect(em.transactional(tx => tx.execute(statement))).rejects.toThrow(/permission denied/);
  },
);
