import type { Pool, PoolClient, QueryResult } from 'pg';
import { orm, type Orm } from './orm.ts';
import { reportPool } from './pool/report-pool.ts';
import { compileSql, type Sql } from './sql.ts';

/** Reads under row-level security of one tenant; each call is a short transaction of its own. */
export interface Reader {
  tenantId: string;
  rows<T>(query: Sql): Promise<T[]>;
  /** The first row, or undefined. */
  row<T>(query: Sql): Promise<T | undefined>;
}

/**
 * A reader for the tenant. The four statements (begin, tenant, select, commit) leave in one go on a pipelined
 * connection, so that a read costs one round trip; after any error the connection is thrown away.
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
  const rows = async <T>(query: Sql): Promise<T[]> => {
    const { sql, parameters } = compileSql(query);
    const pool = await poolOf();
    source.config.getLogger().log('query', sql);
    const client = await pool.connect();
    try {
      const answer = await inTenant(client, tenantId, sql, parameters);
      client.release();
      return answer.rows as T[];
    } catch (e) {
      client.release(e as Error);
      throw e;
    }
  };
  return { tenantId, rows, row: async <T>(query: Sql) => (await rows<T>(query))[0] };
}

async function inTenant(
  client: PoolClient, tenantId: string, text: string, values: readonly unknown[],
): Promise<QueryResult> {
  const sent = [
    client.query('begin read only'),
    client.query(`select set_config('app.tenant', $1, true)`, [tenantId]),
    client.query({ text, values: [...values], types: plainTypes }),
    client.query('commit'),
  ] as const;
  const settled = await Promise.allSettled(sent);
  const failed = settled.find(s => s.status === 'rejected');
  if (failed) throw failed.reason;
  return sent[2];
}

const timestamptz = 1184, timestamp = 1114, int8 = 20, date = 1082, numeric = 1700;
const json = [114, 3802], textArray = [1009, 1015, 2951];

/** Rows as JSON would show them: instants as ISO strings in UTC, days as written, exact numbers as strings. */
const plainTypes = {
  getTypeParser: (oid: number) => {
    if (oid === timestamptz || oid === timestamp) return (s: string) => new Date(s).toISOString();
    if (oid === int8 || [21, 23, 26, 700, 701].includes(oid)) return Number;
    if (oid === 16) return (s: string) => s === 't';
    if (json.includes(oid)) return (s: string) => JSON.parse(s) as unknown;
    if (textArray.includes(oid)) return parseArray;
    if (oid === date || oid === numeric) return String;
    return String;
  },
};

/** A one-dimensional PostgreSQL array literal of texts. */
function parseArray(literal: string): string[] {
  const items: string[] = [];
  const pattern = /"((?:[^"\\]|\\.)*)"|([^,{}]+)/g;
  for (let m = pattern.exec(literal); m; m = pattern.exec(literal)) {
    items.push(m[1] === undefined ? m[2]! : m[1].replace(/\\(.)/g, '$1'));
  }
  return items;
}
