import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { allowPrivateNetworks } from '../../../activities/platform/guarded-fetch.ts';
import type { Account } from '../../../domain/crm/account.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { withSource } from '../../kit/crm/enrichment.fixture.ts';
import { newAccount, newOpportunity, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../../kit/page.ts';
import { startCompanyService, type CompanyStub } from '../../stubs/company-register.ts';
import { seriousFindings } from '../web.fixture.ts';

/** What administrators set up while the product runs: who knows companies, categories, stages, the look. */
let app: App, stub: CompanyStub, account: string, product: string, opportunity: string;
beforeAll(async () => {
  [app, stub] = await Promise.all([bootApp({ web: true, env: { PRIVATE_NETWORKS: 'allow' } }), startCompanyService()]);
  allowPrivateNetworks(true);
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  const manager = await app.as('manager');
  account = (await newAccount(manager, {
    accountName: 'Halvorsen Foods', websiteUrl: 'https://halvorsen.example', isPrincipal: true, phone: '555-000-0000',
  })).id;
  const about = { name: 'Gateway', costPrice: 1, salePrice: 2, category: 'Sensors', vendorAccountId: account };
  product = (await manager.post<{ id: string }>('/api/inventory/products', about)).body.id;
  opportunity = (await newOpportunity(manager, { name: 'Cold store', companyId: account, stage: 'proposal' })).id;
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  allowPrivateNetworks(false);
  await closeBrowser();
  await app?.stop();
  await stub?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `configured-${name}.png`) });
};
const dark = async (page: Page): Promise<void> => {
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html.dark').waitFor({ state: 'attached' });
};

it('[CRM-010] an administrator names the service, somebody looks an account up, accepts what is right', async () => {
  const admin = await openPage(app, 'admin');
  await visit(admin, '/admin/enrichment');
  await admin.getByLabel('Name', { exact: true }).fill('Register');
  await admin.getByLabel('Address', { exact: true }).fill('https://api.example.com/companies');
  await admin.getByRole('textbox', { name: 'Key' }).fill(stub.key);
  await admin.getByLabel('Industry').fill('company.kind');
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByText('must hold {domain}, where the domain of the account goes').waitFor();
  await admin.getByLabel('Address', { exact: true }).fill(stub.url);
  await picture(admin, 'source');
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
  expect(await seriousFindings(admin)).toEqual([]);

  stub.companies.set('halvorsen.example', {
    company: { kind: 'Dairy' }, employeeCount: 250, phone: '22 00 00 00', shippingState: 'Trøndelag fylke',
  });
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${account}`);
  await page.getByRole('button', { name: 'Look up' }).click();
  const found = page.getByRole('list', { name: 'Found' });
  await found.getByText('Trøndelag fylke').waitFor();
  expect(await found.locator('li').count()).toBe(4);
  await found.getByText('Cannot be accepted: must have at most 10 characters').waitFor();
  await found.getByText('555-000-0000').waitFor();
  await picture(page, 'found');
  expect(await seriousFindings(page)).toEqual([]);
  await dark(page);
  await picture(page, 'found-dark');
  expect(await seriousFindings(page, 'colours')).toEqual([]);
  const manager = await app.as('manager');
  const held = async () => (await manager.get<Account>(`/api/accounts/${account}`)).body;
  expect(await held()).toMatchObject({ industry: null, phone: '555-000-0000' });

  await page.setViewportSize({ width: 375, height: 812 });
  await found.scrollIntoViewIfNeeded();
  await picture(page, 'found-phone');
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole('button', { name: 'Dismiss Phone' }).click();
  await found.locator('[data-proposal="phone"]').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Accept Industry' }).click();
  await page.locator('[data-field="industry"]').getByText('Dairy').waitFor();
  await page.getByRole('button', { name: 'Accept all' }).click();
  await page.locator('[data-field="employeeCount"]').getByText('250').waitFor();
  await found.locator('[data-proposal="employeeCount"]').waitFor({ state: 'detached' });
  expect(await found.locator('li').count()).toBe(1);
  await page.getByRole('button', { name: 'Dismiss all' }).click();
  await found.waitFor({ state: 'detached' });
  const rest = { phone: '555-000-0000', shippingState: null };
  expect(await held()).toMatchObject({ industry: 'Dairy', employeeCount: '250', ...rest });
}, 90_000);

it('[CRM-010] a service that cannot be asked says why on the page of the account', async () => {
  await withSource(await app.as('admin'), { ...stub, key: 'wrong' });
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${account}`);
  await page.getByRole('button', { name: 'Look up' }).click();
  await page.getByText('It refuses the key (401): an administrator must set a valid one').waitFor();
  await picture(page, 'refused');
  const reader = await openPage(app, 'readonly');
  await visit(reader, `/accounts/${account}`);
  expect(await reader.getByRole('button', { name: 'Look up' }).count()).toBe(0);
}, 60_000);

/** Renames a row of a page of settings. */
async function renamed(page: Page, path: string, from: string, to: string): Promise<void> {
  await visit(page, path);
  const row = (name: string) => page.getByRole('row').filter({ has: page.getByText(name, { exact: true }) });
  await row(from).getByRole('button', { name: /^More/ }).click();
  await page.getByRole('menuitem', { name: /^Edit/ }).click();
  const form = page.getByRole('dialog');
  await form.getByLabel('Name', { exact: true }).fill(to);
  await form.getByRole('button', { name: 'Save' }).click();
  await row(to).waitFor();
}
/** Pages that show a word after they are loaded anew, and their rivals not. */
async function shows(page: Page, paths: readonly string[], to: string, from: string): Promise<void> {
  for (const path of paths) {
    await visit(page, path);
    await page.locator('#main').getByText(to, { exact: true }).first().waitFor();
    expect([path, await page.locator('#main').getByText(from, { exact: true }).count()]).toEqual([path, 0]);
  }
}

it('[CRM-080] a category, a type and a stage that are renamed are so on all pages after a reload', async () => {
  const admin = await openPage(app, 'admin');
  const page = await openPage(app, 'manager');
  await renamed(admin, '/admin/product-categories', 'Sensors', 'Probes');
  await picture(admin, 'categories');
  await renamed(admin, '/admin/account-types', 'Customer', 'Client');
  await renamed(admin, '/admin/stages', 'Proposal', 'Offer');
  await shows(page, ['/products', `/products/${product}`], 'Probes', 'Sensors');
  await shows(page, ['/accounts', `/accounts/${account}`], 'Client', 'Customer');
  await shows(page, ['/opportunities', `/opportunities/${opportunity}`, '/opportunities/board'], 'Offer', 'Proposal');
  await visit(page, '/search?q=gateway');
  await page.getByText(/Probes/).first().waitFor();
}, 120_000);

it('a renamed category is chosen by its name, and a new one is offered in forms', async () => {
  const admin = await openPage(app, 'admin');
  const page = await openPage(app, 'manager');
  await visit(page, '/products');
  await page.locator('#main [data-dropdown-menu-trigger]').filter({ hasText: 'Category' }).click();
  await page.getByRole('menuitemcheckbox', { name: /Probes/ }).click();
  await page.waitForURL(/category=Sensors/);
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Gateway' }).waitFor();
  await visit(page, `/products/${product}/edit`);
  const category = page.getByRole('dialog').getByRole('combobox', { name: 'Category' });
  expect(await category.inputValue()).toBe('Probes');

  await visit(admin, '/admin/product-categories');
  await admin.getByRole('button', { name: /^New category|^Add/ }).first().click();
  await admin.getByRole('dialog').getByLabel('Name', { exact: true }).fill('Racks');
  await admin.getByRole('dialog').getByRole('button', { name: 'Create' }).click();
  await admin.getByRole('row', { name: /^Racks/ }).waitFor();
  await visit(page, '/products/new');
  const choice = page.getByRole('dialog').getByRole('combobox', { name: 'Category' });
  await choice.click();
  await page.getByRole('option', { name: 'Probes' }).waitFor();
  await choice.pressSequentially('Rac');
  await page.getByRole('option', { name: 'Racks' }).waitFor();
  await page.getByRole('option', { name: 'Probes' }).waitFor({ state: 'detached' });
}, 120_000);

it('[CRM-080] the look that an administrator sets is that of every page, readable in light and dark', async () => {
  const admin = await openPage(app, 'admin');
  await visit(admin, '/admin/settings');
  await admin.getByLabel('Accent colour', { exact: true }).fill('#ffd400');
  await admin.getByText(/^It is too light: white text on it has a contrast of 1\.43:1/).waitFor();
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByText(/is too light/).first().waitFor();
  expect((await (await app.as('admin')).get('/api/admin/settings')).body).toMatchObject({ accent: null });
  await admin.getByLabel('Accent colour', { exact: true }).fill('#0f7b3e');
  await admin.getByLabel('Logo text').fill('ME');
  await admin.getByRole('group', { name: 'How it looks' }).scrollIntoViewIfNeeded();
  await picture(admin, 'look');
  await admin.getByRole('button', { name: 'Save' }).click();
  await admin.getByRole('region', { name: 'Unsaved changes' }).waitFor({ state: 'detached' });
  expect(await seriousFindings(admin)).toEqual([]);

  const page = await openPage(app, 'sales');
  await visit(page, '/accounts');
  const mark = page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /: home$/ });
  await mark.getByText('ME', { exact: true }).waitFor({ state: 'attached' });
  const primary = (): Promise<string> =>
    page.evaluate<string>(`getComputedStyle(document.documentElement).getPropertyValue('--primary')`);
  const light = await primary();
  expect(light).toMatch(/^oklch\(0\.5\d* 0\.1\d* 15\d/);
  const served = await (await page.request.get('/accounts')).text();
  expect(served).toContain('data-theme="#0f7b3e"');
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'accounts');
  await dark(page);
  expect(await primary()).toMatch(/^oklch\(0\.70* /);
  expect(await seriousFindings(page, 'colours')).toEqual([]);
  await picture(page, 'accounts-dark');

  const reset = await (await app.as('admin')).patch('/api/admin/settings', { accent: null, logoText: null });
  expect(reset.status).toBe(200);
  await until('it is the product’s own again', async () => {
    await page.reload();
    return !(await page.content()).includes('data-theme');
  });
}, 90_000);
