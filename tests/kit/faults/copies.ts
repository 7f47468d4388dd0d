import { cp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type pg from 'pg';
import { connected } from '../../../bin/database-roles.ts';
import { startTemporal, type Temporal } from '../../../bin/temporal.ts';
import type { TestDatabase } from '../database.ts';
import { testPostgres } from '../services.ts';

const tables = `select c.relname as name, (select string_agg(format('%I', attname), ', ') from pg_attribute
    where attrelid = c.oid and attnum > 0 and not attisdropped and attgenerated = '') as columns
  from pg_class c where c.relnamespace = 'public'::regnamespace and c.relkind = 'r'`;

/** Keeps a copy of all rows of a database; answers what puts them back, as restoring a backup does. */
export async function takeCopy({ database }: { database: TestDatabase }): Promise<() => Promise<void>> {
  const { adminUrl } = await testPostgres();
  const url = Object.assign(new URL(adminUrl), { pathname: new URL(database.ownerUrl).pathname }).href;
  const within = async (work: (db: pg.Client, all: { name: string; columns: string }[]) => Promise<void>) => {
    const db = await connected(url);
    try {
      await work(db, (await db.query<{ name: string; columns: string }>(tables)).rows);
    } finally {
      await db.end();
    }
  };
  await within(async (db, all) => {
    const statements = all.map(t => `create table copy.${t.name} as table public.${t.name};`);
    await db.query(`drop schema if exists copy cascade; create schema copy; ${statements.join('')}
      create table copy.sequence as select sequencename as name, last_value as at from pg_sequences
        where schemaname = 'public';`);
  });
  return () =>
    within(async (db, all) => {
      const names = all.map(t => `public.${t.name}`).join(', ');
      const rows = all.map(t => `insert into public.${t.name} (${t.columns}) overriding system value
        select ${t.columns} from copy.${t.name};`);
      await db.query(`begin; set local session_replication_role = replica; truncate ${names}; ${rows.join('')}
        select setval(format('public.%I', name)::regclass, coalesce(at, 1), at is not null) from copy.sequence;
        commit;`);
    });
}

/** A Temporal whose state is a file, which can be set back to an older copy while it is stopped. */
export interface Restorable {
  address: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  copy(): Promise<void>;
  restore(): Promise<void>;
}

export async function restorableTemporal(folder: string): Promise<Restorable> {
  const open = (port?: number): Promise<Temporal> =>
    startTemporal({ dataDir: folder, cli: process.env['TEMPORAL_CLI'], port });
  let server = await open();
  const { address } = server;
  const files = ['temporal.db', 'temporal.db-wal', 'temporal.db-shm'];
  const move = async (from: string, to: string): Promise<void> => {
    for (const file of files) {
      await rm(join(to, file), { force: true });
      await cp(join(from, file), join(to, file)).catch(() => undefined);
    }
  };
  return {
    address,
    stop: () => server.stop(),
    start: async () => {
      server = await open(Number(address.split(':')[1]));
    },
    copy: () => move(folder, join(folder, 'copy')),
    restore: () => move(join(folder, 'copy'), folder),
  };
}
