import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { backUp } from '../../../bin/database/backup.ts';
import { connected, urlFor } from '../../../bin/database-roles.ts';
import { deploy } from '../../../bin/database/deploy.ts';
import { restore } from '../../../bin/database/restore.ts';
import { catalogDifference, catalogOf } from '../../../db/platform/catalog.ts';
import { readConfig } from '../../../db/platform/config.ts';
import { migrate, migrationNames } from '../../../db/platform/migrate.ts';
import { plantRow } from '../../house/schema-probe.ts';
import { ofNoTenant, tablesOf } from '../../house/schema-rules.ts';
import { compiled } from '../../kit/program.ts';
import { testPostgres } from '../../kit/services.ts';
import { TEMPLATE } from '../../kit/template-database.ts';

const folder = mkdtempSync(join(tmpdir(), 'throughline-deploy-'));
let admin: Client, ownerUrl: string, adminUrl: string, names: string[];
const made: string[] = [];
beforeAll(async () => {
  ({ ownerUrl, adminUrl } = await testPostgres());
  admin = await connected(adminUrl);
  names = await migrationNames();
});
afterAll(async () => {
  for (const name of made) await admin.query(`drop database if exists ${name} with (force)`);
  await admin.query('drop role if exists bound_owner');
  await admin.end();
  rmSync(folder, { recursive: true });
});

interface Database {
  url: string;
  /** Past row-level security, which the owner of these databases is too. */
  as<T>(use: (db: Client) => Promise<T>): Promise<T>;
}
async function emptyDatabase(owner = new URL(ownerUrl).username, like = 'template1'): Promise<Database> {
  const name = `deploy_${randomUUID().slice(0, 8)}`;
  await admin.query(`create database ${name} template ${like} strategy file_copy owner ${owner}`);
  made.push(name);
  const to = (url: string): string => Object.assign(new URL(url), { pathname: `/${name}` }).href;
  const as = async <T>(use: (db: Client) => Promise<T>): Promise<T> => {
    const db = await connected(to(adminUrl));
    return use(db).finally(() => db.end());
  };
  return { url: to(ownerUrl), as };
}

/** With all migrations: a copy of one that has them. */
const migratedDatabase = (): Promise<Database> => emptyDatabase(undefined, TEMPLATE);

/** With all migrations but the last, which are made once. */
let allButLast: Promise<Database> | undefined;
async function databaseBefore(): Promise<Database> {
  allButLast ??= emptyDatabase().then(async one => {
    await migrate(one.url, names.slice(0, -1));
    return one;
  });
  return emptyDatabase(undefined, new URL((await allButLast).url).pathname.slice(1));
}

/** The command, as a process of its own: for what it says. */
async function run(url: string, what: string, file: string): Promise<{ code: number; said: string }> {
  const env = { PATH: process.env['PATH'], DATABASE_URL: url, DATA_DIR: folder, NODE_COMPILE_CACHE: compiled };
  try {
    const args = ['bin/database/main.ts', what, '--file', join(folder, file)];
    return { code: 0, said: (await promisify(execFile)(process.execPath, args, { env })).stdout };
  } catch (e) {
    const { code, stdout, stderr } = e as { code: number; stdout: string; stderr: string };
    return { code, said: stdout + stderr };
  }
}

const at = (file: string): string => join(folder, file);
const deployTo = (url: string, file: string): Promise<void> =>
  deploy({ ...readConfig({}), DATABASE_URL: url }, at(file));

const executed = (db: Client): Promise<string[]> =>
  db.query<{ name: string }>('select name from mikro_orm_migrations order by id').then(r => r.rows.map(m => m.name));

/** Every row of every table, as text. */
/** Drawn anew whenever rights are written, also by a restore. */
const drawn: Record<string, string> = { role: 'cells_version' };

async function rowsOf(db: Client): Promise<Record<string, string[]>> {
  const tables = (await tablesOf(db)).filter(t => t.name !== 'mikro_orm_migrations');
  const all: Record<string, string[]> = {};
  for (const { name } of tables) {
    const row = drawn[name] ? `to_jsonb(t) - '${drawn[name]}'` : 't';
    const { rows } = await db.query<{ row: string }>(`select (${row})::text as row from "${name}" t order by 1`);
    all[name] = rows.map(r => r.row);
  }
  return all;
}

/** A row in each table, and what is hard to carry: quotes, all ends of lines, backslashes, a JSON null, no text. */
async function fillAll(db: Client): Promise<void> {
  const id = randomUUID();
  // All have this id, so that every reference leads to a row.
  for (const { name } of await tablesOf(db)) if (!(name in ofNoTenant)) await plantRow(db, name, id, id);
  // Whoever stands as principal in another table.
  await db.query('update account set is_principal = true');
  await db.query(
    `insert into tenant (id, name, slug, sandbox, time_zone, currency, settings, created_at, updated_at) values
     ($1, E'A "name"\\twith\\nlines \\\\. and \\\\N\u2028\u2029\\r', 'other', false, 'UTC', 'EUR', '{"none": null}',
      now(), now())`,
    [id],
  );
  await db.query(`insert into rate_limit_bucket (key, points) values ('ip:1', 1)`);
  await db.query(`update pov set objective = '', metadata = 'null', tags = array['a,b', 'c"d', E'e\\nf']`);
}

describe('db:deploy', () => {
  it('[POV-092] validates, backs up, migrates and back-fills, in this order', async () => {
    const database = await databaseBefore();
    await database.as(db => db.query(`insert into tenant
      (id, name, slug, sandbox, time_zone, currency, settings, created_at, updated_at)
      values (gen_random_uuid(), 'Acme', 'acme', false, 'UTC', 'EUR', '{}', now(), now())`));
    const { code, said } = await run(database.url, 'deploy', 'whole.sql.gz');
    expect([code, said]).toEqual([0, expect.stringMatching(/Validate[^]*Back up[^]*Migrate[^]*Back-fill/)]);
    expect(said).toContain(names.at(-1));
    await database.as(async db => {
      expect(await executed(db)).toEqual(names);
      const templates = await db.query('select name from phase_template');
      expect(templates.rows).toEqual([{ name: 'Standard POV' }]);
      expect((await db.query('select 1 from role_permission')).rowCount).toBeGreaterThan(100);
    });
    // The backup is of before: without the last migration, and without what was filled in.
    const backup = gunzipSync(readFileSync(at('whole.sql.gz'))).toString();
    expect(backup).not.toContain(names.at(-1));
    expect(backup).toContain('acme');
    expect(backup).not.toContain('Standard POV');
  });

  it('[PLT-125] filling in again doubles nothing', async () => {
    const database = await migratedDatabase();
    await database.as(fillAll);
    await deployTo(database.url, 'first.sql.gz');
    const before = await database.as(rowsOf);
    await deployTo(database.url, 'second.sql.gz');
    expect(await database.as(rowsOf)).toEqual(before);
  });

  it('[POV-092] a backup that fails, or would lack rows, stops it before any migration', async () => {
    writeFileSync(at('no-folder'), '');
    const database = await databaseBefore();
    const failed = await run(database.url, 'deploy', 'no-folder/backup.sql.gz');
    expect([failed.code, failed.said]).toEqual([1, expect.stringMatching(
      /No migration was applied, because the backup failed: /,
    )]);
    await admin.query(`create role bound_owner login createrole password 'bound'`);
    const bound = await emptyDatabase('bound_owner');
    const url = urlFor(bound.url, 'bound_owner', 'bound');
    await admin.query('grant search_definer to bound_owner with inherit false, set true');
    await migrate(url, names.slice(0, -1));
    await bound.as(fillAll);
    await expect(deployTo(url, 'partial.sql.gz')).rejects.toThrow(/backup failed: .*: alter role bound_owner bypassrls/);
    for (const { as } of [database, bound]) expect(await as(executed)).toEqual(names.slice(0, -1));
    expect(existsSync(at('partial.sql.gz'))).toBe(false);
  });

  it('[POV-092] a database ahead of this version is refused before anything is done', async () => {
    const database = await migratedDatabase();
    await database.as(db => db.query(`insert into mikro_orm_migrations (name) values ('Migration20990101')`));
    await expect(deployTo(database.url, 'ahead.sql.gz')).rejects.toThrow(/which has no Migration20990101/);
    expect(existsSync(at('ahead.sql.gz'))).toBe(false);
  });
});

describe('a backup', () => {
  let database: Database;
  beforeAll(async () => {
    database = await migratedDatabase();
    await database.as(fillAll);
    // More than is written at once.
    await database.as(db => db.query(`insert into rate_limit_bucket (key, points)
      select (select string_agg(md5(n::text || i), '') from generate_series(1, 7) i), n
      from generate_series(1, 20000) n`));
    expect(await backUp(database.url, at('all.sql.gz'))).toBeGreaterThan(20_000);
  });

  it('[POV-092] restored into an empty database gives the same schema and the same rows', async () => {
    const other = await emptyDatabase();
    const { code, said } = await run(other.url, 'restore', 'all.sql.gz');
    expect([code, said]).toEqual([0, expect.stringMatching(/\d+ rows are back/)]);
    const rows = await database.as(rowsOf);
    expect(Object.values(rows).filter(r => r.length === 0)).toEqual([]);
    expect(await other.as(rowsOf)).toEqual(rows);
    expect(catalogDifference(await database.as(catalogOf), await other.as(catalogOf))).toEqual([]);
    // What comes next draws a new number.
    const next = (db: Client): Promise<unknown> =>
      db.query(`select nextval('outbox_event_id_seq') as n`).then(r => r.rows[0].n);
    expect(await other.as(next)).toBe(await database.as(next));
  });

  it('is refused by a database that is not empty, which stays as it is', async () => {
    const before = await database.as(rowsOf);
    await expect(restore(database.url, at('all.sql.gz'))).rejects.toThrow('The database is not empty');
    expect(await database.as(rowsOf)).toEqual(before);
  });

  it.each([
    ['cut', (text: string) => text.slice(0, text.indexOf('copy "workflow_step"')), /ends before it is complete/],
    ['short of a row', (text: string) => text.replace(/(copy "team" .*\n).*\n/, '$1'), /ends before it is complete/],
    ['of something else', () => 'select 1;\n', /is no backup of Throughline/],
  ])('that is %s is refused and leaves no row', async (name, spoil, why) => {
    const text = gunzipSync(readFileSync(at('all.sql.gz'))).toString();
    writeFileSync(at(`${name}.sql.gz`), gzipSync(spoil(text)));
    const other = await emptyDatabase();
    await expect(restore(other.url, at(`${name}.sql.gz`))).rejects.toThrow(why);
    expect(Object.values(await other.as(rowsOf)).flat()).toEqual([]);
  });

  it('that lost its end on the disk is refused', async () => {
    writeFileSync(at('torn.sql.gz'), readFileSync(at('all.sql.gz')));
    truncateSync(at('torn.sql.gz'), 500_000);
    const other = await emptyDatabase();
    await expect(restore(other.url, at('torn.sql.gz'))).rejects.toThrow('torn.sql.gz is no whole backup.');
    expect(Object.values(await other.as(rowsOf)).flat()).toEqual([]);
  });
});
