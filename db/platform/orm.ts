import { Migrator } from '@mikro-orm/migrations';
import { defineConfig, MikroORM, type Options } from '@mikro-orm/postgresql';
import { entities } from '../entities.ts';
import type { Pool } from 'pg';
import { ChangeCollector } from './change-collector.ts';
import { LeanDriver } from './pool/lean-driver.ts';
import { notePool } from './pool/pools.ts';

export type Orm = MikroORM;

export interface Limits {
  /** Ends statements that take longer. */
  statementMs?: number;
  /** Told of every statement: for development (PLT-110). */
  onQuery?: ((statement: string) => void) | undefined;
}

/** MikroORM's options; the owner's connection migrates, the `app` role's does everything else under RLS. */
export const ormOptions = (
  clientUrl: string, poolMax = 10, { statementMs, onQuery }: Limits = {},
): Options => defineConfig({
  clientUrl,
  driver: LeanDriver,
  entities,
  // It would ask at start, and end a program whose database is not there yet (PLT-109).
  ensureDatabase: false,
  extensions: [Migrator],
  subscribers: [new ChangeCollector()],
  // Lets a transaction's statements leave without waiting for each answer (see reader.ts).
  driverOptions: {
    pipeline: true, max: poolMax,
    // Nobody waits long for a connection: who asks hears soon that the database is busy or away. The server ends a
    // statement that takes too long; a server that is silent is given up on a little later.
    ...(statementMs && {
      statement_timeout: statementMs, idle_in_transaction_session_timeout: statementMs,
      query_timeout: statementMs + 2_000, connectionTimeoutMillis: 1_500,
    }),
  },
  ...(onQuery && { debug: ['query'], logger: onQuery, colors: false }),
  pool: { min: 0, max: poolMax },
  ignoreUndefinedInQuery: true,
  migrations: {
    path: new URL('../migrations', import.meta.url).pathname,
    glob: '!(*.d).{js,ts}',
    emit: 'ts',
    snapshot: true,
    snapshotName: 'schema',
    silent: true,
  },
});

let current: Orm | undefined;

/** Opens the process's one ORM, on the `app` role's connection. */
export async function openOrm(clientUrl: string, poolMax?: number, limits?: Limits): Promise<Orm> {
  current = await MikroORM.init(ormOptions(clientUrl, poolMax, limits) as Options & { entities: typeof entities });
  notePool('main', (await current.em.getConnection().getNativeClient()) as Pool);
  return current;
}

export function orm(): Orm {
  if (!current) throw new Error('The database is not open');
  return current;
}
