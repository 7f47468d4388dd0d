import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { orm } from '../../../db/platform/orm.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { keep } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant, testNow, type TestTenant } from '../../kit/people.ts';

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
/** As its schedule would start it. */
async function runRetention(name?: string): Promise<number> {
  const { client, taskQueue } = app.engine;
  const handle = await client.workflow.start('retention', { workflowId: `retention-${taskQueue}`, taskQueue });
  const { archived } = (await handle.result()) as { archived: number };
  if (name) await keep(name, await handle.fetchHistory());
  return archived;
}

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

it('[PLT-063] the retention is at least a day, and null keeps all', async () => {
  for (const days of [0, -1, 1.5, 'x'])
    expect((await admin.patch('/api/admin/settings', { auditRetentionDays: days })).status).toBe(400);
  await admin.patch('/api/admin/settings', { auditRetentionDays: null });
  await plant(app.tenant, 500);
  expect(await runRetention()).toBe(0);
});

it.each(['delete from audit_log', 'delete from audit_archive', `update audit_archive set entry = '{}'`])(
  '[PLT-063] the application itself cannot lose a row: %s',
  async statement => {
    const em = orm().em.fork();
    em.setSessionContext({ variables: { 'app.tenant': app.tenant.id } });
    await expect(em.transactional(tx => tx.execute(statement))).rejects.toThrow(/permission denied/);
  },
);
