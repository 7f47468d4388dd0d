import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { MikroORM, type Options } from '@mikro-orm/postgresql';
import type { Client } from 'pg';
import { connected } from '../../../bin/database-roles.ts';
import { catalogDifference, catalogOf } from '../../../db/platform/catalog.ts';
import { ormOptions } from '../../../db/platform/orm.ts';
import { testPostgres } from '../../kit/services.ts';

interface KeptTable {
  name: string;
  columns: Record<string, object>;
  indexes: { keyName: string; constraint: boolean }[];
  checks: { name: string }[];
  foreignKeys: Record<string, object>;
  policies?: { name: string }[];
}
const name = `migrations_${randomUUID().slice(0, 8)}`;
let adminUrl: string;
let admin: Client, db: Client, owner: MikroORM;
beforeAll(async () => {
  const { adminUrl: at, ownerUrl } = await testPostgres();
  adminUrl = at;
  admin = await connected(adminUrl);
  await admin.query(`create database ${name} owner ${new URL(ownerUrl).username}`);
  const url = Object.assign(new URL(ownerUrl), { pathname: `/${name}` }).href;
  db = await connected(url);
  const options = ormOptions(url, 2);
  // The way down must not write the snapshot of an empty schema.
  owner = await MikroORM.init({ ...options, migrations: { ...options.migrations, snapshot: false } } as Options);
});
afterAll(async () => {
  await owner?.close();
  await db?.end();
  await admin?.query(`drop database if exists ${name} with (force)`);
  await admin?.end();
});

it('[PLT-123] up, down to nothing, and up again make the same schema, and nothing is left in between', async () => {
  const empty = await catalogOf(db);
  await owner.migrator.up();
  const first = await catalogOf(db);
  expect(first.filter(line => line.startsWith('column ')).length).toBeGreaterThan(200);
  await owner.migrator.down({ to: 0 });
  expect(catalogDifference(empty, await catalogOf(db))).toEqual([]);
  await owner.migrator.up();
  expect(catalogDifference(first, await catalogOf(db))).toEqual([]);
});

it('[PLT-123] one migration back and forward again changes nothing', async () => {
  const before = await catalogOf(db);
  await owner.migrator.down();
  expect(catalogDifference(before, await catalogOf(db))).not.toEqual([]);
  await owner.migrator.up();
  expect(catalogDifference(before, await catalogOf(db))).toEqual([]);
});

it('[POV-061] an opportunity that a POV named before stays linked, and the id of an outside one is kept', async () => {
  const linking = 'Migration20261128000269_pov_opportunity';
  const before = await catalogOf(db);
  await owner.migrator.down({ migrations: [linking] });
  const [tenant, other] = [await planted('tenant', { slug: 'ours' }), await planted('tenant', { slug: 'theirs' })];
  const deal = await planted('opportunity', { tenant_id: tenant, opportunity_name: 'Chill it' });
  const povs = await Promise.all([deal.toUpperCase(), 'OPP-7', other, null].map((opportunity_id, n) =>
    planted('pov', { tenant_id: tenant, title: `${n}`, opportunity_id, opportunity_name: 'Typed' })));
  const elsewhere = await planted('pov', { tenant_id: other, title: '4', opportunity_id: deal });
  await owner.migrator.up();
  const links = `select opportunity_id as ours, outside_opportunity_id as outside, opportunity_name as name from pov
    where id = any($1) order by title`;
  expect((await db.query(links, [[...povs, elsewhere]])).rows).toEqual([
    { ours: deal, outside: null, name: null }, { ours: null, outside: 'OPP-7', name: 'Typed' },
    { ours: null, outside: other, name: 'Typed' }, { ours: null, outside: null, name: 'Typed' },
    { ours: null, outside: deal, name: null },
  ]);
  await owner.migrator.down({ migrations: [linking] });
  const texts = await db.query<{ id: string }>('select opportunity_id as id from pov order by title');
  expect(texts.rows.map(row => row.id)).toEqual([deal, 'OPP-7', other, null, deal]);
  await db.query('truncate pov, opportunity cascade');
  await db.query('delete from tenant');
  await owner.migrator.up();
  expect(catalogDifference(before, await catalogOf(db))).toEqual([]);
});

/** A row of a table by itself: what it must have is filled in, what it belongs to is not there. */
async function planted(table: string, values: Record<string, unknown>): Promise<string> {
  const id = randomUUID();
  const { rows } = await db.query<{ name: string; type: string }>(
    `select column_name as name, data_type as type from information_schema.columns
     where table_name = $1 and is_nullable = 'NO' and column_default is null`, [table],
  );
  const filler: Record<string, unknown> = {
    'uuid': randomUUID(), 'timestamp with time zone': new Date(0), 'ARRAY': [], 'jsonb': '{}',
  };
  const row: Record<string, unknown> = {
    ...Object.fromEntries(rows.map(({ name, type }) => [name, filler[type] ?? (/int|numeric/.test(type) ? 0 : 'x')])),
    ...values, id,
  };
  const names = Object.keys(row);
  const superuser = await connected(Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href);
  await superuser.query(`set session_replication_role = replica`);
  const places = names.map((_, n) => `$${n + 1}`).join();
  await superuser.query(`insert into ${table} (${names.join()}) values (${places})`, Object.values(row));
  await superuser.end();
  return id;
}

/** What the entities cannot say is made by migrations alone: foreign keys, further indexes, policies and views. */
const beyondEntities = /^(drop (index|policy|function|trigger|view) |alter table "\w+" drop constraint "\w+_fkey";)/;

it('[PLT-123] the migrations make what the entities say', async () => {
  const { up } = await owner.schema.getUpdateSchemaMigrationSQL({ wrap: false });
  const statements = up.split('\n').filter(Boolean);
  expect(statements.filter(sql => !beyondEntities.test(sql))).toEqual([]);
});

it('[PLT-123] the kept snapshot, of which the next migration is made, is of this schema', async () => {
  const kept = JSON.parse(readFileSync('db/migrations/schema.json', 'utf8')) as { tables: KeptTable[] };
  const lines = kept.tables.flatMap(({ name: table, columns, indexes, checks, foreignKeys, policies }) => [
    ...Object.keys(columns).map(column => `column ${table} ${column} `),
    ...indexes.map(i => (i.constraint ? `constraint ${table} ${i.keyName} ` : `INDEX ${i.keyName} `)),
    ...[...checks.map(c => c.name), ...Object.keys(foreignKeys)].map(c => `constraint ${table} ${c} `),
    ...(policies ?? []).map(policy => `policy ${table} ${policy.name} `),
  ]);
  const catalog = (await catalogOf(db)).filter(line => /^(column|constraint|index|policy) /.test(line));
  const isNotNull = / \w+_not_null NOT NULL /;
  expect(lines.filter(line => !catalog.some(found => found.includes(line)))).toEqual([]);
  const byConstraint = new Set(catalog.map(line => /^constraint \S+ (\S+) (?:PRIMARY|UNIQUE)/.exec(line)?.[1]));
  const unknown = catalog.filter(found => !lines.some(line => found.includes(line)));
  expect(unknown.filter(l => !isNotNull.test(l) && !byConstraint.has(/INDEX (\S+) /.exec(l)?.[1]))).toEqual([]);
});

it.each([
  ['a column', 'alter table pov add drifted int', /^unexpected: column pov drifted integer$/],
  ['an index', 'drop index pov_quarter_index', /^missing: index CREATE INDEX pov_quarter_index/],
  ['a policy', 'alter policy tenant on pov using (true)', /^unexpected: policy pov tenant .*true/],
  ['a right', 'grant delete on audit_log to app', /^unexpected: grant audit_log app DELETE$/],
  ['a check', 'alter table pov drop constraint pov_dates_check', /^missing: constraint pov pov_dates_check/],
  ['a default', `alter table pov alter status set default 'WON'`, /^unexpected: column pov status .*WON/],
])('a drift that is planted is found: %s', async (_, sql, told) => {
  const before = await catalogOf(db);
  await db.query('begin');
  await db.query(sql);
  const differences = catalogDifference(before, await catalogOf(db));
  await db.query('rollback');
  expect(differences).toEqual(expect.arrayContaining([expect.stringMatching(told)]));
});
