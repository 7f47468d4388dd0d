import pg from 'pg';
import { notePool } from './pools.ts';

export interface ReportPool {
  close(): Promise<void>;
}

/** A report that takes longer says so instead of holding a connection. */
const reportMs = 30_000,
  waitMs = 2_000;

let current: pg.Pool | undefined;

/**
 * Connections of their own for reads that take long, so that whoever asks for a report waits for other reports and
 * never makes a transaction wait (PLT-105).
 */
export function openReportPool(connectionString: string, max: number): ReportPool {
  const pool = new pg.Pool({
    connectionString, max, statement_timeout: reportMs, query_timeout: reportMs + waitMs,
    idle_in_transaction_session_timeout: reportMs, connectionTimeoutMillis: waitMs,
  });
  // An idle connection that broke is replaced by the next read.
  pool.on('error', () => {});
  current = pool;
  notePool('report', pool);
  return {
    close: async () => {
      if (current === pool) {
        current = undefined;
        notePool('report', undefined);
      }
      await pool.end();
    },
  };
}

/** Undefined where a process has none: then reports are read like everything else. */
export const reportPool = (): pg.Pool | undefined => current;
