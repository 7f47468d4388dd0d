import type { Pool, PoolClient, QueryResult } from 'pg';
import { orm, type Orm } from './orm.ts';
import { cork } from './pool/pipeline.ts';
import { reportPool } from './pool/report-pool.ts';
import { isOutdated, preparedName } from './pool/prepared.ts';
import { compileSql, type Sql } from './sql.ts';
import { opening } from './pool/transaction.ts';

/** Reads under row-level security of one tenant; each call is a short transaction of its own. */
export interface Reader {
  tenantId: string;
  rows<T>(query: Sql): Promise<T[]>;
  /** The first row, or undefined. */
  row<T>(query: Sql): Promise<T | undefined>;
  /** The rows of each query, all in one round trip. */
  each<T>(queries: readonly Sql[]): Promise<T[][]>;
}

/**
 * A reader for the tenant. The statements (begin, tenant, selects, commit) leave in one go on a pipelined connection,
 * so that a read costs one round trip; after any error the connection is thrown away.
 */
export function readerOf(tenantId: string, source: Orm = orm()): Reader {
  return readerBy(tenantId, source, async () => (await source.em.getConnection().getNativeClient()) as Pool);
}

/** The same on the pool of reports: for reads that may take long. */
export function reportReaderOf(tenantId: string, source: Orm = orm()): Reader {
  const pool = reportPool();
  return pool ? readerBy(tenantId, source, async () => pool) : readerOf(tenantId, source);
}

function readerBy(tenantId: string, source: Orm, poolOf: () => Promise<Pool>): Reader {
  const each = async <T>(queries: readonly Sql[], asBefore = true): Promise<T[][]> => {
    const selects = queries.map(compileSql);
    const pool = await poolOf();
    for (const { sql } of selects) source.config.getLogger().log('query', sql);
    const client = await pool.connect();
    try {
      const answers = await inTenant(client, tenantId, selects, asBefore);
      client.release();
      return answers.map(answer => answer.rows as T[]);
    } catch (e) {
      client.release(e as Error);
      if (asBefore && isOutdated(e)) return each(queries, false);
      throw e;
    }
  };
  const rows = async <T>(query: Sql): Promise<T[]> => (await each<T>([query]))[0]!;
  return { tenantId, each: queries => each(queries), rows, row: async <T>(query: Sql) => (await rows<T>(query))[0] };
}

async function inTenant(
  client: PoolClient, tenantId: string, selects: readonly { sql: string; parameters: readonly unknown[] }[],
  prepared: boolean,
): Promise<QueryResult[]> {
  const answers = selects.map(({ sql, parameters }) => ({
    text: sql, ...(prepared && { name: preparedName(sql) }), values: [...parameters], types: plainTypes,
  }));
  cork(client);
  const opened = client.query(opening('begin read only', tenantId));
  const sent = answers.map(select => client.query(select));
  const settled = await Promise.allSettled([opened, ...sent, client.query('commit')]);
  const failed = settled.find(s => s.status === 'rejected');
  if (failed) throw failed.reason;
  return Promise.all(sent);
}

const timestamptz = 1184, timestamp = 1114, int8 = 20, date = 1082, numeric = 1700;
const json = [114, 3802], textArray = [1009, 1015, 2951];

/** Rows as JSON would show them: instants as ISO strings in UTC, days as written, exact numbers as strings. */
const plainTypes = {
  getTypeParser: (oid: number) => {
    if (oid === timestamptz || oid === timestamp) return isoOf;
    if (oid === int8 || [21, 23, 26, 700, 701].includes(oid)) return Number;
    if (oid === 16) return (s: string) => s === 't';
    if (json.includes(oid)) return (s: string) => JSON.parse(s) as unknown;
    if (textArray.includes(oid)) return parseArray;
    if (oid === date || oid === numeric) return String;
    return String;
  },
};

/** A server that counts in UTC says nearly the same; what it says otherwise is asked of the calendar. */
const isoOf = (s: string): string =>
  s[19] === '.' && s.length >= 26 && s.length <= 29 && s.endsWith('+00') && s[4] === '-'
    ? `${s.slice(0, 10)}T${s.slice(11, 23)}Z`
    : new Date(s).toISOString();

/** A one-dimensional PostgreSQL array literal of texts. */
export function parseArray(literal: string): string[] {
  const items: string[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/g;
  for (let m = pattern.exec(literal); m; m = pattern.exec(literal)) {
    items.push(m[1] === undefined ? m[2]! : m[1].replace(/\\(.)/g, '$1'));
  }
  return items;
}
