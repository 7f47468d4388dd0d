import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { bootApp, type App } from '../kit/app.ts';
import { newAccount, newOpportunity, withAccountTypes, withStages } from '../kit/crm.fixture.ts';
import { newImport } from '../kit/job/jobs.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { looks, seriousFindings, tabTo } from './web.fixture.ts';

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

it('[CRM-113] a file is uploaded, tried, corrected in place, imported and undone', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  await page.getByRole('link', { name: 'Import' }).click();
  const wrong = 'Nobody,Moon,z,\nNo one,Sun,z,\n';
  const there = 'Halvorsen Foods,Vendor,1/2/2026,\nRexby,Vendor,y,\n';
  const file = `Account name,Account type,Remark,E-mail\n${there}${wrong}`;
  await page.getByLabel('File').setInputFiles({ name: 'a.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
  await page.getByRole('button', { name: 'Upload' }).click();
  const type = page.getByLabel('Account type', { exact: true });
  await type.click();
  await page.getByRole('option', { name: 'Leave out' }).click();
  await page.getByRole('alert').filter({ hasText: 'No column goes to Account type' }).waitFor();
  await type.click();
  await page.getByRole('option', { name: 'Account type (required)' }).click();
  const days = page.getByLabel('Days are written as');
  await days.filter({ hasText: '01/31/2026' }).click();
  await page.getByRole('option', { name: '31/01/2026' }).click();
  await days.filter({ hasText: '31/01/2026' }).waitFor();
  await page.getByRole('checkbox', { name: 'Account name', checked: true }).waitFor();
  await page.getByRole('checkbox', { name: 'E-mail' }).click();
  await page.getByText('Any of them will do').waitFor();
  await page.getByRole('button', { name: 'Dry run' }).click();
  await page.getByText('Dry run: 2 to create, 2 with errors.').waitFor();
  await page.getByRole('listitem').filter({ hasText: 'Row 4' }).getByText('Must be one of').waitFor();
  await page.getByLabel('Account type of row 4').fill('Vendor');
  await picture(page, 'checked');
  expect(await seriousFindings(page)).toEqual([]);
  await page.getByRole('button', { name: 'Correct and try again' }).click();
  await page.getByText('Dry run: 3 to create, 1 with errors.').waitFor();
  await page.getByRole('button', { name: 'Import', exact: true }).click();
  await page.getByText('Imported 4 of 4 rows').waitFor();
  await page.getByText('Account type (accountType): must be one of').waitFor();
  await picture(page, 'imported');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByText('Took back').waitFor();
  await visit(page, '/jobs');
  await page.getByRole('link', { name: 'Import of accounts from a.csv' }).waitFor();
  await picture(page, 'list');
  // No column is a key: there is nothing that could be the same.
  const people = await newImport(await app.as('manager'), 'contact', 'First name,Last name\nOla,Nordmann\n');
  await visit(page, `/jobs/${people.id}`);
  await page.getByText('A record is there already if its name').waitFor();
  expect(await page.getByText('if it has the same').count()).toBe(0);
  await page.getByRole('checkbox', { name: 'Each row is new' }).click();
  await page.getByText('Each row makes a new record, also where one like it is there.').waitFor();
});

it('chosen rows, or all that fit, are changed by a job that is followed and taken back', async () => {
  const manager = await app.as('manager');
  const region = { recordType: 'account', label: 'Region', type: 'select', options: ['North', 'South'] };
  expect((await (await app.as('admin')).post('/api/custom-fields', region)).status).toBe(201);
  const herd = [];
  for (const n of [1, 2, 3]) herd.push(await newAccount(manager, { accountName: `Herd ${n}` }));
  const page = await openPage(app, 'manager');
  const bar = page.getByRole('region', { name: 'Selection' });
  const dialog = page.getByRole('dialog');
  await visit(page, '/accounts?q=Herd');
  await page.getByRole('checkbox', { name: 'Select Herd 1' }).click();
  await bar.getByRole('button', { name: 'Edit' }).click();
  await dialog.getByLabel('Field').click();
  await page.getByRole('option', { name: 'Industry', exact: true }).click();
  await dialog.getByLabel('Industry', { exact: true }).fill('Cattle');
  await dialog.getByRole('button', { name: 'Another field' }).click();
  await dialog.getByLabel('Another field').click();
  await page.getByRole('option', { name: 'Region', exact: true }).click();
  await dialog.getByLabel('Region', { exact: true }).click();
  await page.getByRole('option', { name: 'North' }).click();
  // Of the page of an account, not of the form of a new one.
  await dialog.getByRole('button', { name: 'Another field' }).click();
  await dialog.getByLabel('Another field').click();
  await page.getByRole('option', { name: 'Status', exact: true }).click();
  await dialog.getByLabel('Status', { exact: true }).click();
  await page.getByRole('option', { name: 'Inactive' }).click();
  await picture(page, 'bulk-edit');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Change' }).click();
  await dialog.getByText('Worked on 1 of 1 rows: 1 updated').waitFor();
  expect((await manager.get(`/api/accounts/${herd[0]!.id}`)).body).toMatchObject({
    industry: 'Cattle', status: 'inactive', customFields: { region: 'North' },
  });
  await dialog.getByRole('button', { name: 'Close' }).last().click();

  await page.getByRole('checkbox', { name: 'Select all rows' }).click();
  await bar.getByRole('button', { name: 'Delete' }).click();
  await page.getByRole('dialog', { name: 'Delete 3 accounts?' }).getByRole('button', { name: 'Delete' }).click();
  await dialog.getByText('Worked on 3 of 3 rows: 3 deleted').waitFor();
  await picture(page, 'bulk-deleted');
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await dialog.getByText('Took back 3 of 3 rows: 3 undone').waitFor();
  await dialog.getByRole('button', { name: 'Close' }).last().click();
  await page.getByRole('link', { name: 'Herd 2' }).waitFor();
});

it('[CRM-111] the head of a list has search, filters, new, import and export, for each role what it may', async () => {
  for (const [role, may] of [['manager', true], ['sales', false]] as const) {
    const page = await openPage(app, role);
    for (const [path, noun] of [['/accounts', 'account'], ['/contacts', 'contact']] as const) {
      await visit(page, path);
      await page.getByLabel(`Search ${noun}s`).waitFor();
      await page.getByRole('button', { name: 'More filters' }).waitFor();
      await page.getByRole('link', { name: `New ${noun}` }).first().waitFor();
      expect(await page.getByRole('button', { name: 'Export' }).count()).toBe(may ? 1 : 0);
      expect(await page.getByRole('link', { name: 'Import' }).count()).toBe(may ? 1 : 0);
    }
    await closePages();
  }
});

it('[CRM-111] the other tables have the same for who may; POVs, which are not imported, an export alone', async () => {
  const page = await openPage(app, 'manager');
  const lists = [
    ...['opportunities', 'products', 'groups', 'tickets', 'partners', 'warehouses', 'email-templates', 'povs'],
    ...['tasks/all', 'interactions'],
  ];
  for (const path of lists) {
    await visit(page, `/${path}`);
    await page.getByRole('button', { name: 'Export' }).waitFor();
    const imports = await page.getByRole('link', { name: 'Import' }).count();
    expect([path, imports]).toEqual([path, path === 'povs' ? 0 : 1]);
  }
});

it('chosen opportunities are changed, handed over and tagged as accounts are', async () => {
  const manager = await app.as('manager');
  await withStages(app.tenant.id);
  const { id } = await newOpportunity(manager, { name: 'Chosen deal', value: 100 });
  const page = await openPage(app, 'manager');
  const dialog = page.getByRole('dialog');
  await visit(page, '/opportunities?q=Chosen');
  await page.getByRole('checkbox', { name: 'Select Chosen deal' }).click();
  const bar = page.getByRole('region', { name: 'Selection' });
  for (const name of ['Reassign', 'Tag', 'Export', 'Delete']) await bar.getByRole('button', { name }).waitFor();
  await bar.getByRole('button', { name: 'Edit' }).click();
  await dialog.getByLabel('Field').click();
  await page.getByRole('option', { name: 'Value', exact: true }).click();
  await dialog.getByLabel('Value', { exact: true }).fill('1234.50');
  await dialog.getByRole('button', { name: 'Change' }).click();
  await dialog.getByText('Worked on 1 of 1 rows: 1 updated').waitFor();
  expect((await manager.get(`/api/opportunities/${id}`)).body).toMatchObject({ value: 123_450 });
  await dialog.getByRole('button', { name: 'Undo' }).click();
  await dialog.getByText('Took back 1 of 1 rows: 1 undone').waitFor();
  expect((await manager.get(`/api/opportunities/${id}`)).body).toMatchObject({ value: 100 });
});

it('[CRM-115] what is seen is exported as Excel or CSV, by who may', async () => {
  for (const [accountName, shippingCity] of [['Seen A, "here"', 'Oslo'], ['Seen B', 'Bergen'], ['Hidden', 'Oslo']])
    await newAccount(await app.as('manager'), { accountName, shippingCity });
  const page = await openPage(app, 'manager');
  const written = async (format: string): Promise<Buffer> => {
    await visit(page, '/accounts?q=Seen&sort=-accountName');
    await page.getByRole('link', { name: 'Seen B' }).waitFor();
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: format }).click();
    const href = await page.getByRole('link', { name: 'Download' }).getAttribute('href');
    return (await page.request.get(href!)).body();
  };
  // A zip, as Excel files are.
  expect((await written('As Excel')).subarray(0, 2).toString()).toBe('PK');
  const [head, ...rows] = (await written('As CSV')).toString().trim().split(/\r?\n/);
  const names = head!.replace('\uFEFF', '').split(',');
  expect(names.slice(0, 2)).toEqual(['Account name', 'Legal name']);
  const city = names.indexOf('Shipping city');
  expect(rows).toHaveLength(2);
  expect(rows[0]!.split(',')[0]).toBe('Seen B');
  expect(rows[0]!.split(',')[city]).toBe('Bergen');
  expect(rows[1]!.startsWith('"Seen A, ""here""",')).toBe(true);
  await visit(page, '/notifications');
  const told = page.locator('#main').getByRole('link', { name: 'Download the file' }).first();
  expect((await page.request.get((await told.getAttribute('href'))!)).status()).toBe(200);
  expect(await page.locator('#main').getByText('/api/files/').count()).toBe(0);
  await closePages();
  const sales = await openPage(app, 'sales');
  await visit(sales, '/accounts');
  expect(await sales.getByRole('button', { name: 'Export' }).count()).toBe(0);
  expect(await sales.getByRole('link', { name: 'Import' }).count()).toBe(0);
});

it.each(['375 dark', '1280 light'])('[PLT-117] a manager’s Monday goes by keys alone, at %s', async look => {
  const manager = await app.as('manager');
  // The list is as nobody has arranged it: its conditions are kept.
  await manager.post('/api/table-preferences/accounts', {});
  const there: { id: string }[] = [];
  for (const [n, industry] of ['Mining', 'Mining', 'Fishery'].entries())
    there.push(await newAccount(manager, { accountName: `Monday ${n}`, industry }));
  const page = await openPage(app, 'manager', looks[look]!);
  const { keyboard } = page;
  const clean = async (): Promise<void> => {
    // While it fades away a notice has no contrast.
    await page.locator('[data-sonner-toast]').first().waitFor({ state: 'detached' });
    expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
  };
  await visit(page, '/dashboard');
  await keyboard.type('ga');
  await page.getByRole('link', { name: 'Monday 2' }).waitFor();
  await tabTo(page, page.getByRole('button', { name: 'Industry', exact: true }));
  await keyboard.press('Enter');
  const mining = page.getByRole('menuitemcheckbox', { name: /Mining/ });
  await mining.waitFor();
  await clean();
  await keyboard.type('Mining');
  await keyboard.press('Enter');
  await page.waitForURL('**industry=Mining**');
  await keyboard.press('Escape');
  await page.getByRole('link', { name: 'Monday 2' }).waitFor({ state: 'detached' });
  for (const name of ['Monday 0', 'Monday 1']) {
    await tabTo(page, page.getByRole('link', { name }));
    await keyboard.press('x');
  }
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByText('2 selected').waitFor();
  await clean();
  await tabTo(page, bar.getByRole('button', { name: 'Edit' }));
  await keyboard.press('Enter');
  const dialog = page.getByRole('dialog');
  await tabTo(page, dialog.getByLabel('Field'));
  await keyboard.press('Enter');
  await page.getByRole('option', { name: 'Shipping city', exact: true }).waitFor();
  await keyboard.type('Shipping city');
  await keyboard.press('Enter');
  await tabTo(page, dialog.getByRole('textbox', { name: 'Shipping city' }));
  await keyboard.type('Bergen');
  await keyboard.press('Enter');
  await dialog.getByText('Worked on 2 of 2 rows: 2 updated').waitFor();
  await clean();
  await keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  const city = async (nth: number): Promise<string | null> =>
    (await manager.get<{ shippingCity: string | null }>(`/api/accounts/${there[nth]!.id}`)).body.shippingCity;
  expect([await city(0), await city(1), await city(2)]).toEqual(['Bergen', 'Bergen', null]);
  for (const [keys, name] of [['gf', 'Forecast'], ['gu', 'Duplicates']] as const) {
    await keyboard.type(keys);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    await page.locator('#main .animate-pulse').first().waitFor({ state: 'detached' });
    await clean();
  }
  for (const { id } of there) expect((await manager.delete(`/api/accounts/${id}`)).status).toBe(204);
});
