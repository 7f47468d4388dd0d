import { randomUUID } from 'node:crypto';
import type { Figure } from '../bin/docs/figure.ts';
import { copied } from './copy.ts';
import { compared, percentile, plain } from './figures.ts';
import { callerOf, type Caller } from './closed-loop.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, ownerOf, pause, type Database, type Rig } from './rig.ts';

const partBytes = 1_500_000;
interface Begun {
  caller: Caller;
  headers: { Authorization: string };
}

/** An import of many accounts out of one file, from its start until the last row is there. */
export async function measureImport(rig: Rig, { imported }: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_import');
  const who = await makeCompany(database);
  await asOwner(database, db => db.query(
    `insert into account_type (id, tenant_id, created_at, updated_at, name)
     values (gen_random_uuid(), $1, now(), now(), 'Customer')`, [who.tenantId],
  ));
  const [api, worker] = [await rig.api(database), await rig.worker(database)];
  const by = { caller: callerOf(api.url, 2), headers: await who.signedIn(who.managers[0]!) };
  const rows = Array.from({ length: imported }, (_, i) => `Company ${i},Customer,Steel,${i}@import.example\n`);
  const began = performance.now();
  const jobId = await uploaded(by, `Account name,Account type,Industry,E-mail\n${rows.join('')}`);
  const read = performance.now();
  await post(by, `/api/imports/${jobId}/start`, {});
  const waits = await untilDone(database, by, jobId);
  const seconds = (performance.now() - read) / 1000;
  await proveWhole(database, imported);
  const copySeconds = await copySecondsOf(database, who, imported);
  by.caller.close();
  await Promise.all([api.stop(), worker.stop()]);
  return [
    plain({ name: `Upload of ${imported} rows`, unit: 's' }, [(read - began) / 1000]),
    plain({ name: `Import of ${imported} rows: rows a second`, unit: '/s' }, [imported / seconds]),
    compared({
      name: `Import of ${imported} rows over the limit: rows a second`, unit: '/s',
      against: 'COPY into such a table: no proof, audit, event or search',
    }, {}, [imported / seconds], [imported / copySeconds]),
    plain({ name: `A list read while ${imported} rows are imported: p95`, unit: 'ms' }, [percentile(waits, 0.95)]),
  ];
}

const post = async ({ caller, headers }: Begun, path: string, body: object): Promise<{ id: string }> =>
  JSON.parse((await caller.send('POST', path, body, headers)).body) as { id: string };

/** The file in parts, and the import of it. */
async function uploaded(by: Begun, content: string): Promise<string> {
  const bytes = Buffer.from(content);
  const { id: fileId } = await post(by, '/api/files', { name: 'accounts.csv', size: bytes.length });
  for (let nth = 0; nth * partBytes < bytes.length; nth++) {
    const data = bytes.subarray(nth * partBytes, (nth + 1) * partBytes).toString('base64');
    await by.caller.send('PUT', `/api/files/${fileId}/parts/${nth}`, { data }, by.headers);
  }
  return (await post(by, '/api/imports', { record: 'account', fileId })).id;
}

/** How long somebody who reads a list meanwhile waited each time. */
async function untilDone(database: Database, { caller, headers }: Begun, jobId: string): Promise<number[]> {
  const db = await ownerOf(database);
  const waits: number[] = [];
  for (;;) {
    const { rows } = await db.query<{ status: string; problem: string | null }>(
      'select status, problem from job where id = $1', [jobId],
    );
    const { status, problem } = rows[0]!;
    if (status === 'failed') throw new Error(`The import failed: ${problem}`);
    if (status === 'completed') break;
    const asked = performance.now();
    await caller.send('GET', '/api/accounts?pageSize=50', undefined, headers);
    waits.push(performance.now() - asked);
    await pause(200);
  }
  await db.end();
  return waits;
}

/** The same rows into a table with the same columns and indexes. */
function copySecondsOf(database: Database, who: Company, count: number): Promise<number> {
  return asOwner(database, async db => {
    await db.query('create table copied (like account including all)');
    const types = await db.query<{ id: string }>('select id from account_type');
    const now = new Date().toISOString();
    const rest = [who.tenantId, now, now, types.rows[0]!.id, who.managers[0]!.id, 'Steel'].join(',');
    const lines = Array.from({ length: count }, (_, i) =>
      `${randomUUID()},Company ${i},${i}@import.example,${rest}\n`);
    const began = performance.now();
    const columns = `id, account_name, email, tenant_id, created_at, updated_at, account_type_id, account_owner,
      industry`;
    await copied(db, `copied (${columns})`, lines.join(''));
    return (performance.now() - began) / 1000;
  });
}

/** Each row made one record, with an audit row and an event. */
async function proveWhole(database: Database, count: number): Promise<void> {
  const { rows } = await asOwner(database, db => db.query<Record<string, number>>(
    `select (select count(distinct account_name)::int from account) as accounts,
       (select count(*)::int from audit_log where table_name = 'account' and action = 'CREATE') as audited,
       (select count(*)::int from outbox_event where name = 'crm.account.created') as told`,
  ));
  if (Object.values(rows[0]!).some(n => n !== count)) throw new Error(`Not whole: ${JSON.stringify(rows[0])}`);
}
