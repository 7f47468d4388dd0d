import type { EntityManager } from '@mikro-orm/postgresql';
import { PostgresDialect, Transaction, type DatabaseConnection } from 'kysely';
import pg from 'pg';
import { orm, type Orm } from '../orm.ts';
import { cork, knowPipeline, type Pipeline } from './pipeline.ts';
import { isOutdated, preparedName } from './prepared.ts';

/** A transaction of one tenant. */
export interface TenantTransaction extends Pipeline {
  /** MikroORM's entity manager in this transaction. */
  em: EntityManager;
  /** Waits until each change that somebody proves is proved: before that, nothing may be committed. */
  proved(): Promise<void>;
  /** Waits for all that was sent; throws the first fault. */
  settled(): Promise<void>;
  /** Does the work behind a savepoint: a fault undoes that work alone and is thrown, and the transaction goes on. */
  attempt<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Runs the work in a transaction under row-level security of one tenant. `begin` and the tenant leave with the work's
 * first statement, `commit` with its last.
 */
export async function inTenant<T>(tenantId: string, work: (tx: TenantTransaction) => Promise<T>): Promise<T> {
  const source = orm();
  const pool = (await source.em.getConnection().getNativeClient()) as pg.Pool;
  const client = await pool.connect();
  const tx = transactionOn(client, source, tenantId);
  try {
    void tx.send(opening('begin', tenantId));
    const answer = await work(tx);
    await tx.proved();
    cork(client);
    const end = client.query('commit');
    await Promise.all([tx.settled(), end.catch(() => undefined)]);
    // The server answers `ROLLBACK` to the commit of a transaction that has failed.
    if ((await end).command !== 'COMMIT') throw new Error('A transaction was rolled back at its commit');
    client.release();
    return answer;
  } catch (e) {
    const fault = isConsequence(e) ? await tx.settled().then(() => e, (first: unknown) => first) : e;
    await client.query('rollback').then(
      () => client.release(isOutdated(fault)),
      (lost: Error) => client.release(lost),
    );
    throw converted(fault, source);
  }
}

const converted = (fault: unknown, source: Orm): unknown =>
  fault instanceof pg.DatabaseError ? source.em.getDriver().convertException(fault) : fault;

/** Both in one message: the tenant holds until the transaction ends. */
export const opening = (begin: string, tenantId: string): string =>
  `${begin}; select set_config('app.tenant', ${pg.escapeLiteral(tenantId)}, true)`;

/** Said of a statement behind the one that failed. */
const isConsequence = (e: unknown): boolean => (e as { code?: unknown } | null)?.code === '25P02';

const transactions = new WeakMap<EntityManager, TenantTransaction>();
/** The transaction that this entity manager is in. */
export function transactionOf(em: EntityManager): TenantTransaction {
  const tx = transactions.get(em);
  if (!tx) throw new Error('Not in a transaction');
  return tx;
}

function transactionOn(client: pg.PoolClient, source: Orm, tenantId: string): TenantTransaction {
  const em = source.em.fork();
  em.setFilterParams('tenant', { tenantId });
  const logger = source.config.getLogger();
  const sent: Promise<unknown>[] = [];
  const unproved: Promise<unknown>[] = [];
  const query = (text: string, values?: readonly unknown[]): Promise<pg.QueryResult> => {
    logger.log('query', text);
    cork(client);
    const name = values && preparedName(text);
    return client.query({ text, ...(values && { values: [...values] }), ...(name && { name }) });
  };
  const noted = <T>(promise: Promise<T>): Promise<T> => {
    // Who sends does not always wait, and may have caught what he waited for.
    promise.catch(() => undefined);
    sent.push(promise);
    return promise;
  };
  const tx: TenantTransaction = {
    em,
    send: <T>(text: string, values?: readonly unknown[]) =>
      noted(query(text, values).then(result => result.rows as T[])),
    behind: (text, values, proved) => {
      const done = noted(query(text, values).then(result => proved?.(result)));
      if (proved) unproved.push(done);
    },
    proved: async () => {
      await Promise.all(unproved.splice(0));
    },
    settled: async () => {
      for (const each of await Promise.allSettled(sent)) if (each.status === 'rejected') throw each.reason;
    },
    attempt: async work => {
      const [sentBefore, unprovedBefore] = [sent.length, unproved.length];
      void tx.send('savepoint attempt');
      try {
        const answer = await work();
        await Promise.all([...sent.slice(sentBefore), ...unproved.splice(unprovedBefore)]);
        await tx.send('release savepoint attempt');
        return answer;
      } catch (e) {
        const ends = await Promise.allSettled(sent.splice(sentBefore));
        await Promise.allSettled(unproved.splice(unprovedBefore));
        // Going back to it leaves it there: an attempt around this one would go back to it instead of its own.
        void tx.send('rollback to savepoint attempt');
        await tx.send('release savepoint attempt');
        const first = ends.find(end => end.status === 'rejected');
        throw converted(isConsequence(e) && first ? first.reason : e, source);
      }
    },
  };
  const ctx = asKysely(client, source);
  em.setTransactionContext(ctx);
  knowPipeline(ctx, tx);
  transactions.set(em, tx);
  return tx;
}

/** The transaction as MikroORM's statements need it: they leave on the same connection, in the order of their calls. */
function asKysely(client: pg.PoolClient, source: Orm): Transaction<unknown> {
  const connection: DatabaseConnection = {
    executeQuery: async <R>({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) => {
      const { command, rowCount, rows } = (await client.query(sql, [...parameters])) as pg.QueryResult;
      const numAffectedRows = writing.has(command) ? BigInt(rowCount ?? 0) : undefined;
      return { rows: (rows ?? []) as R[], ...(numAffectedRows !== undefined && { numAffectedRows }) };
    },
    streamQuery: () => {
      throw new Error('Nothing is streamed in a transaction that writes');
    },
  };
  const kysely = source.em.getConnection().getClient();
  const executor = kysely.getExecutor().withConnectionProvider({ provideConnection: use => use(connection) });
  return new Transaction({ config: { dialect }, dialect, driver: dialect.createDriver(), executor });
}

const writing = new Set(['INSERT', 'UPDATE', 'DELETE', 'MERGE']);
/** Of no use but to satisfy the constructor: the executor above does all. */
const dialect = new PostgresDialect({ pool: () => Promise.reject(new Error('No other connection')) });
