import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Account } from '../../domain/crm/account.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newAccount, newContact, newTask, withAccountTypes } from '../kit/crm.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { becomes, seriousFindings } from './web.fixture.ts';

/** Accounts and contacts as sales people work with them. */
let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  manager = await app.as('manager');
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `accounts-${name}.png`) });
};
const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`);

it('[CRM-019] the list of accounts says when none is there, and when none fits', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  await page.getByText('No accounts found').waitFor();
  await newAccount(manager, { accountName: 'Halvorsen Foods', industry: 'Food', shippingCity: 'Trondheim' });
  await newAccount(manager, { accountName: 'Rexby Logistics', accountType: 'Vendor', industry: 'Logistics' });
  await page.getByRole('link', { name: 'Rexby Logistics' }).waitFor();
  await picture(page, 'list');
  await page.getByPlaceholder('Search accounts...').fill('halvor');
  await page.getByRole('link', { name: 'Rexby Logistics' }).waitFor({ state: 'detached' });
  await page.getByPlaceholder('Search accounts...').fill('nobody');
  await page.getByText('No accounts found').waitFor();
  await page.getByRole('link', { name: 'Clear all' }).click();
  await page.getByRole('button', { name: 'Account type', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Vendor' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Halvorsen Foods' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Rexby Logistics' }).waitFor();
});

it('[CRM-004] the form of a new account opens by its address, has twenty fields, and creates', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts/new');
  const form = page.getByRole('dialog', { name: 'New account' });
  await form.waitFor();
  await form.getByLabel('Billing address is the same as shipping').click();
  const labels = await form.locator('label').allInnerTexts();
  expect(labels.length).toBeGreaterThanOrEqual(20);
  const required = await form.locator('label + span[aria-hidden]').count();
  expect(required).toBe(3);
  await picture(page, 'form');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.locator('[aria-invalid="true"]').first().waitFor();
  await form.getByLabel('Account name').fill('Keller Maschinenbau');
  await form.getByLabel('Account type').fill('Cust');
  await page.getByRole('option', { name: 'Customer' }).click();
  await form.getByLabel('Shipping city').fill('Stuttgart');
  await form.getByLabel('Billing address is the same as shipping').click();
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Keller Maschinenbau', level: 1 }).waitFor();
  await field(page, 'billingCity').getByText('Stuttgart').waitFor();
  await picture(page, 'page');
});

it('[CRM-020] [CRM-021] a field is changed in place, and the address leads to a map', async () => {
  const about = { accountName: 'Lindal Dairies', industry: 'Food', shippingCity: 'Ålesund' };
  const account = await newAccount(manager, about);
  const page = await openPage(app, 'manager');
  page.expectErrors(/status of 409/);
  await visit(page, `/accounts/${account.id}`);
  const industry = field(page, 'industry');
  await industry.hover();
  await industry.getByRole('button', { name: 'Edit Industry' }).click();
  await industry.getByLabel('Industry').fill('Dairy');
  await page.keyboard.press('Enter');
  await industry.getByText('Dairy').waitFor();
  const stored = async () => (await manager.get<Account>(`/api/accounts/${account.id}`)).body.industry;
  await becomes(stored, 'Dairy', 'the industry');
  expect(page.url()).toContain(`/accounts/${account.id}`);
  const website = field(page, 'websiteUrl');
  await website.getByRole('button', { name: 'Edit Website' }).click();
  await website.getByLabel('Website').fill('abc');
  await page.keyboard.press('Enter');
  await website.getByText('must be a web address').waitFor();
  await picture(page, 'inline');
  await website.getByRole('button', { name: 'Cancel' }).click();
  // Somebody else is quicker, and the page has it already.
  await industry.getByRole('button', { name: 'Edit Industry' }).click();
  await industry.getByLabel('Industry').fill('Cheese');
  const theirs = { industry: 'Fish', phone: '+47 22 33 44 55 x12' };
  await manager.patch(`/api/accounts/${account.id}`, theirs);
  const call = field(page, 'phone').getByRole('link', { name: theirs.phone });
  await call.waitFor();
  await page.keyboard.press('Enter');
  await industry.getByText('Somebody changed this record meanwhile: here is what it is now').waitFor();
  await industry.getByText('Fish', { exact: true }).waitFor();
  await page.getByText('Industry was not changed').waitFor();
  expect(await stored()).toBe('Fish');
  expect(await call.getAttribute('href')).toBe('tel:+4722334455;ext=12');
  await picture(page, 'inline-refused');
  const map = page.getByRole('link', { name: 'Show on a map' });
  expect(decodeURIComponent((await map.getAttribute('href'))!)).toContain('Ålesund');
});

it('[CRM-008] its tabs hold the tree and the contacts; a new contact shows at once', async () => {
  const parent = await newAccount(manager, { accountName: 'Brava Holding' });
  const account = await newAccount(manager, { accountName: 'Brava Maritime', parentAccountId: parent.id });
  await newAccount(manager, { accountName: 'Brava Ports', parentAccountId: account.id });
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${account.id}/hierarchy`);
  const tree = page.getByRole('list', { name: 'Hierarchy' });
  await tree.getByRole('link', { name: 'Brava Ports' }).waitFor();
  await tree.getByRole('link', { name: 'Brava Holding' }).waitFor();
  await picture(page, 'tree');
  await page.getByRole('link', { name: /^Contacts/ }).last().click();
  await page.getByRole('button', { name: 'New contact' }).click();
  const form = page.getByRole('dialog', { name: 'New contact' });
  await form.getByLabel('First name').fill('Rui');
  await form.getByLabel('Last name').fill('Teixeira');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('table', { name: 'Contacts' }).getByRole('link', { name: 'Rui Teixeira' }).waitFor();
});

it('[CRM-043] [CRM-044] contacts of all accounts are in one list; type and address come with the account', async () => {
  const account = await newAccount(manager, {
    ...{ accountName: 'Nordklinik', accountType: 'Distributor' },
    ...{ shippingStreet: 'Hamburger Allee 21', shippingCity: 'Flensburg' },
  });
  await newContact(manager, { accountId: account.id, firstName: 'Anke', lastName: 'Petersen' });
  const page = await openPage(app, 'manager');
  await visit(page, '/contacts');
  await page.getByRole('link', { name: 'Anke Petersen' }).waitFor();
  const people = await page.getByRole('table', { name: 'Contacts' }).innerText();
  for (const account of ['Brava Maritime', 'Nordklinik']) expect(people).toContain(account);
  await picture(page, 'contacts');
  await page.getByRole('link', { name: 'New contact' }).click();
  const form = page.getByRole('dialog', { name: 'New contact' });
  await form.getByLabel('Account').fill('Nordk');
  await page.getByRole('option', { name: /Nordklinik/ }).click();
  const from = form.locator('[data-from-account]');
  await from.getByText('Distributor').waitFor();
  await from.getByText('Hamburger Allee 21, Flensburg').waitFor();
  await picture(page, 'contact-form');
});

it('[PLT-038] who may not create or change has no button for it', async () => {
  const account = await newAccount(manager, { accountName: 'Solheim Forsikring' });
  const page = await openPage(app, 'accounting');
  await visit(page, '/accounts');
  await page.getByRole('link', { name: 'Solheim Forsikring' }).click();
  await page.getByRole('heading', { name: 'Solheim Forsikring', level: 1 }).waitFor();
  expect(await page.getByRole('button', { name: /^Edit/ }).count()).toBe(0);
  expect(await page.getByRole('link', { name: /^(New account|Edit)$/ }).count()).toBe(0);
  await visit(page, `/accounts/${account.id}/history`);
  await page.getByText('created it').waitFor();
});

it('each list page has the same menu of columns; a phone has room for it, and the dark its colours', async () => {
  const page = await openPage(app, 'admin');
  for (const [path, name] of [
    ['/accounts', 'Accounts'], ['/contacts', 'Contacts'], ['/povs', 'POVs'], ['/processes', 'Processes'],
    ['/admin/users', 'Users'], ['/admin/roles', 'Roles'], ['/admin/api-keys', 'API keys'],
    ['/admin/audit', 'Audit log'], ['/admin/phases', 'Phase templates'], ['/jobs', 'Jobs'],
    ['/groups', 'Groups'], ['/tickets', 'Tickets'], ['/opportunities', 'Opportunities'],
  ] as const) {
    await visit(page, path);
    await page.getByRole('button', { name: 'Columns', exact: true }).click();
    await page.getByRole('dialog', { name: `Columns of ${name}` }).getByRole('checkbox').first().waitFor();
  }
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.setViewportSize({ width: 375, height: 812 });
  await visit(page, '/accounts');
  // What has no room beside the name stands below it.
  const row = page.locator('tr[data-row]').first();
  await becomes(async () => /\n.+ · .+/.test(await row.innerText()), true, 'the line below the name');
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  const choices = page.getByRole('dialog', { name: 'Columns of Accounts' });
  await choices.getByRole('button', { name: 'Roomy' }).click();
  await picture(page, 'phone-dark');
  await newTask(manager, { title: 'Send the offer', dueDate: '2026-12-24T09:30:00.000Z' });
  await visit(page, '/tasks/all');
  const below = await page.locator('tr[data-row]').filter({ hasText: 'Send the offer' }).innerText();
  expect(below).toMatch(/24 Dec/);
  expect(below).not.toMatch(/\dT\d/);
  expect(await seriousFindings(page)).toEqual([]);
});

/**
 * Each way to make a page of a list: of modules, of plain records, of what has more to it, and those that are no table.
 * That all others are made in one of these ways is a rule of the house: `tests/house/sources/lists.test.ts`.
 */
const lists = [
  ['Accounts', 'accounts'], ['Contacts', 'contacts'], ['Opportunities', 'opportunities'], ['Groups', 'groups'],
  ['Tickets', 'tickets'], ['Activities', 'activities'], ['POVs', 'povs'], ['Products', 'inventory/products'],
  ['Duplicates', 'duplicates', 'no table'], ['Tasks', 'crm/tasks', 'no table'],
  ['Notifications', 'notifications', 'no table'], ['Pipeline', 'opportunities/board', 'no table'],
] as const;

it('[CRM-110] a list that takes long shows a skeleton, one that fails says why and is asked again', async () => {
  const page = await openPage(app, 'manager');
  page.expectErrors(/status of 500/);
  const failed = 'API Error: Internal Server Error';
  for (const [name, api, noTable] of lists) {
    await visit(page, '/jobs');
    let answer = (_: 'slow' | 'broken'): void => undefined;
    const decided = new Promise<'slow' | 'broken'>(resolve => (answer = resolve));
    const asked = new RegExp(`/api/${api}(\\?|$)`);
    await page.route(asked, async route =>
      (await decided) === 'broken' ? route.fulfill({ status: 500, body: '' }) : route.fallback());
    await page.getByRole('navigation').getByRole('link', { name, exact: true }).click();
    if (noTable) await page.locator('#main .animate-pulse').first().waitFor();
    else {
      await page.getByText(`Loading ${name}`).waitFor({ state: 'attached' });
      expect(await page.locator('table .animate-pulse').count()).toBeGreaterThan(5);
    }
    answer('broken');
    await page.getByText(failed).first().waitFor();
    await page.unroute(asked);
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByText(failed).waitFor({ state: 'detached' });
    await page.locator('#main [aria-busy="true"]').waitFor({ state: 'detached' });
  }
});
