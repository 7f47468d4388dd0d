import { once } from 'node:events';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { pipeline, type Writable } from 'node:stream';
import { finished } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import type { Client } from 'pg';
import { catalogOf, MIGRATIONS } from '../../db/platform/catalog.ts';
import { copyOut } from './copy-rows.ts';
import { connected } from '../database-roles.ts';
import { codeOf, Failure } from '../failure.ts';

/**
 * A backup is SQL, compressed: a head of two comments (what it is; the schema, as the migrations that made it and as
 * its catalogue), then the rows of each table as COPY, in one transaction, then the sequences, and a last line that
 * says how many rows there are: a file without it is none.
 */
export const FIRST_LINE = '-- Throughline backup 1';
export const completeLine = (rows: number): string => `-- complete: ${rows} rows`;

export type Head = { made: string; migrations: string[]; catalog: string[] };

/** Writes all that the database holds at one moment; answers the rows, or undefined when it has no schema yet. */
export async function backUp(ownerUrl: string, file: string): Promise<number | undefined> {
  const db = await connected(ownerUrl);
  try {
    // Refuses to leave out rows that a policy hides, instead of leaving them out.
    await db.query('begin isolation level repeatable read read only; set local row_security = off');
    const migrations = await migrationsOf(db);
    if (migrations.length === 0) return undefined;
    await mkdir(dirname(file), { recursive: true });
    const rows = await written(`${file}.part`, async (out) => {
      const head: Head = { made: new Date().toISOString(), migrations, catalog: await catalogOf(db) };
      out.write(`${FIRST_LINE}\n-- ${JSON.stringify(head)}\nbegin;\nset constraints all deferred;\n`);
      return writeRows(db, out);
    });
    await checkBackup(`${file}.part`);
    await rename(`${file}.part`, file);
    return rows;
  } catch (error) {
    if (codeOf(error) !== '42501' || !String(error).includes('row-level security')) throw error;
    const owner = new URL(ownerUrl).username;
    throw new Failure(
      `row-level security hides rows from ${owner}; as an administrator run: alter role ${owner} bypassrls`,
    );
  } finally {
    await db.end();
  }
}

export async function migrationsOf(db: Client): Promise<string[]> {
  const { rows: [there] } = await db.query<{ is: boolean }>('select to_regclass($1) is not null as is', [MIGRATIONS]);
  if (!there?.is) return [];
  return (await db.query<{ name: string }>(`select name from ${MIGRATIONS} order by id`)).rows.map((row) => row.name);
}

async function writeRows(db: Client, out: Writable): Promise<number> {
  let rows = 0;
  for (const { name, columns } of await tablesOf(db)) {
    const table = `"${name}" (${columns.map((column) => `"${column}"`).join(', ')})`;
    out.write(`copy ${table} from stdin;\n`);
    rows += await copyOut(db, `copy ${table} to stdout`, out);
    out.write('\\.\n');
  }
  for (const { name, last } of await sequencesOf(db)) {
    out.write(`select setval('"${name}"', ${last ?? 1}, ${last !== null});\n`);
  }
  out.write(`commit;\n${completeLine(rows)}\n`);
  return rows;
}

type TableColumns = { name: string; columns: string[] };

/** All but the one in which the migrations note themselves: that one is made by running them. */
async function tablesOf(db: Client): Promise<TableColumns[]> {
  const { rows } = await db.query<TableColumns>(
    `select c.relname as name, json_agg(a.attname order by a.attnum) as columns
     from pg_class c join pg_attribute a on a.attrelid = c.oid
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and c.relname <> $1
       and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     group by c.relname order by c.relname <> 'tenant', c.relname`,
    [MIGRATIONS],
  );
  return rows;
}

async function sequencesOf(db: Client): Promise<{ name: string; last: string | null }[]> {
  const { rows } = await db.query<{ name: string; last: string | null }>(
    `select sequencename as name, last_value as last from pg_sequences
     where schemaname = 'public' and sequencename not like $1 order by 1`,
    [`${MIGRATIONS}%`],
  );
  return rows;
}

/** Writes a file that is on the disk when this settles, or is not there. */
async function written(file: string, write: (out: Writable) => Promise<number>): Promise<number> {
  const handle = await open(file, 'w', 0o600);
  const sink = handle.createWriteStream({ flush: true });
  const out = createGzip();
  out.pipe(sink);
  const failed = Promise.race([once(sink, 'error'), once(out, 'error')]).then(([error]) => { throw error; });
  try {
    const rows = await Promise.race([write(out), failed]);
    out.end();
    await Promise.race([finished(sink), failed]);
    return rows;
  } catch (error) {
    out.destroy();
    sink.destroy();
    await rm(file, { force: true });
    throw error;
  }
}

/** The lines of a backup. Only `\n` ends one: Node's readline also splits at separators within what people wrote. */
export async function* linesOf(file: string): AsyncGenerator<string> {
  let rest = '';
  const text = pipeline(createReadStream(file), createGunzip(), () => undefined).setEncoding('utf8');
  try {
    for await (const piece of text as AsyncIterable<string>) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop() ?? '';
      yield* lines;
    }
  } catch (error) {
    if (codeOf(error) === 'ENOENT') throw new Failure(`There is no ${file}.`);
    if (codeOf(error)?.startsWith('Z_')) throw new Failure(`${file} is no whole backup.`);
    throw error;
  }
  if (rest) yield rest;
}

/** Reads it to its end: it must begin and end as a backup does, with as many rows between as its last line says. */
async function checkBackup(file: string): Promise<void> {
  let [first, last, rows, inRows] = ['', '', 0, false];
  for await (const line of linesOf(file)) {
    first ||= line;
    last = line;
    if (inRows && line !== '\\.') rows += 1;
    else inRows = line.startsWith('copy ');
  }
  if (first !== FIRST_LINE || last !== completeLine(rows)) throw new Failure(`${file} is no whole backup.`);
}
