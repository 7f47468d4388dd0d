import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Client } from 'pg';
import { connected } from '../../bin/database-roles.ts';
import { records } from '../../domain/index.ts';
import { cloneDatabase, type TestDatabase } from '../kit/database.ts';
import { testPostgres } from '../kit/services.ts';
import { plantRow, reachOf } from './schema-probe.ts';
import { ofNoTenant, ofNoWriter, schemaFaults, tablesOf } from './schema-rules.ts';

let database: TestDatabase, owner: Client, app: Client, admin: Client;
beforeAll(async () => {
  database = await cloneDatabase();
  const { adminUrl } = await testPostgres();
  const superuser = Object.assign(new URL(adminUrl), { pathname: new URL(database.ownerUrl).pathname }).href;
  [owner, app, admin] = await Promise.all([
    connected(database.ownerUrl),
    connected(database.appUrl),
    connected(superuser),
  ]);
});
afterAll(async () => {
  await Promise.all([owner, app, admin].map(c => c?.end()));
  await database.drop();
});

test('[PLT-001] [PLT-099] every table has tenant, forced row security, times, indexes for keys and lists', async () => {
  expect(schemaFaults(await tablesOf(owner))).toEqual([]);
});

/** Search functions that the app may call, by name. */
async function searchFunctions(): Promise<string[]> {
  const { rows } = await owner.query<{ name: string }>(
    `select proname as name from pg_proc where pronamespace = 'public'::regnamespace and prosecdef
     and has_function_privilege('app', oid, 'execute')`,
  );
  return rows.map(r => r.name);
}
const rightsOfApp = async (): Promise<object[]> =>
  (
    await admin.query<object>(`select r.rolsuper, r.rolbypassrls,
      (select count(*)::int from pg_class c where c.relowner = r.oid) as owned from pg_roles r where rolname = 'app'`)
  ).rows;
const noRights = [{ rolsuper: false, rolbypassrls: false, owned: 0 }];

test('every declared record that can be searched has its search function', async () => {
  const searched = records.filter(r => r.search).map(r => `search_${r.tableName}`);
  expect(searched.length).toBeGreaterThan(0);
  const there = await searchFunctions();
  expect(searched.filter(name => !there.includes(name))).toEqual([]);
});

test('[PLT-002] the app role owns nothing and cannot pass by row-level security', async () => {
  expect(await rightsOfApp()).toEqual(noRights);
});

test('[PLT-090] the guide for operators counts by its key all that is encrypted', async () => {
  const guide = readFileSync('docs/operating.md', 'utf8');
  const statement = /```sql\n(select split_part[^]*?)```/.exec(guide)![1]!;
  const { rows } = await admin.query<{ at: string }>(
    `select column_name || ' ' || table_name as at from information_schema.columns
     where table_schema = 'public' and column_name like '%cipher%' order by 1`,
  );
  const counted = [...statement.matchAll(/select (\w*cipher)\b.* from (\w+)/g)].map(m => `${m[1]} ${m[2]}`);
  expect(counted.sort()).toEqual(rows.map(r => r.at).sort());
  const { fields } = await admin.query(statement);
  expect(fields.map(f => f.name)).toEqual(['key', 'table', 'secrets']);
});

test('[PLT-002] the wrong tenant reads and writes no row of any table', async () => {
  const [mine, other] = [randomUUID(), randomUUID()];
  const tables = (await tablesOf(owner)).map(t => t.name).filter(name => !(name in ofNoTenant));
  expect(tables.length).toBeGreaterThan(20);
  for (const table of tables) {
    const planted = await plantRow(admin, table, mine);
    const own = await reachOf(app, mine, planted);
    const may = !(table in ofNoWriter);
    expect([table, own.seen, own.updated ?? 1, own.deleted ?? 1, own.inserted]).toEqual([table, 1, 1, 1, may]);
    for (const stranger of [other, null]) {
      const reach = await reachOf(app, stranger, planted);
      expect([table, reach.seen, reach.updated ?? 0, reach.deleted ?? 0, reach.inserted]).toEqual([
        table,
        0,
        0,
        0,
        false,
      ]);
    }
  }
});

describe('a fault that is planted is found:', () => {
  const good = `id uuid primary key, tenant_id uuid not null references tenant (id) on delete cascade,
    created_at timestamptz not null`;
  const guard = `alter table planted enable row level security; alter table planted force row level security;
    create policy tenant on planted using (tenant_id = current_setting('app.tenant')::uuid)
      with check (tenant_id = current_setting('app.tenant')::uuid); create index on planted (tenant_id, created_at);`;
  const unsorted = guard.replace('(tenant_id, created_at)', '(tenant_id, id)');
  const faultsOf = async (sql: string): Promise<string[]> => {
    await owner.query('begin');
    await owner.query(sql);
    const faults = schemaFaults(await tablesOf(owner));
    await owner.query('rollback');
    return faults;
  };

  test('none in a good table', async () =>
    expect(await faultsOf(`create table planted (${good}); ${guard}`)).toEqual([]));

  test.each([
    ['has no tenant_id', 'create table planted (id uuid primary key, created_at timestamptz not null)'],
    [
      'row-level security is not forced',
      `create table planted (${good}); ${guard.replace(/alter table planted force[^;]*;/, '')}`,
    ],
    [
      'has no policy by tenant for reading and writing',
      `create table planted (${good}); ${guard.replace(/with check [^;]*/, '')}`,
    ],
    [
      'has no policy by tenant for reading and writing',
      `create table planted (${good}); ${guard.replaceAll('app.tenant', 'app.user')}`,
    ],
    ['does not go with its tenant', `create table planted (${good.replace(/ references.*cascade/, '')}); ${guard}`],
    [
      'has no index that begins with tenant_id',
      `create table planted (${good}); ${guard.replace(/create index.*;/, '')}`,
    ],
    [
      'does not say when its rows were made',
      `create table planted (${good.replace(/,\s*created_at.*/, '')}); ${unsorted}`,
    ],
    ['made_at has no time zone', `create table planted (${good}, made_at timestamp); ${guard}`],
    [
      'no index on the foreign key user_id',
      `create table planted (${good}, user_id uuid references app_user (id)); ${guard}`,
    ],
    ['no index for lists by created_at', `create table planted (${good}); ${unsorted}`],
    ['no index for lists by status', `create table planted (${good}, status text); ${guard}`],
    ['no index for lists by due_date', `create table planted (${good}, due_date timestamptz); ${guard}`],
    [
      'has not all of created_at, updated_at, created_by, updated_by, version',
      `create table planted (${good}, deleted_at timestamptz); ${guard}`,
    ],
  ])('%s', async (fault, sql) => {
    expect(await faultsOf(sql)).toEqual([`planted: ${fault}`]);
  });

  test('a table of the app’s own', async () => {
    await admin.query(`create table owned (${good}); alter table owned owner to app`);
    expect(await rightsOfApp()).toEqual([{ ...noRights[0], owned: expect.any(Number) }]);
    expect(await rightsOfApp()).not.toEqual(noRights);
    await admin.query('drop table owned');
  });

  test('a search function that the app may not call', async () => {
    const { tableName } = records.find(r => r.search)!;
    const [function_] = (await owner.query<{ as: string }>(
      `select oid::regprocedure::text as as from pg_proc where proname = $1`, [`search_${tableName}`],
    )).rows;
    await admin.query(`revoke execute on function ${function_!.as} from app, public`);
    expect(await searchFunctions()).not.toContain(`search_${tableName}`);
    await admin.query(`grant execute on function ${function_!.as} to app`);
  });

  test('a table that lets another tenant in', async () => {
    const [mine, other] = [randomUUID(), randomUUID()];
    await admin.query(`create table leaky (${good}); grant all on leaky to app`);
    const planted = await plantRow(admin, 'leaky', mine);
    expect(await reachOf(app, other, planted)).toEqual({ seen: 1, updated: 1, deleted: 1, inserted: true });
    await admin.query('drop table leaky');
  });
});
