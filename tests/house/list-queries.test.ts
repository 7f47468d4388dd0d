import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Client as Database } from 'pg';
import { connected } from '../../bin/database-roles.ts';
import { forget } from '../../db/platform/cached.ts';
import { endpoints } from '../../domain/index.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { testPostgres } from '../kit/services.ts';
import { statementsOf } from '../kit/statements.ts';
import { realPath, realRecords, type RealRecords } from './real-records.ts';
import { ofNoTenant, tablesOf } from './schema-rules.ts';

const lists = Object.entries(endpoints).filter(
  ([, e]) => e.method === 'GET' && !e.raw && 'shape' in e.returns && 'items' in (e.returns.shape as object),
);
/** Lists whose rows are no rows of a table, or cannot be copied as their names must differ in an expression. */
const notCopied = [
  'process.types', 'phaseTemplates.list', 'phaseTemplates.choose', 'fieldCatalog.list', 'accountHierarchy.read',
  'accountTypes.list', 'savedView.list', 'tags.list', 'opportunityStages.list', 'opportunityParticipants.list',
  'principalDistributorRelationships.list', 'productCategories.list',
];
/** Lists that the newest row of their table does not belong to. */
const ofOthers = [
  'groupMembers.list', 'groupMembers.ofAccount', 'groupMembers.ofContact', 'taskComments.list', 'accountComments.list',
  'contactComments.list', 'opportunityComments.list', 'taskComments.people', 'ticketComments.people',
  'accountComments.people', 'contactComments.people', 'opportunityComments.people', 'timelines.opportunity',
  'contactOrganizations.list', 'contactOrganizations.influence', 'contactOrganizations.people',
];
/** Lists that stay empty here: nobody signs in by a provider, the user of the examples not at all, nothing has run. */
const empty = [
  'signInEntry.ofUser', 'identityProvider.accounts', 'providerSignIn.choices', 'duplicates.pairs', 'duplicates.scans',
  'webhook.deliveries', 'deletedRecord.list',
  'scoring.runs',
];
/** No row of a job has failed here, and the job that is copied is an export. */
const ofJobs = ['job.errors', 'import.errors', 'import.list'];
const fixed = [...notCopied, ...ofOthers, ...empty, ...ofJobs];

let app: App, admin: Client, database: Database, records: RealRecords;
beforeAll(async () => {
  app = await bootApp({ worker: false, relay: false });
  admin = await app.as('admin');
  records = await realRecords(app, admin, admin);
  const { adminUrl } = await testPostgres();
  const { pathname } = new URL(app.database.ownerUrl);
  database = await connected(Object.assign(new URL(adminUrl), { pathname }).href);
  await database.query('set session_replication_role = replica');
  // No relay runs here that would stamp them.
  await database.query('update outbox_event set position = id');
});
afterAll(async () => {
  await database?.end();
  await app?.stop();
});

interface Unique {
  columns: string[];
  /** Of an index over some rows alone. */
  where: string | null;
}
interface Column {
  name: string;
  type: string;
}

/** As many copies of the newest row of every table, alike but for what must be unique. */
async function copyRows(count: number): Promise<void> {
  for (const { name } of await tablesOf(database)) if (!(name in ofNoTenant)) await copyRow(name, count);
}

async function copyRow(table: string, count: number): Promise<void> {
  const { rows: columns } = await database.query<Column>(
    `select attname as name, format_type(atttypid, null) as type from pg_attribute
     where attrelid = $1::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
    [table],
  );
  const { rows: uniques } = await database.query<Unique>(
    `select (select json_agg(a.attname) from pg_attribute a where a.attrelid = i.indrelid and a.attnum = any(i.indkey))
       as columns, pg_get_expr(i.indpred, i.indrelid) as "where"
     from pg_index i where i.indrelid = $1::regclass and i.indisunique and i.indexprs is null`,
    [table],
  );
  const kept = `tenant_id = $1${columns.some(c => c.name === 'deleted_at') ? ' and deleted_at is null' : ''}`;
  const changed = new Set<string>();
  for (const { columns: names, where } of uniques)
    if (await holds(table, { where, kept })) changed.add(distinguishing(names, columns));
  const value = ({ name, type }: Column): string => {
    if (!changed.has(name)) return `"${name}"`;
    if (type === 'uuid') return /user_id$/.test(name) ? someUser : 'gen_random_uuid()';
    if (/^(big|small)?int/.test(type)) return `"${name}" + 1000 * n`;
    return `left("${name}", 8) || left(md5(random()::text), 10)`;
  };
  const into = columns.map(c => `"${c.name}"`).join(', ');
  await database.query(
    `insert into "${table}" (${into}) select ${columns.map(value).join(', ')}
     from (select * from "${table}" where ${kept} order by ctid desc limit $3::int) t,
       generate_series(1, $2::int) n
     on conflict do nothing`,
    // Of the audit log every row: histories are of many records.
    [app.tenant.id, count, table === 'audit_log' ? 10_000 : 1],
  );
}
/** Whether the newest row is one of those that a unique index is about. */
async function holds(table: string, { where, kept }: { where: string | null; kept: string }): Promise<boolean> {
  const { rows } = await database.query<{ holds: boolean }>(
    `select ${where ?? true} as holds from "${table}" where ${kept} order by ctid desc limit 1`,
    [app.tenant.id],
  );
  return rows[0]?.holds ?? false;
}

/** Another one for each copy, so that a join finds somebody. */
const someUser = `(select u.id from app_user u where u.tenant_id = t.tenant_id order by u.id offset n limit 1)`;

/** The column of a unique index that copies differ in: its own id, else a name or number, else whose it is. */
function distinguishing(unique: string[], columns: Column[]): string {
  const typeOf = (name: string): string => columns.find(c => c.name === name)!.type;
  const free = unique.filter(name => name !== 'tenant_id');
  return (
    free.find(name => name === 'id') ??
    free.find(name => typeOf(name) !== 'uuid') ??
    free.find(name => /user_id$/.test(name)) ??
    free[0] ??
    unique[0]!
  );
}

interface Read {
  items: number;
  statements: string[];
}
async function readAll(): Promise<Map<string, Read>> {
  const found = new Map<string, Read>();
  for (const [name, e] of lists) {
    const path = `${realPath(e, records)}?${'pageSize' in shapeOf(e) ? 'pageSize=100' : 'limit=100'}`;
    let items = 0;
    const read = async (): Promise<void> => {
      const { status, body } = await admin.get<{ items: unknown[] }>(path);
      if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(body)}`);
      items = body.items.length;
    };
    const statements = await statementsOf(read);
    found.set(name, { statements, items });
  }
  return found;
}
const shapeOf = (e: AnyEndpoint): object => ('shape' in e.query ? (e.query.shape as object) : {});

it('[PLT-099] a list asks as many questions for thirty rows as for three', async () => {
  await copyRows(3);
  const few = await readAll();
  await copyRows(27);
  forget(app.tenant.id);
  const many = await readAll();
  const grown = [...many].filter(([name, { statements }]) => statements.length > few.get(name)!.statements.length);
  expect(grown.map(([name, { statements }]) => [name, few.get(name)!.statements.length, statements])).toEqual([]);
  // It would see growth: every list has grown by what was copied.
  const grew = (before: number, now: number): boolean => now >= Math.min(100, before + 20);
  const small = [...many].filter(([name, { items }]) => !fixed.includes(name) && !grew(few.get(name)!.items, items));
  expect(small.map(([name, { items }]) => [name, few.get(name)!.items, items])).toEqual([]);
  expect(lists.length).toBeGreaterThan(20);
}, 180_000);
