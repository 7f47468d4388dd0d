import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Contact } from '../../domain/crm/contact.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newAccount, newContact, newInteraction, withAccountTypes } from '../kit/crm.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import type { Listed } from '../kit/pov.fixture.ts';
import { becomes } from './web.fixture.ts';

let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp({ web: true });
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
  if (folder) await page.screenshot({ path: join(folder, `duplicates-${name}.png`) });
};
const named = async (lastName: string): Promise<number> =>
  (await manager.get<Listed<Contact>>(`/api/contacts?filter[lastName]=${lastName}`)).body.items.length;

it('[CRM-034] who may be there already is offered while typing, and added anyway only when that is said', async () => {
  const acme = await newAccount(manager, { accountName: 'Acme Foods' });
  const jon = await newContact(manager, { firstName: 'Jon', lastName: 'Smith', jobTitle: 'CTO', accountId: acme.id });
  const page = await openPage(app, 'manager');
  page.expectErrors(/status of 409/);
  await visit(page, `/accounts/${acme.id}/contacts`);
  await page.getByRole('button', { name: 'New contact' }).click();
  const form = page.getByRole('dialog', { name: 'New contact' });
  await form.getByLabel('First name').fill('John');
  await form.getByLabel('Last name').fill('Smith');
  const hint = form.getByRole('status', { name: 'Possible duplicates' });
  await hint.getByText('Similar name · Same account').waitFor();
  expect(await hint.getByRole('link', { name: 'Open' }).getAttribute('href')).toBe(`/contacts/${jon.id}`);
  await picture(page, 'typing');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByRole('alert', { name: 'Possible duplicates' }).waitFor();
  expect(await named('Smith')).toBe(1);
  await picture(page, 'refused');
  await form.getByRole('button', { name: 'Add anyway' }).click();
  await becomes(() => named('Smith'), 2, 'how many there are');
});

it('rows of the list are merged with the values that are chosen, and taken apart from the page', async () => {
  const [kept, gone] = [
    await newContact(manager, { firstName: 'Karin', lastName: 'Brandt', jobTitle: 'CTO', tags: ['vip'] }),
    await newContact(manager, { firstName: 'Carin', lastName: 'Brandt', jobTitle: 'Owner', mobile: '555-222-1111' }),
  ];
  await newInteraction(manager, { subject: 'Fair', contactId: gone.id });
  const page = await openPage(app, 'manager');
  await visit(page, '/contacts?q=Brandt');
  await page.getByRole('link', { name: 'Carin Brandt' }).waitFor();
  for (const box of await page.getByRole('row').getByRole('checkbox').all()) await box.check();
  await page.getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('heading', { name: 'Merge 2 contacts' }).waitFor();
  await page.getByRole('radio', { name: 'Karin Brandt stays' }).check();
  await page.getByRole('radio', { name: 'Job title: Owner, of Carin Brandt' }).check();
  await page.getByText('What moves to Karin Brandt: Interaction: 1').waitFor();
  await picture(page, 'merge');
  await page.getByRole('button', { name: 'Merge', exact: true }).click();
  await page.getByRole('heading', { name: 'Karin Brandt', level: 1 }).waitFor();
  const { body } = await manager.get<Contact>(`/api/contacts/${kept.id}`);
  expect(body).toMatchObject({ firstName: 'Karin', jobTitle: 'Owner', mobile: '555-222-1111', tags: ['vip'] });
  expect((await manager.get(`/api/contacts/${gone.id}`)).status).toBe(404);
  await picture(page, 'merged');
  await visit(page, `/contacts/${gone.id}/activities?kind=interaction`);
  await page.waitForURL(`**/contacts/${kept.id}/activities?kind=interaction`);
  await visit(page, `/contacts/${kept.id}`);
  await page.locator('section', { has: page.getByRole('heading', { name: 'Merged' }) })
    .getByRole('button', { name: 'Undo' }).click();
  await becomes(async () => (await manager.get(`/api/contacts/${gone.id}`)).status, 200, 'the other');
});

it('the whole base is compared, and pairs are set aside or led to the merge', async () => {
  await newAccount(manager, { accountName: 'Rexby Logistics' });
  await newAccount(manager, { accountName: 'Rexby Logistics Ltd' });
  const page = await openPage(app, 'manager');
  await visit(page, '/duplicates');
  await page.getByText('were not compared with each other yet').waitFor();
  await page.getByRole('button', { name: 'Compare all' }).click();
  await page.locator('[data-scan="done"]').waitFor();
  const pairs = page.getByRole('list', { name: 'Pairs' }).getByRole('listitem');
  const rexby = pairs.filter({ hasText: 'Rexby Logistics Ltd' });
  await rexby.getByText('Same name').waitFor();
  await picture(page, 'queue');
  await rexby.getByRole('button', { name: 'Merge' }).click();
  await page.getByRole('heading', { name: 'Merge 2 accounts' }).waitFor();
  await page.goBack();
  await rexby.getByRole('button', { name: 'Not the same' }).click();
  await rexby.waitFor({ state: 'detached' });
  await page.setViewportSize({ width: 375, height: 800 });
  await page.emulateMedia({ colorScheme: 'dark' });
  await picture(page, 'queue-phone');
});

it('further numbers stand in the groups of their country, to be called, and are changed as they are kept', async () => {
  const { id } = await newContact(manager, {
    firstName: 'Siri', lastName: 'Dahl', country: 'Norway',
    phones: [{ type: 'home', value: '22334455' }, { type: 'fax', value: '12 34' }],
  });
  const page = await openPage(app, 'manager');
  await visit(page, `/contacts/${id}`);
  const field = page.locator('[data-field="phones"]');
  const link = field.getByRole('link', { name: '+47 22 33 44 55', exact: true });
  expect(await link.getAttribute('href')).toBe('tel:+4722334455');
  expect((await field.locator('p').last().innerText()).trim()).toBe('+47 22 33 44 55 (home), 12 34 (fax)');
  await picture(page, 'numbers');
  await field.getByRole('button', { name: 'Edit Further phones' }).click();
  expect(await field.getByRole('textbox').inputValue()).toBe('home: +4722334455\nfax: 12 34');
  await field.getByRole('textbox').fill('home: +44 (0)20 7946 0000');
  await field.getByRole('button', { name: 'Save' }).click();
  await field.getByRole('link', { name: '+44 20 7946 0000', exact: true }).waitFor();
});
