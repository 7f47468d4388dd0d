import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Account } from '../../domain/crm/account.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newAccount, newContact, withAccountTypes } from '../kit/crm.fixture.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { becomes, requestsOf, seriousFindings } from './web.fixture.ts';

/** Tables as people arrange them, and work in them. */
let app: App, manager: Client, fish: Account;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  manager = await app.as('manager');
  fish = await newAccount(manager, { accountName: 'Fjord Fish', industry: 'Food, chilled', shippingCity: 'Bergen' });
  await newAccount(manager, { accountName: 'Baker Street', industry: 'Food, chilled', shippingCity: 'London' });
  await newAccount(manager, { accountName: 'Rexby Logistics', accountType: 'Vendor', industry: 'Logistics' });
}, 300_000);
afterEach(async () => {
  await closePages();
  await inDatabase(app, 'delete from table_preference');
});
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const table = (page: Page, name = 'Accounts'): Locator => page.getByRole('table', { name });
const heads = async (page: Page): Promise<string> => {
  const cells = await table(page).locator('th[data-column]:visible').allInnerTexts();
  return cells.map(text => text.trim().split('\n')[0]).join(', ');
};
const shown = async (page: Page): Promise<string> =>
  (await table(page).locator('.row-link').allInnerTexts()).sort().join(', ');
const at = (page: Page, column: string): Locator => table(page).locator(`th[data-column="${column}"]`);
const rowOf = (page: Page, name: string): Locator => page.getByRole('row', { name: new RegExp(name) });
const menu = async (page: Page): Promise<Locator> => {
  await page.getByRole('button', { name: 'Columns', exact: true }).click();
  return page.getByRole('dialog', { name: /^Columns of/ });
};
const saved = (page: Page): Promise<unknown> =>
  page.waitForResponse(
    r => r.url().includes('/api/table-preferences/') && r.request().method() === 'POST' && r.ok(),
  );
const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `tables-${name}.png`) });
};
const columns = 'Account name, Legal name, Account type, Owner, Shipping city, Shipping state, Contacts, Active';

it('[CRM-102] [CRM-105] columns are hidden and shown, also after a reload and on another device', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  await becomes(() => heads(page), columns, 'the columns');
  const choices = await menu(page);
  await picture(page, 'column-menu');
  for (const name of ['Legal name', 'Shipping state', 'Industry']) {
    const kept = saved(page);
    await choices.getByRole('checkbox', { name, exact: true }).click();
    await kept;
  }
  const arranged = 'Account name, Account type, Owner, Shipping city, Contacts, Active, Industry';
  await page.keyboard.press('Escape');
  const withIndustry = async (of: Page): Promise<boolean> =>
    (await heads(of)).includes('Industry') && !(await heads(of)).includes('Legal name');
  await becomes(() => withIndustry(page), true, `whether they are ${arranged}`);
  const kept = saved(page);
  await at(page, 'accountName').getByRole('button').click();
  await kept;
  await page.reload();
  await becomes(() => withIndustry(page), true, 'whether they stayed');
  const chosen = saved(page);
  await page.getByRole('button', { name: 'Industry', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Logistics' }).click();
  await chosen;
  const other = await openPage(app, 'manager', { viewport: { width: 1500, height: 900 } });
  await visit(other, '/accounts');
  await becomes(() => withIndustry(other), true, 'whether the other device has them');
  await becomes(() => shown(other), 'Rexby Logistics', 'what the other device shows');
  expect(await at(other, 'accountName').getAttribute('aria-sort')).toBe('ascending');
  const stranger = await openPage(app, 'admin');
  await visit(stranger, '/accounts');
  await becomes(() => heads(stranger), columns, 'the columns of somebody else');
});

it('[CRM-103] a column is dragged to the front, moved by buttons, and stays there', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  let kept = saved(page);
  await at(page, 'owner').dragTo(at(page, 'accountName'));
  await kept;
  const first = async (): Promise<string> => (await heads(page)).split(', ')[0]!;
  await becomes(first, 'Owner', 'the first column');
  await page.reload();
  await becomes(first, 'Owner', 'the first column after a reload');
  const choices = await menu(page);
  kept = saved(page);
  await choices.getByRole('button', { name: 'Move Account name to the front' }).focus();
  await page.keyboard.press('Enter');
  await kept;
  await becomes(first, 'Account name', 'the first column by the keyboard');
  await page.getByText('Account name is now column 1').waitFor({ state: 'attached' });
  kept = saved(page);
  await choices.getByRole('button', { name: 'Reset' }).click();
  await kept;
  await becomes(() => heads(page), columns, 'the columns');
});

it('[CRM-104] a column is pulled no narrower than 80 and no wider than 400 pixels, by mouse and keyboard', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  const edge = at(page, 'accountType').getByRole('separator');
  const width = async (): Promise<number> => Math.round((await at(page, 'accountType').boundingBox())!.width);
  const pull = async (px: number): Promise<void> => {
    const left = (await at(page, 'accountType').boundingBox())!.x;
    const box = (await edge.boundingBox())!;
    const kept = saved(page);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.down();
    await page.mouse.move(left + px, box.y + 5, { steps: 4 });
    await page.mouse.up();
    await kept;
  };
  await pull(20);
  await becomes(width, 80, 'the width');
  await pull(900);
  await becomes(width, 400, 'the width');
  await edge.focus();
  const kept = saved(page);
  await page.keyboard.press('ArrowLeft');
  await kept;
  await becomes(width, 390, 'the width by the keyboard');
  await page.reload();
  await becomes(width, 390, 'the width after a reload');
});

it('[CRM-107] what cannot be kept goes back, and says so', async () => {
  const page = await openPage(app, 'manager');
  page.expectErrors(/status of 500/);
  await page.route('**/api/table-preferences/*', route =>
    route.request().method() === 'POST' ? route.fulfill({ status: 500, json: { title: 'Broken' } }) : route.fallback());
  await visit(page, '/accounts');
  const choices = await menu(page);
  await choices.getByRole('checkbox', { name: 'Owner', exact: true }).click();
  await page.getByText('The table could not be kept as you arranged it').waitFor();
  await becomes(() => heads(page), columns, 'the columns');
});

it('a list is sorted by several columns, and filtered by conditions that are joined by and, or', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  await at(page, 'accountType').getByRole('button').click();
  await page.waitForURL(/sort=accountType/);
  await at(page, 'accountName').getByRole('button').click({ modifiers: ['Shift'] });
  await page.waitForURL(/sort=accountType,accountName/);
  await page.getByRole('button', { name: 'More filters' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter accounts' });
  const choose = async (label: string, option: string, nth = 0): Promise<void> => {
    await dialog.getByLabel(label).nth(nth).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  };
  await dialog.getByRole('button', { name: 'Any', exact: true }).click();
  await choose('Field', 'Shipping city');
  await dialog.getByLabel('Value').fill('berg');
  await dialog.getByRole('button', { name: 'Condition', exact: true }).click();
  await choose('Field', 'Account type', 1);
  await choose('Value', 'Vendor', 1);
  await picture(page, 'filter');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await becomes(() => shown(page), 'Fjord Fish, Rexby Logistics', 'what fits');
  await page.reload();
  await becomes(() => shown(page), 'Fjord Fish, Rexby Logistics', 'what fits after a reload');
  await page.getByRole('button', { name: '2 conditions' }).click();
  await dialog.getByRole('button', { name: 'Clear' }).click();
  await page.getByRole('link', { name: 'Baker Street' }).waitFor();
});

it('a view is saved with its conditions, opened, changed, shared and deleted', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  await page.getByRole('button', { name: 'Industry', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Food, chilled' }).click();
  await page.keyboard.press('Escape');
  await becomes(() => shown(page), 'Baker Street, Fjord Fish', 'what is chilled');
  const views = page.getByRole('button', { name: /^View:/ });
  const pick = async (name: string): Promise<void> => {
    await views.click();
    await page.getByRole('menuitem', { name }).click();
  };
  await pick('Save as a new view…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Chilled');
  await page.getByLabel('Everybody sees it').click();
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await views.filter({ hasText: 'Chilled' }).waitFor();
  await picture(page, 'views');
  await pick('All accounts');
  await page.getByRole('link', { name: 'Rexby Logistics' }).waitFor();
  const sales = await openPage(app, 'admin');
  await visit(sales, '/accounts');
  await sales.getByRole('button', { name: /^View:/ }).click();
  await sales.getByRole('menuitem', { name: 'Chilled' }).click();
  await becomes(() => shown(sales), 'Baker Street, Fjord Fish', 'what others see in it');
  const address = new URL(sales.url());
  const link = `/accounts?view=${address.searchParams.get('view')}`;
  const fresh = await (await sales.request.get(`${app.url}${link}`)).text();
  expect([fresh.includes('Fjord Fish'), fresh.includes('Rexby Logistics')]).toEqual([true, false]);
  await visit(sales, link);
  await becomes(() => shown(sales), 'Baker Street, Fjord Fish', 'what a link to the view shows');
  expect(new URL(sales.url()).searchParams.get('industry')).toBe(address.searchParams.get('industry'));
  const opened = sales.getByRole('button', { name: /^View:/ });
  await opened.filter({ hasText: 'Chilled' }).waitFor();
  expect(await opened.filter({ hasText: 'changed' }).count()).toBe(0);
  await pick('Chilled');
  await becomes(() => shown(page), 'Baker Street, Fjord Fish', 'what the view shows');
  await pick('Open this page with it');
  await visit(page, '/dashboard');
  await visit(page, '/accounts');
  await becomes(() => shown(page), 'Baker Street, Fjord Fish', 'what the page opens with');
  // A form over the list is no coming to it anew.
  await pick('All accounts');
  await page.getByRole('link', { name: 'Rexby Logistics' }).waitFor();
  await page.getByRole('link', { name: 'New account', exact: true }).click();
  await page.waitForURL(url => url.pathname + url.search === '/accounts/new');
  await page.getByRole('dialog', { name: 'New account' }).getByRole('button', { name: 'Cancel' }).click();
  await page.waitForURL(url => url.pathname + url.search === '/accounts');
  await page.getByRole('link', { name: 'Rexby Logistics' }).waitFor();
  await pick('Chilled');
  await becomes(() => shown(page), 'Baker Street, Fjord Fish', 'what the view shows again');
  await pick('Delete…');
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await views.filter({ hasText: 'Chilled' }).waitFor({ state: 'detached' });
});

it('[CRM-105] columns and search of a view lie over those of the reader, who has theirs again after it', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  const views = page.getByRole('button', { name: /^View:/ });
  const pick = async (name: string): Promise<void> => {
    await views.click();
    await page.getByRole('menuitem', { name }).click();
  };
  const toggle = async (name: string): Promise<void> => {
    await (await menu(page)).getByRole('checkbox', { name, exact: true }).click();
    await page.keyboard.press('Escape');
  };
  const own = columns.replace('Legal name, ', '');
  const kept = saved(page);
  await toggle('Legal name');
  await kept;
  await pick('Save as a new view…');
  await page.getByRole('textbox', { name: 'Name' }).fill('Places');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await views.filter({ hasText: 'Places' }).waitFor();
  await toggle('Active');
  await views.filter({ hasText: 'changed' }).waitFor();
  const ofView = own.replace(', Active', '');
  await becomes(() => heads(page), ofView, 'what is seen of the view');
  await pick('Take the changes back');
  await becomes(() => heads(page), own, 'the view as it was saved');
  await toggle('Active');
  await page.getByLabel('Search accounts').fill('Fjord');
  await becomes(() => shown(page), 'Fjord Fish', 'what is found');
  await pick('Save the changes');
  await views.filter({ hasText: 'changed' }).waitFor({ state: 'detached' });
  await pick('All accounts');
  await becomes(() => heads(page), own, 'the columns of the reader');
  await page.getByRole('link', { name: 'Rexby Logistics' }).waitFor();
  await pick('Places');
  await becomes(() => shown(page), 'Fjord Fish', 'what the view finds');
  await becomes(() => heads(page), ofView, 'the columns of the view');
  const link = `/accounts?view=${new URL(page.url()).searchParams.get('view')}`;
  await visit(page, '/accounts');
  await becomes(() => heads(page), own, 'the columns of the reader, read anew');
  await visit(page, link);
  await becomes(() => heads(page), ofView, 'the columns of a link to the view');
  await becomes(() => shown(page), 'Fjord Fish', 'what a link to the view finds');
});

it('a cell is changed in its place; what is refused goes back and says so', async () => {
  const page = await openPage(app, 'manager');
  page.expectErrors(/status of 409/);
  await visit(page, '/accounts');
  const city = rowOf(page, 'Fjord Fish').locator('[data-cell="shippingCity"]');
  await city.dblclick();
  await page.getByLabel('Shipping city of Fjord Fish').fill('Tromsø');
  const asked = requestsOf(page, path => /^\/api\/(?!stream|accounts\/|field-catalog\/)/.test(path));
  await page.keyboard.press('Enter');
  const stored = async () => (await manager.get<Account>(`/api/accounts/${fish.id}`)).body.shippingCity;
  await becomes(stored, 'Tromsø', 'the city');
  await becomes(() => Promise.resolve(asked.includes('GET /api/accounts')), true, 'whether the list is read again');
  await page.keyboard.press('Enter');
  const input = page.getByLabel('Shipping city of Fjord Fish');
  await input.fill('Oslo');
  // Somebody else was quicker, and the list has it already.
  await manager.patch(`/api/accounts/${fish.id}`, { shippingCity: 'Bodø', shippingState: 'Nordland' });
  const state = rowOf(page, 'Fjord Fish').locator('[data-cell="shippingState"]');
  await becomes(() => state.innerText(), 'Nordland', 'what the row shows beside it');
  await input.press('Enter');
  await page.getByText('Somebody changed this record meanwhile').waitFor();
  expect(await stored()).toBe('Bodø');
  await becomes(() => city.innerText(), 'Bodø', 'what the cell shows');
  // The rows, and what their fields can be filtered by; no names of people, views, counts beside the menu.
  expect([...new Set(asked)]).toEqual(['GET /api/accounts']);
  await picture(page, 'refused');
});

it('space looks into a record beside the list, j and k go on, and the address says which', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts?sort=accountName');
  await page.getByRole('link', { name: 'Baker Street' }).focus();
  await page.keyboard.press('Space');
  await page.getByRole('dialog', { name: 'Baker Street' }).waitFor();
  await picture(page, 'peek');
  expect(await seriousFindings(page)).toEqual([]);
  await page.keyboard.press('j');
  const next = page.getByRole('dialog', { name: 'Fjord Fish' });
  await next.waitFor();
  await page.waitForURL(/peek=/);
  await next.getByRole('button', { name: 'Close' }).click();
  await next.waitFor({ state: 'detached' });
});

it('[CRM-036] a saved segment opens by its address with exactly the contacts of its tag', async () => {
  const tagged = (lastName: string, tags: string[]) => newContact(manager, { firstName: 'Seg', lastName, tags });
  await tagged('Aas', ['vip', 'board']);
  await tagged('Bru', ['vip']);
  await tagged('Dal', ['vipers']);
  await tagged('Eng', []);
  const { body: segment } = await manager.post<{ id: string }>('/api/saved-views', {
    ...{ pageType: 'contacts', name: 'VIP', shared: true, settings: { filterSettings: { tags: 'vip' } } },
  });
  const page = await openPage(app, 'admin');
  const html = await (await page.request.get(`${app.url}/contacts?view=${segment.id}`)).text();
  expect(['Seg Aas', 'Seg Bru', 'Seg Dal', 'Seg Eng'].map(name => html.includes(name))).toEqual([
    true, true, false, false,
  ]);
  await visit(page, `/contacts?view=${segment.id}`);
  const names = async (): Promise<string> =>
    (await table(page, 'Contacts').locator('.row-link').allInnerTexts()).sort().join(', ');
  await becomes(names, 'Seg Aas, Seg Bru', 'whom the segment lists');
  await page.getByRole('button', { name: /^View:/ }).filter({ hasText: 'VIP' }).waitFor();
});

it('[CRM-112] the forms of a new record and of a change open by their addresses over the list', async () => {
  const page = await openPage(app, 'manager');
  const person = await newContact(manager, { accountId: fish.id, firstName: 'Ada', lastName: 'Berg' });
  for (const [list, path, title] of [
    ['Accounts', '/accounts/new', 'New account'], ['Accounts', `/accounts/${fish.id}/edit`, 'Edit Fjord Fish'],
    ['Contacts', '/contacts/new', 'New contact'], ['Contacts', `/contacts/${person.id}/edit`, 'Edit Ada Berg'],
  ] as const) {
    await visit(page, path);
    await page.getByRole('dialog', { name: title }).waitFor();
    await page.locator('table', { has: page.locator('tbody a.row-link') }).waitFor();
    expect(await page.locator(`table[aria-label="${list}"]`).count()).toBe(1);
  }
  for (const path of [`/accounts/${fish.id}`, `/contacts/${person.id}`]) {
    await visit(page, path);
    await page.getByRole('heading', { level: 1 }).waitFor();
  }
});

it('chosen rows show what can be done with them, with shift also those in between', async () => {
  for (const firstName of ['Bo', 'Cy', 'Di'])
    await newContact(manager, { accountId: fish.id, firstName, lastName: 'Z', emailAddress: `${firstName}@z.example` });
  const page = await openPage(app, 'manager');
  await visit(page, '/contacts?sort=fullName&q=Z');
  await page.getByRole('checkbox', { name: 'Select Bo Z' }).click();
  await page.getByRole('checkbox', { name: 'Select Di Z' }).click({ modifiers: ['Shift'] });
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByText('3 selected').waitFor();
  await bar.getByRole('button', { name: 'Write a mail' }).waitFor();
  await picture(page, 'selection');
  await bar.getByRole('button', { name: 'Clear' }).click();
  await bar.waitFor({ state: 'detached' });
});

it('[CRM-117] [PLT-034] Accounting copies, selects and prints nothing of customers', async () => {
  const page = await openPage(app, 'accounting', { permissions: ['clipboard-read', 'clipboard-write'] });
  await visit(page, '/accounts');
  const link = page.getByRole('link', { name: 'Fjord Fish' });
  await page.evaluate(`navigator.clipboard.writeText('before')`);
  await link.focus();
  await page.keyboard.press('Control+a');
  await page.keyboard.press('Control+c');
  await page.getByText('Your role may not copy customer data').waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe('before');
  expect(await page.evaluate('String(getSelection())')).toBe('');
  const menuOpens = `(() => document.querySelector('.row-link').dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true })))()`;
  expect(await page.evaluate(menuOpens)).toBe(false);
  await page.emulateMedia({ media: 'print' });
  expect(await link.isVisible()).toBe(false);
  await page.emulateMedia({ media: 'screen' });
  const free = await openPage(app, 'manager');
  await visit(free, '/accounts');
  expect(await free.evaluate(menuOpens)).toBe(true);
});

it('[CRM-117] so does a role that was copied from it, on and over every page that names customers', async () => {
  const admin = await app.as('admin');
  const { items } = (await admin.get<{ items: { permissions: object[] }[] }>(
    '/api/admin/roles?filter[code]=ACCOUNTING')).body;
  await admin.post('/api/admin/roles', { code: 'LEDGER', name: 'Ledger', permissions: items[0]!.permissions });
  await admin.patch(`/api/admin/users/${app.tenant.users.sales4}`, { role: 'LEDGER' });
  const page = await openPage(app, 'sales4');
  const menuOpens = `document.querySelector('main').dispatchEvent(
    new MouseEvent('contextmenu', { bubbles: true, cancelable: true }))`;
  for (const path of ['/accounts', '/povs', '/dashboard', '/search?q=fjord', '/deleted']) {
    await visit(page, path);
    expect([path, await page.evaluate(menuOpens)]).toEqual([path, false]);
  }
  await visit(page, '/settings/security');
  expect(await page.evaluate(menuOpens)).toBe(true);
  await page.getByRole('button', { name: /^Notifications/ }).click();
  await page.getByRole('dialog', { name: 'Notifications' }).waitFor();
  expect(await page.evaluate(menuOpens)).toBe(false);
  await page.keyboard.press('Escape');
  await becomes(() => page.evaluate(menuOpens), true, 'whether the menu opens when the messages are closed');
  await page.keyboard.press('Control+k');
  await page.getByRole('dialog').getByRole('combobox').fill('fjord');
  await page.getByRole('option', { name: /Fjord Fish/ }).waitFor();
  expect(await page.evaluate(menuOpens)).toBe(false);
});

it('a long list draws what is in sight, and goes on where its end is scrolled to', async () => {
  await inDatabase(
    app,
    `insert into contact (id, tenant_id, created_at, updated_at, first_name, last_name, full_name, source)
     select uuidv7(), $1, now(), now(), 'Row', lpad(n::text, 5, '0'), 'Row ' || lpad(n::text, 5, '0'), 'Long'
     from generate_series(1, 1000) n`,
    [app.tenant.id],
  );
  const page = await openPage(app, 'manager');
  await visit(page, '/contacts?sort=fullName&q=Row');
  const list = table(page, 'Contacts');
  await list.getByRole('link', { name: 'Row 00001' }).waitFor();
  await page.getByText('1–50 of').waitFor();
  const opened = async (name: string, where = '') => {
    const [row] = await inDatabase<{ id: string }>(app, 'select id from contact where full_name = $1', [name]);
    await visit(page, `/contacts?sort=fullName&q=Row&peek=${row!.id}${where}`);
    return page.getByRole('dialog', { name }).getByRole('button', { name: 'Next' });
  };
  // Looked at one by one, they go on behind those that have come.
  await opened('Row 00045');
  for (let nth = 45; nth < 55; nth++) {
    const looked = page.getByRole('dialog', { name: `Row ${String(nth).padStart(5, '0')}` });
    await looked.getByRole('button', { name: 'Next' }).click();
  }
  await page.getByRole('dialog', { name: 'Row 00055' }).waitFor();
  // Opened by its address further down, its place is found; too far down, or nowhere in the list, it is said.
  await (await opened('Row 00130')).and(page.locator(':not([aria-disabled])')).click();
  await page.getByRole('dialog', { name: 'Row 00131' }).getByRole('button', { name: 'Previous' }).click();
  await page.getByRole('dialog', { name: 'Row 00130' }).waitFor();
  const others = `&where=${encodeURIComponent('{"field":"lastName","op":"contains","value":"000"}')}`;
  for (const [where, why] of [
    ['', 'It is not among the first 500 rows: scroll the list down to it'],
    [others, 'It is not among the rows of this list'],
  ] as const)
    await (await opened('Row 00901', where)).and(page.locator(`[data-tip="${why}"]`)).waitFor();
  await visit(page, '/contacts?sort=fullName&q=Row');
  const toEnd = (): Promise<void> => page.evaluate(`document.querySelector('#main').scrollTo(0, 1e7)`);
  await becomes(
    async () => {
      await toEnd();
      return list.getByRole('link', { name: 'Row 01000' }).isVisible();
    },
    true, 'whether the last row is there',
  );
  expect(await list.locator('tbody tr').count()).toBeLessThan(90);
  expect(await list.getAttribute('aria-rowcount')).toBe('1001');
  await page.getByText('1–1,000 of').waitFor();
  await picture(page, 'long');
  await list.getByRole('link', { name: 'Row 01000' }).focus();
  await page.keyboard.press('Space');
  const peek = page.getByRole('dialog', { name: 'Row 01000' });
  await peek.waitFor();
  await peek.getByRole('button', { name: 'Previous' }).click();
  await page.getByRole('dialog', { name: 'Row 00999' }).waitFor();
});

it('[CRM-105] pinned columns stay in sight, rows have the height that was chosen, also after a reload', async () => {
  await manager.post('/api/table-preferences/accounts', { columnOrder: Object.keys(fish), hiddenColumns: [] });
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  const choices = await menu(page);
  for (const [group, name] of [['First columns that stay in sight', '2'], ['Height of rows', 'Dense']] as const) {
    const kept = saved(page);
    await choices.getByRole('group', { name: group }).getByRole('button', { name, exact: true }).click();
    await kept;
  }
  await page.keyboard.press('Escape');
  const row = rowOf(page, 'Fjord Fish');
  const isArranged = async (): Promise<void> => {
    await becomes(async () => Math.round((await row.boundingBox())!.height), 28, 'the height of a row');
    const [first, second] = [table(page).locator('th[data-column]').first(), row.locator('td').nth(2)];
    const places = async (): Promise<string> =>
      (await Promise.all([first, second].map(async cell => Math.round((await cell.boundingBox())!.x)))).join();
    const before = await places();
    await table(page).locator('th[data-column]').last().scrollIntoViewIfNeeded();
    await becomes(places, before, 'where the pinned columns are when the others are scrolled away');
    expect((await table(page).locator('th[data-column]').nth(2).boundingBox())!.x).toBeLessThan(0);
  };
  await isArranged();
  await page.reload();
  await isArranged();
});

it('all rows that fit are chosen, not those on the page alone, and that many are asked for', async () => {
  await inDatabase(
    app,
    `insert into contact (id, tenant_id, created_at, updated_at, first_name, last_name, full_name)
     select uuidv7(), $1, now(), now(), 'Fits', n::text, 'Fits ' || n from generate_series(1, 60) n`,
    [app.tenant.id],
  );
  const page = await openPage(app, 'manager');
  await visit(page, '/contacts?sort=fullName&q=Fits');
  await page.getByRole('checkbox', { name: 'Select all rows' }).click();
  const bar = page.getByRole('region', { name: 'Selection' });
  await bar.getByText('50 selected').waitFor();
  await bar.getByRole('button', { name: 'Select all 60' }).click();
  await bar.getByText('All 60 selected').waitFor();
  await bar.getByRole('button', { name: 'Delete' }).click();
  const sent = page.waitForRequest(r => r.url().endsWith('/api/contacts/bulk'));
  await page.getByRole('dialog', { name: 'Delete 60 contacts?' }).getByRole('button', { name: 'Delete' }).click();
  expect((await sent).postDataJSON()).toMatchObject({ action: 'delete', matching: { q: 'Fits' }, count: 60 });
  await page.keyboard.press('Escape');
});

/** Texts that stand over the edge of their cell, though nothing cuts them there. */
const over = `[...document.querySelectorAll('tbody td:not(:has(.truncate))')].filter(cell => {
  const text = document.createRange();
  text.selectNodeContents(cell);
  const fits = text.getBoundingClientRect().right <= cell.getBoundingClientRect().right - 9;
  return getComputedStyle(cell).overflow === 'visible' && cell.innerText && !fits;
}).map(cell => cell.innerText)`;

it('of a wide table the columns in sight are drawn, others where it is scrolled to the side', async () => {
  const long = 'Rexby Logistics, Warehouses and Ferries of the Western Isles Limited';
  await inDatabase(app, `update account set account_legal_name = $1 where account_name = 'Rexby Logistics'`, [long]);
  await manager.post('/api/table-preferences/accounts', { columnOrder: Object.keys(fish), hiddenColumns: [] });
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  const [all, cells] = [table(page).locator('th[data-column]'), rowOf(page, 'Fjord Fish').locator('td')];
  await becomes(() => cells.last().getAttribute('colspan').then(Number).then(span => span > 5), true, 'the gap');
  const first = await cells.nth(1).innerText();
  expect(await all.count()).toBeGreaterThan(30);
  expect(await cells.count()).toBeLessThan(30);
  await all.last().scrollIntoViewIfNeeded();
  await becomes(() => cells.last().getAttribute('colspan'), null, 'the gap at the end');
  expect(await cells.count()).toBeLessThan(30);
  const places = [await all.last().boundingBox(), await cells.last().boundingBox()].map(box => Math.round(box!.x));
  expect(places[1]).toBe(places[0]);
  await all.first().scrollIntoViewIfNeeded();
  await becomes(() => cells.nth(1).innerText(), first, 'the first column');
  await becomes(() => cells.last().getAttribute('colspan').then(Number).then(span => span > 5), true, 'the gap again');
  await picture(page, 'wide');
  const cut = `[...document.querySelectorAll('th[data-column] .truncate')]
    .filter(label => label.scrollWidth > label.clientWidth).map(label => label.textContent)`;
  expect(await page.evaluate(cut)).toEqual([]);
  expect(await page.evaluate(over)).toEqual([]);
  const legal = rowOf(page, 'Rexby').locator('[data-cell="accountLegalName"]');
  type Sized = { scrollWidth: number; clientWidth: number };
  expect(await legal.evaluate((cell: Sized) => cell.scrollWidth - cell.clientWidth)).toBeGreaterThan(0);
});

it('of a wide table the elements of rows become other rows; a click beside a name follows it', async () => {
  await manager.post('/api/table-preferences/accounts', { columnOrder: Object.keys(fish), hiddenColumns: [] });
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts?q=Fjord');
  await becomes(() => shown(page), 'Fjord Fish', 'what fits');
  await page.evaluate(`document.querySelector('tr[data-row]').marked = true`);
  await page.getByPlaceholder('Search accounts...').fill('Baker');
  await becomes(() => shown(page), 'Baker Street', 'what fits now');
  expect(await page.evaluate(`document.querySelector('tr[data-row]').marked`)).toBe(true);
  const legal = table(page).locator('[data-cell="accountLegalName"]');
  await legal.dblclick();
  await page.getByLabel('Legal name of Baker Street').fill('Baker Ltd');
  await page.keyboard.press('Enter');
  await becomes(() => legal.innerText(), 'Baker Ltd', 'the legal name');
  await page.getByPlaceholder('Search accounts...').fill('Fjord');
  await becomes(() => shown(page), 'Fjord Fish', 'what fits again');
  await becomes(() => legal.innerText(), '–', 'the legal name of the other');
  await rowOf(page, 'Fjord Fish').locator('td:not(:has(*)):not([colspan]):not([data-cell])').first().click();
  await page.waitForURL(new RegExp(`/accounts/${fish.id}$`));
});

it('a second click on the head of a column that comes at once goes on from the first', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/accounts');
  const head = at(page, 'accountName').getByRole('button');
  await head.dblclick();
  await page.waitForURL(/sort=-accountName/);
  await becomes(() => at(page, 'accountName').getAttribute('aria-sort'), 'descending', 'the order');
});

