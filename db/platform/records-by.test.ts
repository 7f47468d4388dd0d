import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { connected } from '../../bin/database-roles.ts';
import { cloneDatabase, type TestDatabase } from '../../tests/kit/database.ts';

let database: TestDatabase, app: pg.Client;
beforeAll(async () => {
  database = await cloneDatabase();
  app = await connected(database.appUrl);
  await app.query(`select set_config('app.tenant', $1, false)`, [randomUUID()]);
  // Of a table without rows it would read all none of them.
  await app.query('set enable_seqscan = off');
});
afterAll(async () => {
  await app?.end();
  await database?.drop();
});

/** What reads the table in one transaction. */
async function readsOf(table: string, statement: string): Promise<{ whole: boolean; byIndex: boolean }> {
  await app.query('begin');
  await app.query(statement, [['Somebody']]);
  const { rows } = await app.query<{ whole: boolean; byIndex: boolean }>(
    `select seq_scan > 0 as whole, idx_scan > 0 as "byIndex" from pg_stat_xact_user_tables where relname = $1`, [table],
  );
  await app.query('rollback');
  return rows[0]!;
}

describe('who has a value', () => {
  it.each([
    ['account', 'account_name'], ['account', 'email'], ['account', 'website_url'],
    ['contact', 'email_address'], ['contact', 'full_name'],
    ['opportunity', 'opportunity_name'], ['opportunity', 'order_id_house'],
  ])('[CRM-113] of an %s by %s is looked up in an index, among a million rows too', async (table, column) => {
    const asked = `select * from records_by('${table}', '${column}', 'column', $1::text[])`;
    expect(await readsOf(table, asked)).toEqual({ whole: false, byIndex: true });
  });

  it('is not, where row-level security keeps `lower` from its index', async () => {
    const asked = `select t.id from unnest($1::text[]) g (value) join contact t on lower(t.email_address) = lower(g.value)
      where t.deleted_at is null`;
    const plan = await app.query<{ 'QUERY PLAN': string }>(`explain ${asked}`, [['Somebody']]);
    expect(plan.rows.map(row => row['QUERY PLAN']).join('\n')).not.toContain('contact_email_lower');
  });
});
