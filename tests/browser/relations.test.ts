import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Account } from '../../domain/crm/account.ts';
import type { Contact } from '../../domain/crm/contact.ts';
import type { Opportunity } from '../../domain/crm/opportunity.ts';
import type { Product } from '../../domain/inventory/product.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, withAccountTypes, withStages,
} from '../kit/crm.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { becomes } from './web.fixture.ts';

/** What belongs to accounts, contacts, opportunities and users, on their pages. */
let app: App, manager: Client;
let principal: Account, seller: Account, customer: Account, contact: Contact, sold: Opportunity, product: Product;
const made = async <T>(path: string, body: object): Promise<T> => {
  const answer = await manager.post<T>(path, body);
  if (answer.status !== 201) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
  return answer.body;
};
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  manager = await app.as('manager');
  principal = await newAccount(manager, { accountName: 'Polar Components', accountType: 'Vendor', isPrincipal: true });
  seller = await newAccount(manager, {
    ...{ accountName: 'Nordic Cold Chain', accountType: 'Distributor', isDistributor: true },
  });
  customer = await newAccount(manager, { accountName: 'Halvorsen Foods' });
  contact = await newContact(manager, { accountId: customer.id, firstName: 'Kari', lastName: 'Halvorsen' });
  product = await made('/api/inventory/products', {
    ...{ name: 'Telemetry gateway', sku: 'G-4', costPrice: 260_000, salePrice: 420_000, commissionPercent: '12.50' },
    ...{ vendorAccountId: principal.id, distributorAccountId: seller.id },
  });
  sold = await newOpportunity(manager, {
    ...{ name: 'Cold store', companyId: customer.id, stage: 'proposal' },
    ...{ vendorAccountId: principal.id, distributorAccountId: seller.id },
  });
  await newOpportunity(manager, { name: 'Forklifts', companyId: seller.id });
  await made('/api/opportunity-participants', {
    ...{ opportunityId: sold.id, accountId: customer.id, role: 'customer', contactId: contact.id },
  });
  await newInteraction(manager, { contactId: contact.id, subject: 'Price call' });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `relations-${name}.png`), fullPage: true });
};
const table = (page: Page, name: string): Locator => page.getByRole('table', { name, exact: true });
const tab = async (page: Page, name: string): Promise<void> => {
  await page.getByRole('navigation', { name: /^Parts of/ }).getByRole('link', { name }).click();
  await page.getByRole('navigation', { name: /^Parts of/ }).locator('[aria-current]', { hasText: name }).waitFor();
};
/** Chooses what a field offers for some letters. */
const choose = async (form: Locator, label: string, typed: string, option: RegExp): Promise<void> => {
  await form.getByLabel(label, { exact: true }).fill(typed);
  await form.page().getByRole('option', { name: option }).click();
};

it('[CRM-022] the tabs of an account: a contact that is entered over the page shows at once', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${customer.id}`);
  await tab(page, 'Contacts');
  await table(page, 'Contacts').getByRole('link', { name: 'Kari Halvorsen' }).waitFor();
  await page.getByRole('button', { name: 'New contact' }).click();
  const form = page.getByRole('dialog', { name: 'New contact' });
  await form.getByLabel('First name').fill('Per');
  await form.getByLabel('Last name').fill('Aune');
  await form.getByRole('button', { name: 'Create' }).click();
  await table(page, 'Contacts').getByRole('link', { name: 'Per Aune' }).waitFor();
  const { body } = await manager.get<{ items: Contact[] }>('/api/contacts?q=Per Aune');
  expect(body.items).toMatchObject([{ accountId: customer.id }]);
  await picture(page, 'account-contacts');
  await tab(page, 'Opportunities');
  await table(page, 'Opportunities').getByRole('link', { name: 'Cold store' }).waitFor();
  await tab(page, 'Groups');
  await page.getByText('In no group').waitFor();
  await tab(page, 'Activities');
  await page.getByText('Price call').waitFor();
});

it('[CRM-024] a distributor lists the opportunities and products that it distributes apart from its own', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${seller.id}/opportunities`);
  await table(page, 'Opportunities').getByRole('link', { name: 'Forklifts' }).waitFor();
  await table(page, 'It distributes').getByRole('link', { name: 'Cold store' }).waitFor();
  expect(await table(page, 'Opportunities').innerText()).not.toContain('Cold store');
  expect(await table(page, 'It distributes').innerText()).not.toContain('Forklifts');
  await picture(page, 'distributor-opportunities');
  await tab(page, 'Products');
  await table(page, 'Products that it distributes').getByRole('link', { name: 'Telemetry gateway' }).waitFor();
  expect(await table(page, 'Its products').count()).toBe(0);
  await picture(page, 'distributor-products');
  await visit(page, `/accounts/${principal.id}/products`);
  await table(page, 'Its products').getByRole('link', { name: 'Telemetry gateway' }).waitFor();
  expect(await table(page, 'Products that it distributes').count()).toBe(0);
});

it('[CRM-024] a vendor has its opportunities apart; tickets say whose distributor or vendor it is', async () => {
  await newOpportunity(manager, { name: 'Own fleet', companyId: principal.id });
  await made('/api/tickets', { issue: 'Sensor drifts', vendorId: principal.id, distributorId: seller.id });
  await made('/api/tickets', { issue: 'Label is wrong', vendorId: principal.id });
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${principal.id}/opportunities`);
  const [own, vends] = [table(page, 'Opportunities'), table(page, 'It vends')];
  await vends.getByRole('link', { name: 'Cold store' }).waitFor();
  await own.getByRole('link', { name: 'Own fleet' }).waitFor();
  expect([await own.innerText(), await vends.innerText(), await table(page, 'It distributes').count()]).toEqual([
    expect.not.stringContaining('Cold store'), expect.not.stringContaining('Own fleet'), 0,
  ]);
  const sides = (issue: string): Promise<string[]> =>
    table(page, 'Tickets').getByRole('row', { name: new RegExp(issue) }).locator('td:visible').allInnerTexts();
  await tab(page, 'Tickets');
  await table(page, 'Tickets').getByRole('link', { name: 'Label is wrong' }).waitFor();
  expect((await sides('Sensor drifts')).slice(-2)).toEqual(['Nordic Cold Chain', 'Polar Components']);
  expect((await sides('Label is wrong')).slice(-1)).toEqual(['Polar Components']);
  await visit(page, `/accounts/${seller.id}/tickets`);
  await table(page, 'Tickets').getByRole('link', { name: 'Sensor drifts' }).waitFor();
  expect(await table(page, 'Tickets').innerText()).not.toContain('Label is wrong');
});

it('[CRM-056] [CRM-062] who is flagged as principal is offered as one; a relation stands on both pages', async () => {
  const page = await openPage(app, 'manager');
  const maker = await newAccount(manager, { accountName: 'Tessin Robotics', accountType: 'Vendor' });
  await visit(page, `/accounts/${seller.id}/partners`);
  await page.getByRole('button', { name: 'New principal' }).click();
  const form = page.getByRole('dialog', { name: 'New relation' });
  await form.getByLabel('Principal', { exact: true }).fill('Tessin');
  await page.getByText('Nothing found').waitFor();
  await page.keyboard.press('Escape');
  await visit(page, `/accounts/${maker.id}`);
  const flag = page.locator('[data-field="isPrincipal"]');
  await flag.getByRole('button', { name: 'Edit Principal' }).click();
  await flag.getByRole('switch').click();
  await flag.getByRole('button', { name: 'Save' }).click();
  await flag.getByText('Yes').waitFor();
  await visit(page, `/accounts/${seller.id}/partners`);
  await page.getByRole('button', { name: 'New principal' }).click();
  await choose(form, 'Principal', 'Tessin', /Tessin Robotics/);
  await form.getByLabel('Commission rate').fill('8.5');
  await picture(page, 'partner-form');
  await form.getByRole('button', { name: 'Create' }).click();
  await table(page, 'Its principals').getByRole('link', { name: 'Tessin Robotics' }).waitFor();
  await picture(page, 'partners');
  await visit(page, `/accounts/${maker.id}/partners`);
  await table(page, 'Its distributors').getByRole('link', { name: 'Nordic Cold Chain' }).waitFor();
  await table(page, 'Its distributors').getByText('8.50 %').waitFor();
  await page.getByRole('link', { name: 'Nordic Cold Chain' }).click();
  await page.getByRole('heading', { name: 'Tessin Robotics – Nordic Cold Chain', level: 1 }).waitFor();
  await picture(page, 'partner');
});

it('[CRM-045] [CRM-052] the page of a contact: fields, tabs, a second organization on both pages', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, `/contacts/${contact.id}`);
  const title = page.locator('[data-field="jobTitle"]');
  await title.getByRole('button', { name: 'Edit Job title' }).click();
  await title.getByLabel('Job title').fill('Head of logistics');
  await page.keyboard.press('Enter');
  await title.getByText('Head of logistics').waitFor();
  await tab(page, 'Activities');
  await page.getByText('Price call').waitFor();
  await page.getByRole('button', { name: /^Task/ }).first().waitFor();
  await tab(page, 'Opportunities');
  await table(page, 'Opportunities').getByRole('link', { name: 'Cold store' }).waitFor();
  await tab(page, 'Groups');
  await page.getByText('In no group').waitFor();
  await tab(page, 'Organizations');
  await page.getByRole('button', { name: 'Add an organization' }).click();
  const form = page.getByRole('dialog', { name: 'Add an organization' });
  await choose(form, 'Organization', 'Nordic', /Nordic Cold Chain/);
  await form.getByLabel('Role').fill('Board');
  await form.getByRole('button', { name: 'Add', exact: true }).click();
  const row = table(page, 'Organizations').getByRole('row', { name: /Nordic Cold Chain/ });
  await row.getByText('Board').waitFor();
  await picture(page, 'organizations');
  await row.getByRole('button', { name: 'More about Nordic Cold Chain' }).click();
  await page.getByRole('menuitem', { name: 'Make primary' }).click();
  await row.getByLabel('Primary organization').waitFor();
  await row.getByRole('button', { name: 'More about Nordic Cold Chain' }).click();
  await page.getByRole('menuitem', { name: 'End today' }).click();
  await row.getByText(/– .*\d/).waitFor();
  const stored = async () => (await manager.get<Contact>(`/api/contacts/${contact.id}`)).body.accountName;
  await becomes(stored, 'Nordic Cold Chain', 'the account of the contact');
  for (const account of [seller, customer]) {
    await visit(page, `/accounts/${account.id}/contacts`);
    await table(page, 'Contacts').getByRole('link', { name: /Kari Halvorsen/ }).waitFor();
  }
});

it('[CRM-099] a ticket about an opportunity stands on its page, beside its activities and POVs', async () => {
  expect((await manager.post('/api/tickets', { opportunityId: sold.id })).status).toBe(400);
  await made('/api/tickets', { issue: 'Two degrees low', opportunityId: sold.id });
  const page = await openPage(app, 'manager');
  await visit(page, `/opportunities/${sold.id}`);
  await tab(page, 'Tickets');
  await table(page, 'Tickets').getByRole('link', { name: 'Two degrees low' }).waitFor();
  await page.getByRole('button', { name: 'New ticket' }).click();
  const form = page.getByRole('dialog', { name: 'New ticket' });
  await form.getByLabel('Issue').fill('Late delivery');
  await form.getByRole('button', { name: 'Create' }).click();
  await table(page, 'Tickets').getByRole('link', { name: 'Late delivery' }).waitFor();
  await picture(page, 'opportunity-tickets');
  await tab(page, 'Activities');
  await page.getByRole('heading', { name: 'What happened' }).waitFor();
  await tab(page, 'POVs');
  await page.getByRole('link', { name: 'New POV' }).click();
  await page.getByRole('heading', { name: 'New POV', level: 1 }).waitFor();
  await becomes(() => page.getByLabel('Account', { exact: true }).inputValue(), 'Halvorsen Foods', 'the account');
  await becomes(() => page.getByLabel('Opportunity', { exact: true }).inputValue(), 'Cold store', 'the opportunity');
  await becomes(() => page.getByLabel('Customer contact').inputValue(), 'Kari Halvorsen', 'the contact');
  await page.getByLabel('Title').fill('Cold store pilot');
  await picture(page, 'new-pov');
  await page.locator('#main').getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Cold store pilot', level: 1 }).waitFor();
  const details = page.locator('dl');
  const links = [['Halvorsen Foods', `/accounts/${customer.id}`], ['Cold store', `/opportunities/${sold.id}`]] as const;
  for (const [name, path] of links)
    expect(await details.getByRole('link', { name, exact: true }).getAttribute('href')).toBe(path);
  await picture(page, 'pov');
  for (const path of [`/opportunities/${sold.id}/povs`, `/accounts/${customer.id}/povs`]) {
    await visit(page, path);
    await table(page, 'POVs').getByRole('link', { name: 'Cold store pilot' }).waitFor();
  }
});

it('products are listed, entered, and changed in place; a line of one brings its commission', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/products');
  await page.getByRole('link', { name: 'Telemetry gateway' }).waitFor();
  await page.getByRole('link', { name: 'New product' }).click();
  const form = page.getByRole('dialog', { name: 'New product' });
  await form.getByLabel('Product name').fill('Flow meter');
  await form.getByLabel('Cost price').fill('640');
  await form.getByLabel('Sale price').fill('1150');
  await choose(form, 'Vendor', 'Polar', /Polar Components/);
  await picture(page, 'product-form');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Flow meter', level: 1 }).waitFor();
  const price = page.locator('[data-field="salePrice"]');
  await price.getByRole('button', { name: 'Edit Sale price' }).click();
  await price.getByLabel('Sale price').fill('1200');
  await page.keyboard.press('Enter');
  await price.getByText('1,200').waitFor();
  await picture(page, 'product');
  const stored = async (): Promise<Product[]> =>
    (await manager.get<{ items: Product[] }>('/api/inventory/products?q=Flow meter')).body.items;
  // The page shows it before it is stored.
  await becomes(async () => (await stored())[0]?.salePrice, 120_000, 'the price');
  expect(await stored()).toMatchObject([{ trackInventory: true, vendorAccountId: principal.id }]);
  await visit(page, '/products?q=flow');
  await picture(page, 'products');
  await visit(page, `/opportunities/${sold.id}/lines`);
  await page.getByRole('button', { name: 'New line' }).click();
  const line = page.getByRole('dialog', { name: 'New line' });
  await choose(line, 'Product', 'Telemetry', /Telemetry gateway/);
  await line.getByLabel('Description').fill('Gateways');
  await line.getByLabel('Quantity').fill('2');
  await line.getByLabel('Unit price').fill('4000');
  await line.getByRole('button', { name: 'Create' }).click();
  await page.getByText('Expected commission').first().waitFor();
  await table(page, 'Lines').getByText('1,000').waitFor();
  await picture(page, 'lines');
  const commission = async () =>
    (await manager.get<Opportunity>(`/api/opportunities/${sold.id}`)).body.expectedCommissionGrossTotal;
  expect(await commission()).toBe('1000.00');
  expect(product.commissionPercent).toBe('12.50');
});

it('[CRM-061] the principals show contacts, opportunities and revenue', async () => {
  await newContact(manager, { accountId: principal.id, firstName: 'Ida', lastName: 'Ny' });
  await newOpportunity(manager, { name: 'Won one', vendorAccountId: principal.id, stage: 'closed_won', value: 90_000 });
  await newAccount(manager, { accountName: 'Quiet Makers', isPrincipal: true });
  const page = await openPage(app, 'manager');
  await visit(page, '/reports/principal-advocacy');
  const row = table(page, 'Principals').getByRole('row', { name: /Polar Components/ });
  const cells = (await row.innerText()).split(/\s+/);
  expect(cells).toEqual(expect.arrayContaining(['Polar', 'Components', '1', '2']));
  expect(await row.innerText()).toContain('900');
  await table(page, 'Principals').getByRole('row', { name: /Quiet Makers/ }).waitFor();
  await picture(page, 'principals');
});

it('[CRM-025] what belongs to a user is counted on their page', async () => {
  await newTask(manager, { assigneeId: app.tenant.users.sales4 });
  await newAccount(manager, { accountOwner: app.tenant.users.sales4 });
  const page = await openPage(app, 'admin');
  await visit(page, `/admin/users?user=${app.tenant.users.sales4}`);
  const form = page.getByRole('dialog');
  await form.getByRole('heading', { name: 'What belongs to them' }).waitFor();
  const shown = form.locator('section', { has: page.getByRole('heading', { name: 'What belongs to them' }) });
  await shown.getByText('Audit rows').waitFor();
  const text = (await shown.innerText()).replace(/\s+/g, ' ');
  for (const count of ['Accounts owned 1', 'Accounts created 0', 'Accounts changed last 0', 'Opportunities owned 0'])
    expect(text).toContain(count);
  expect(text).toMatch(/Activities assigned 1 Audit rows \d+ and 0 tables arranged/);
  await picture(page, 'user');
});

it('an account that is deleted is named as such by its contacts and opportunities', async () => {
  const gone = await newAccount(manager, { accountName: 'Gone Trading' });
  const person = await newContact(manager, { accountId: gone.id, firstName: 'Left', lastName: 'Over' });
  const deal = await newOpportunity(manager, { name: 'Old deal', companyId: gone.id });
  await manager.delete(`/api/accounts/${gone.id}`);
  const page = await openPage(app, 'manager');
  for (const path of [`/contacts/${person.id}`, `/opportunities/${deal.id}`]) {
    await visit(page, path);
    await page.getByText('Gone Trading (deleted)').first().waitFor();
  }
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  await page.getByRole('dialog', { name: 'Edit Old deal' }).waitFor();
});
