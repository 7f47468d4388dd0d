import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { reportReaderOf } from '../../../db/platform/reader.ts';
import { sql } from '../../../db/platform/sql.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newPov } from '../../kit/pov.fixture.ts';
import { connected } from '../../../bin/database-roles.ts';

let app: App, admin: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false, relay: false, env: { DB_REPORT_POOL: '2' } });
  admin = await app.as('admin');
});
afterAll(() => app?.stop());

/** Reports that take until `release`: they wait for a lock that is held. */
async function slowReports(count: number): Promise<{ ended: Promise<unknown>; release(): Promise<void> }> {
  const holder = await connected(app.database.ownerUrl);
  await holder.query('select pg_advisory_lock(42)');
  const report = reportReaderOf(app.tenant.id);
  const ended = Promise.allSettled(
    Array.from({ length: count }, () => report.rows(sql`select pg_advisory_xact_lock_shared(42)`)),
  );
  await until('they wait', async () => {
    const [row] = await inDatabase<{ n: number }>(
      app, `select count(*)::int as n from pg_locks where locktype = 'advisory' and objid = 42 and not granted`,
    );
    return row!.n === 2;
  });
  return { ended, release: () => holder.end() };
}

describe('[PLT-105] while more reports run than there are connections for them', () => {
  it('records are read, written and decided as ever; another report is told to come again', async () => {
    // More than all other connections together: on the same ones they would stop everything.
    const reports = await slowReports(30);
    const { id } = await newPov(admin);
    expect((await admin.get(`/api/povs/${id}`)).status).toBe(200);
    expect((await admin.patch(`/api/povs/${id}`, { objective: 'Goes on' })).status).toBe(200);
    for (const path of ['/api/admin/operations', '/api/admin/audit-logs']) {
      const { status, body, headers } = await admin.get<ProblemBody>(path);
      expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'database-away', '2']);
    }
    await reports.release();
    await reports.ended;
    expect((await admin.get('/api/admin/operations')).status).toBe(200);
  });

  it('their figures show it', async () => {
    const text = await (await fetch(`${app.url}/metrics`)).text();
    expect(text).toMatch(/^db_pool_connections\{pool="report",state="(idle|used)"\} \d+$/m);
    expect(text).toMatch(/^db_pool_waiting\{pool="main"\} 0$/m);
  });
});
