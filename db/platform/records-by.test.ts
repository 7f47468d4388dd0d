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

describe('who has a value', () => {
  it.each([
    ['account', 'account_name'], ['account', 'email'], ['account', 'website_url'],
    ['contact', 'email_address'], ['contact', 'full_name'],
    ['opportunity', 'opportunity_name'], ['opportunity', 'order_id_house'],
  ])('[CRM-113] of an %s by %s has an index to be looked up in, among a million rows', async (table, column) => {
    const { rows } = await app.query<{ index: string }>(
      `select pg_get_indexdef(indexrelid) as index from pg_index where indrelid = $1::regclass`, [table],
    );
    const [index] = rows.flatMap(row => (row.index.includes(`lower((${column})::text)`) ? [row.index] : []));
    expect(index).toMatch(/\(tenant_id, lower\(/);
    const found = await app.query(`select * from records_by($1, $2, 'column', '{Somebody}')`, [table, column]);
    expect(found.rows).toEqual([]);
  });

  it('is not looked up so by whom row-level security keeps from it', async () => {
    const { rows } = await app.query<{ 'QUERY PLAN': string }>(
      `explain select id from contact where lower(email_address) = 'jane@example.com' and deleted_at is null`,
    );
    const plan = rows.map(row => row['QUERY PLAN']).join('\n');
    expect([plan.includes('Filter: '), /Index Cond: .*lower/.test(plan)]).toEqual([true, false]);
  });
});
