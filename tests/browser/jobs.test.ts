import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { bootApp, type App } from '../kit/app.ts';
import { newAccount, withAccountTypes } from '../kit/crm.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ web: true });
  await withAccountTypes(app.tenant.id);
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `jobs-${name}.png`), fullPage: true });
};

it('a file is uploaded, tried, imported and undone', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  await page.getByRole('link', { name: 'Import' }).click();
  const file = 'Account name,Account type,Remark\nHalvorsen Foods,Vendor,x\nRexby,Vendor,y\nNobody,Moon,z\n';
  await page.getByLabel('File').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: 'Upload' }).click();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('Dry run: 2 created, 1 failed.').waitFor();
  await picture(page, 'checked');
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported 3 of 3 rows').waitFor();
  await page.getByText('accountType: must be one of').waitFor();
  await picture(page, 'imported');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Took back').waitFor();
  await visit(page, '/jobs');
  await page.getByRole('link', { name: 'Import of accounts from a.csv' }).waitFor();
  await picture(page, 'list');
});

it('what is seen is exported, by who may', async () => {
  await newAccount(await app.as('manager'), { accountName: 'Seen' });
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  await page.getByRole('button', { name: 'Export' }).click();
  await page.getByRole('link', { name: 'Download' }).waitFor();
  await closePages();
  const sales = await openPage(app, 'sales');
  await visit(sales, '/accounts');
  expect(await sales.getByRole('button', { name: 'Export' }).count()).toBe(0);
  expect(await sales.getByRole('link', { name: 'Import' }).count()).toBe(0);
});
