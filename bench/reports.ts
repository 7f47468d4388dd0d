import type { Figure } from '../bin/docs/figure.ts';
import { step } from '../bin/progress.ts';
import { callerOf, closedLoop, type Measured } from './closed-loop.ts';
import { compared, percentile, plain } from './figures.ts';
import { loadPovs } from './load.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, type Database, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

/** People at work, without a pause; and reports at once, as many as there are connections for them. */
const working = 10,
  reporting = 2;
const pov = { title: 'Acme', startDate: '2026-11-24T09:00:00.000Z', endDate: '2027-01-13T09:00:00.000Z' };

/** What reading and writing take while reports read the whole audit log, one after the other, and without them. */
export async function measureReports(rig: Rig, sizes: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_reports');
  const who = await makeCompany(database);
  const rows = sizes.povs * 5;
  await step(`${sizes.povs} POVs`, () => loadPovs(database, who, sizes.povs));
  await step(`${rows} rows of the audit log`, () => loadAudit(database, who, rows));
  const api = await rig.api(database);
  const [workers, readers] = [callerOf(api.url, working), callerOf(api.url, reporting)];
  const headers = await Promise.all(who.managers.map(who.signedIn));
  const admin = await who.signedIn(who.admin);
  const work = () => closedLoop({
    clients: working,
    ms: sizes.ms,
    // One in ten writes.
    act: (n, client) => n % 10
      ? workers.send('GET', '/api/povs?limit=50', undefined, headers[client]!)
      : workers.send('POST', '/api/povs', pov, headers[client]!),
  });
  // Words that are nowhere: each row is read for them, and no report finds another's answer.
  const report = () => closedLoop({
    clients: reporting,
    ms: sizes.ms,
    act: n => readers.send('GET', `/api/admin/audit-logs?q=nowhere${n}x${performance.now()}`, undefined, admin),
  });
  const { alone, beside } = await interleaved(sizes.rounds, {
    alone: async () => [await work()],
    beside: () => Promise.all([work(), report()]),
  });
  workers.close();
  readers.close();
  await api.stop();
  const p95 = (turns: Measured[][]): number[] => turns.map(([done]) => percentile(done!.latencies, 0.95));
  const name = `Lists and creates, ${working} connections, ${reporting} reports at once beside them: p95`;
  return [
    plain({ name: `${name} by itself`, unit: 'ms' }, p95(beside), { atMost: 500 }),
    compared({ name, unit: 'ms', against: 'no report' }, {}, p95(beside), p95(alone)),
    plain({ name: `Such a report, over ${rows} rows: median`, unit: 'ms' },
      beside.map(([, reports]) => percentile(reports!.latencies, 0.5))),
  ];
}

const loadAudit = (of: Database, who: Company, rows: number): Promise<void> =>
  asOwner(of, async db => {
    await db.query(
      `insert into audit_log (id, tenant_id, actor, actor_name, action, table_name, verb, created_at, new_values)
       select gen_random_uuid(), $1, 'system', 'system', 'UPDATE', 'pov', 'update-pov', now() - n * interval '1 second',
         jsonb_build_object('title', 'Evaluation ' || n, 'objective', md5(n::text))
       from generate_series(1, $2::int) n`,
      [who.tenantId, rows],
    );
    await db.query('vacuum analyze audit_log');
  });
