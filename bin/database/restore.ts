import type { Client } from 'pg';
import { catalogDifference, catalogOf } from '../../db/platform/catalog.ts';
import { migrate, migrationNames } from '../../db/platform/migrate.ts';
import { completeLine, FIRST_LINE, type Head, linesOf } from './backup.ts';
import { copyIn } from './copy-rows.ts';
import { connected } from '../database-roles.ts';
import { Failure } from '../failure.ts';

export type Restored = { rows: number; migrations: number; differences: string[] };

/** Fills an empty database from a backup: the schema as it was then, by the same migrations, and every row, or none. */
export async function restore(ownerUrl: string, file: string): Promise<Restored> {
  const lines = linesOf(file)[Symbol.asyncIterator]();
  const db = await connected(ownerUrl);
  try {
    const { migrations, catalog } = await headOf(lines, file);
    await mustBeEmpty(db);
    await migrateTo(ownerUrl, migrations);
    const differences = catalogDifference(catalog, await catalogOf(db));
    await db.query('begin');
    await db.query('set constraints all deferred');
    // What migrations put there themselves is in the backup, too.
    await db.query(await truncateAll(db));
    // What triggers write is in it as well.
    await db.query(await ofTriggers(db, 'disable'));
    const rows = await fill(db, lines, file);
    await db.query('set constraints all immediate');
    await db.query(await ofTriggers(db, 'enable'));
    await db.query('commit');
    return { rows, migrations: migrations.length, differences };
  } finally {
    await lines.return(undefined);
    await db.end();
  }
}

type Lines = AsyncIterator<string>;

async function headOf(lines: Lines, file: string): Promise<Head> {
  const first = await lines.next();
  if (first.value !== FIRST_LINE) throw new Failure(`${file} is no backup of Throughline.`);
  return JSON.parse(String((await lines.next()).value).slice(3)) as Head;
}

async function mustBeEmpty(db: Client): Promise<void> {
  const { rows } = await db.query<{ name: string }>(
    `select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r' limit 1`,
  );
  if (rows[0]) throw new Failure(`The database is not empty: it has ${rows[0].name}. Restore into a new one.`);
}

/** To where the database of the backup was. */
async function migrateTo(ownerUrl: string, names: string[]): Promise<void> {
  const known = await migrationNames();
  const unknown = names.find((name) => !known.includes(name));
  if (unknown) throw new Failure(`The backup is of a newer version: this one has no ${unknown}.`);
  await migrate(ownerUrl, names);
}

async function truncateAll(db: Client): Promise<string> {
  const { rows } = await db.query<{ names: string }>(
    `select string_agg(format('%I', relname), ', ') as names from pg_class
     where relnamespace = 'public'::regnamespace and relkind = 'r' and relname <> 'mikro_orm_migrations'`,
  );
  return `truncate ${rows[0]?.names ?? ''}`;
}

/** Our own triggers alone: references are proved as ever. */
async function ofTriggers(db: Client, state: 'enable' | 'disable'): Promise<string> {
  const { rows } = await db.query<{ all: string | null }>(
    `select string_agg(format('alter table %I ${state} trigger user', relname), '; ') as all from pg_class c
     where relnamespace = 'public'::regnamespace and relkind = 'r'
       and exists (select 1 from pg_trigger t where t.tgrelid = c.oid and not t.tgisinternal)`,
  );
  return rows[0]?.all ?? '';
}

/** The rest of the file: COPY with its rows, or a statement for itself; a file that ends too soon is refused. */
async function fill(db: Client, lines: Lines, file: string): Promise<number> {
  let rows = 0;
  for (let line = await lines.next(); !line.done; line = await lines.next()) {
    if (line.value === completeLine(rows)) return rows;
    if (line.value.startsWith('copy ')) rows += await copyIn(db, line.value.slice(0, -1), rowsOf(lines));
    else if (line.value.startsWith('select setval(')) await db.query(line.value);
  }
  throw new Failure(`${file} ends before it is complete: nothing was restored.`);
}

/** Up to the line that ends a COPY, in pieces of some size. */
async function* rowsOf(lines: Lines): AsyncGenerator<Buffer> {
  let piece = '';
  for (let line = await lines.next(); !line.done && line.value !== '\\.'; line = await lines.next()) {
    piece += `${line.value}\n`;
    if (piece.length < 64_000) continue;
    yield Buffer.from(piece);
    piece = '';
  }
  if (piece) yield Buffer.from(piece);
}
