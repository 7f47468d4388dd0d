import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Account } from '../../domain/crm/account.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client, ProblemBody } from '../kit/client.ts';
import {
  newAccount, newContact, newOpportunity, newTask, withAccountTypes, withStages,
} from '../kit/crm.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { newPov } from '../kit/pov.fixture.ts';
import { becomes } from './web.fixture.ts';

/** Fields that an administrator defines, as people then work with them. */
let app: App, admin: Client, manager: Client;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [admin, manager] = [await app.as('admin'), await app.as('manager')];
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `fields-${name}.png`) });
};
const field = (page: Page, name: string) => page.locator(`[data-field="customFields.${name}"]`);
const define = async (more: object): Promise<void> => {
  const answer = await admin.post('/api/custom-fields', { recordType: 'account', ...more });
  expect(answer.status).toBe(201);
};

it('[PLT-007] an administrator defines one; the form asks for it, and nothing is made without it', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/fields');
  await page.getByRole('button', { name: 'New field' }).first().click();
  const form = page.getByRole('dialog', { name: 'New field' });
  await form.getByLabel('Label', { exact: true }).fill('Region');
  await form.getByLabel('Required').click();
  await picture(page, 'new');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('cell', { name: 'Region', exact: true }).waitFor();
  await picture(page, 'list');
  const unasked = await manager.post<ProblemBody>('/api/accounts', { accountName: 'A', accountType: 'Customer' });
  expect([unasked.status, unasked.body.errors[0]!.pointer]).toEqual([400, '/customFields/region']);

  const sales = await openPage(app, 'manager');
  sales.expectErrors(/400/);
  await visit(sales, '/accounts/new');
  const account = sales.getByRole('dialog', { name: 'New account' });
  await account.getByLabel('Account name').fill('Keller Maschinenbau');
  await account.getByLabel('Account type').fill('Cust');
  await sales.getByRole('option', { name: 'Customer' }).click();
  await account.getByRole('button', { name: 'Create' }).click();
  await account.getByText('is required').waitFor();
  await picture(sales, 'required');
  await account.getByLabel('Region').fill('South');
  await account.getByRole('button', { name: 'Create' }).click();
  await sales.getByRole('heading', { name: 'Keller Maschinenbau', level: 1 }).waitFor();
  await field(sales, 'region').getByText('South').waitFor();
});

it('it is changed in place, filtered and shown as any other, and its history says what was changed', async () => {
  await define({ label: 'Tier', type: 'select', options: ['Gold Partner', 'Silver'], section: 'Sales' });
  await define({ label: 'Coach', type: 'user', section: 'Sales' });
  await define({ label: 'Uses', type: 'multi-select', options: ['Cold', 'Dry'], section: 'Sales' });
  const customFields = { region: 'North', tier: 'Silver', coach: app.tenant.users.sales };
  const { id } = await newAccount(manager, { accountName: 'Lindal Dairies', customFields });
  const other = { region: 'West', tier: 'Gold Partner', uses: ['Cold'] };
  await newAccount(manager, { accountName: 'Vestkraft', customFields: other });
  const stored = async (key: string): Promise<unknown> =>
    (await manager.get<Account>(`/api/accounts/${id}`)).body.customFields?.[key];

  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${id}`);
  await page.getByRole('heading', { name: 'Sales', level: 2 }).waitFor();
  await field(page, 'coach').getByText(/[A-Z]\w+/).last().waitFor();
  await field(page, 'tier').getByRole('button', { name: 'Edit Tier' }).click();
  await field(page, 'tier').getByLabel('Tier').click();
  await page.getByRole('option', { name: 'Gold Partner' }).click();
  await field(page, 'tier').getByRole('button', { name: 'Save' }).click();
  await becomes(() => stored('tier'), 'Gold Partner', 'the tier');
  await field(page, 'uses').getByRole('button', { name: 'Edit Uses' }).click();
  await field(page, 'uses').getByLabel('Dry').click();
  await field(page, 'uses').getByRole('button', { name: 'Save' }).click();
  await field(page, 'uses').getByText('Dry').waitFor();
  await picture(page, 'page');
  await visit(page, `/accounts/${id}/history`);
  await page.getByText('changed tier').waitFor();
  await page.getByText('Silver → Gold Partner').waitFor();

  await visit(page, '/accounts');
  await page.getByRole('button', { name: 'Uses', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Cold' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Lindal Dairies' }).waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Vestkraft' }).waitFor();
  expect(new URL(page.url()).searchParams.get('customFields.uses')).toBe('Cold');
  await picture(page, 'chips');
  await visit(page, '/accounts?sort=-customFields.region');
  const names = await page.getByRole('row').getByRole('link').allInnerTexts();
  expect(names.filter(name => ['Vestkraft', 'Lindal Dairies'].includes(name))).toEqual(['Vestkraft', 'Lindal Dairies']);

  // One that is switched off takes nothing else of the list along.
  const { items } = (await admin.get<{ items: { id: string; key: string }[] }>('/api/custom-fields?pageSize=100')).body;
  const { id: tier } = items.find(one => one.key === 'tier')!;
  expect((await admin.patch(`/api/custom-fields/${tier}`, { active: false })).status).toBe(200);
  await visit(page, '/accounts?sort=-customFields.tier,accountName');
  await page.getByText('not in use any more (tier)').waitFor();
  await page.getByRole('link', { name: 'Vestkraft' }).waitFor();
  await page.getByRole('button', { name: 'Take it away' }).click();
  await page.getByText('not in use any more').waitFor({ state: 'detached' });
  expect(new URL(page.url()).search).toBe('?sort=accountName');
});

it('[CRM-098] a tag has its colour wherever a record has it, and changes it on every open page', async () => {
  const tags = ['VIP', 'plain'];
  const made = await manager.post<{ id: string }>('/api/tags', { name: 'vip', color: 'blue' });
  expect(made.status).toBe(201);
  const contact = await newContact(manager, { firstName: 'Nora', lastName: 'Tagged', tags });
  const opportunity = await newOpportunity(manager, { name: 'Tagged sale', tags });
  const pov = await newPov(manager, { title: 'Tagged POV', tags });
  await newTask(manager, { title: 'Tagged task', tags });
  const product = await manager.post<{ id: string }>('/api/products', { productNameHouse: 'Tagged', tags });
  const again = await manager.post<ProblemBody>('/api/tags', { name: 'VIP' });
  expect([again.status, again.body.errors[0]!.pointer]).toEqual([400, '/name']);
  const page = await openPage(app, 'manager');
  const chip = (color: string) => page.locator(`[data-tag="VIP"][data-color="${color}"]`).first();
  await visit(page, `/contacts/${contact.id}`);
  await chip('blue').waitFor();
  await page.locator('[data-tag="plain"][data-color="gray"]').waitFor();
  await picture(page, 'tags');
  await manager.patch(`/api/tags/${made.body.id}`, { color: 'red' });
  await chip('red').waitFor();
  const others = [`/opportunities/${opportunity.id}`, `/povs/${pov.id}`, '/tasks', `/products/${product.body.id}`];
  for (const path of others) {
    await visit(page, path);
    await chip('red').waitFor();
  }
  await visit(page, '/admin/tags');
  await page.getByRole('cell', { name: 'vip', exact: true }).waitFor();
});

it('the page of fields stays within a phone, also in the dark', async () => {
  const page = await openPage(app, 'admin', { viewport: { width: 375, height: 740 }, colorScheme: 'dark' });
  await visit(page, '/admin/fields');
  await page.getByText('Region').first().waitFor();
  const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
  expect(wide).toBeLessThanOrEqual(375);
  await picture(page, 'phone');
});
