import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection } from '@temporalio/client';
import type { Browser } from 'playwright-core';
import { connected } from '../../bin/database-roles.ts';
import { launchBrowser } from './browser.ts';
import { cloneDatabase, type TestDatabase } from './database.ts';
import { testTemporal } from './services.ts';
import { timeSkipping } from './time-skipping.ts';

describe('a test database', () => {
  let database: TestDatabase;
  beforeAll(async () => { database = await cloneDatabase(); });
  afterAll(() => database.drop());

  test('has the roles, and the owner is no superuser', async () => {
    const client = await connected(database.ownerUrl);
    const { rows } = await client.query(`select rolname, rolsuper, rolbypassrls, rolcanlogin from pg_roles
      where rolname in ('throughline', 'app', 'relay', 'search_definer') order by rolname`);
    await client.end();
    expect(rows.map((row) => [row.rolname, row.rolsuper, row.rolbypassrls, row.rolcanlogin])).toEqual([
      ['app', false, false, true], ['relay', false, false, true], ['search_definer', false, false, false],
      ['throughline', false, true, true],
    ]);
  });

  test('lets the app sign in, who can make no table', async () => {
    const client = await connected(database.appUrl);
    await expect(client.query('create table t (id int)')).rejects.toThrow('permission denied');
    await client.end();
  });
});

test('the Temporal server knows the search attributes', async () => {
  const connection = await Connection.connect(await testTemporal());
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace: 'default' });
  await connection.close();
  expect(Object.keys(customAttributes)).toEqual(expect.arrayContaining(['TenantId', 'EntityId', 'NeedsHuman']));
});

test('the time-skipping server skips a month in a moment', async () => {
  const environment = await timeSkipping();
  const before = await environment.currentTimeMs();
  await environment.sleep('30 days');
  expect(await environment.currentTimeMs() - before).toBeGreaterThan(29 * 86_400_000);
  await environment.teardown();
});

describe('the browser', () => {
  let browser: Browser;
  beforeAll(async () => { browser = await launchBrowser(); });
  afterAll(() => browser.close());

  test('shows a page', async () => {
    const page = await browser.newPage();
    await page.setContent('<h1>Throughline</h1>');
    expect(await page.getByRole('heading').textContent()).toBe('Throughline');
  });
});
