import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Locator, Page } from 'playwright-core';
import type { Opportunity } from '../../domain/crm/opportunity.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newAccount, newContact, newOpportunity, withAccountTypes, withStages } from '../kit/crm.fixture.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { becomes, looks, seriousFindings, tabTo } from './web.fixture.ts';

/** The pipeline as sales people work with it: cards that are dragged and moved by keys, and the page of one. */
let app: App, manager: Client;
const made: Record<string, Opportunity> = {};
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  manager = await app.as('manager');
  const account = await newAccount(manager, { accountName: 'Halvorsen Foods' });
  for (const [name, stage, value] of [
    ['Cold store', 'qualified', 1_250_000], ['Racks', 'qualified', 90_000], ['Pumps', 'proposal', 400_000],
    ['Cranes', 'proposal', 7_500_000], ['Meters', 'negotiation', 210_000],
  ] as const)
    made[name] = await newOpportunity(manager, {
      name, stage, value, companyId: account.id, source: 'Fair', estimatedCloseDate: '2027-03-31',
    });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `pipeline-${name}.png`) });
};
const column = (page: Page, name: string): Locator => page.getByRole('group', { name: new RegExp(`^${name}, `) });
const card = (page: Page, name: string): Locator => page.locator('li', { has: page.getByRole('link', { name }) });
const shows = (page: Page, stage: string, ...names: string[]) =>
  becomes(
    async () => (await column(page, stage).locator('[data-card]').allInnerTexts()).join(),
    names.join(), `the column ${stage}`,
  );

it('[CRM-070] a card that is dragged between two others stays there, also after a reload', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/opportunities/board');
  await shows(page, 'Proposal', 'Cranes', 'Pumps');
  await card(page, 'Cold store').dragTo(card(page, 'Pumps'), { targetPosition: { x: 40, y: 6 } });
  await shows(page, 'Proposal', 'Cranes', 'Cold store', 'Pumps');
  await shows(page, 'Qualified', 'Racks');
  await page.getByText('$ 91,500').waitFor();
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  await page.reload();
  await shows(page, 'Proposal', 'Cranes', 'Cold store', 'Pumps');
  await card(page, 'Pumps').dragTo(card(page, 'Cranes'), { targetPosition: { x: 40, y: 6 } });
  await shows(page, 'Proposal', 'Pumps', 'Cranes', 'Cold store');
  await picture(page, 'board');
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('html.dark').waitFor({ state: 'attached' });
  await picture(page, 'board-dark');
  await page.setViewportSize({ width: 375, height: 812 });
  await picture(page, 'board-phone');
});

it('a card is moved by the keyboard alone, and keeps the focus', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/opportunities/board');
  await page.getByRole('link', { name: 'Racks' }).focus();
  await page.keyboard.press('Shift+ArrowRight');
  await shows(page, 'Proposal', 'Racks', 'Pumps', 'Cranes', 'Cold store');
  const focused = (): Promise<string> => page.evaluate('document.activeElement?.dataset.card ?? ""');
  await becomes(focused, made['Racks']!.id, 'the focus');
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  await page.keyboard.press('Shift+ArrowDown');
  await shows(page, 'Proposal', 'Pumps', 'Racks', 'Cranes', 'Cold store');
  await becomes(focused, made['Racks']!.id, 'the focus');
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  await page.keyboard.press('m');
  await page.getByRole('menuitem', { name: 'Closed won' }).click();
  await shows(page, 'Closed won', 'Racks');
  await page.getByText('Racks is won').waitFor();
});

it('who loses one says why; a card that may not move comes back, and says why', async () => {
  const page = await openPage(app, 'manager');
  page.expectErrors(/400/);
  await page.setViewportSize({ width: 1600, height: 900 });
  await visit(page, '/opportunities/board');
  await card(page, 'Meters').dragTo(column(page, 'Closed lost'));
  const question = page.getByRole('dialog', { name: 'Lost: Meters' });
  await question.getByLabel('Why was it lost?').fill('Too dear');
  await question.getByRole('button', { name: 'Mark as lost' }).click();
  await shows(page, 'Closed lost', 'Meters');
  await page.getByText('Too dear').waitFor();
  await inDatabase(app, `update opportunity_stage set required_fields = '{orderIdHouse}' where key = 'negotiation'`);
  await card(page, 'Cranes').dragTo(column(page, 'Negotiation'));
  await page.getByText('Cranes stays where it was').waitFor();
  await page.getByText('House order id is needed in the stage Negotiation').waitFor();
  await becomes(() => column(page, 'Negotiation').locator('[data-card]').count(), 0, 'the cards in Negotiation');
  await inDatabase(app, `update opportunity_stage set required_fields = '{}' where key = 'negotiation'`);
});

it('the page of an opportunity has its stages, fields that change in place, lines and participants', async () => {
  const page = await openPage(app, 'manager');
  const contact = await newContact(manager, { accountId: made['Pumps']!.accountId! });
  await visit(page, `/opportunities/${made['Pumps']!.id}`);
  await page.getByRole('list', { name: 'Stages' }).getByRole('button', { name: 'Negotiation' }).click();
  await page.locator('[aria-current="step"]', { hasText: 'Negotiation' }).waitFor();
  const source = page.locator('[data-field="source"]');
  await source.hover();
  await source.getByRole('button', { name: 'Edit Source' }).click();
  await source.getByRole('textbox').fill('Referral');
  await source.getByRole('textbox').press('Enter');
  await source.getByText('Referral').waitFor();
  await picture(page, 'page');
  await page.getByRole('link', { name: /^Lines/ }).click();
  await page.getByRole('button', { name: 'New line' }).click();
  const form = page.getByRole('dialog', { name: 'New line' });
  await form.getByLabel('Description').fill('Hours');
  await form.getByLabel('Quantity').fill('2');
  await form.getByLabel('Unit price').fill('5000');
  await form.getByLabel('Discount').fill('10');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('cell', { name: '$ 9,000' }).waitFor();
  await picture(page, 'lines');
  await page.getByRole('link', { name: /^Participants/ }).click();
  await page.getByText('No participants yet').waitFor();
  await manager.post('/api/opportunity-participants', {
    ...{ opportunityId: made['Pumps']!.id, accountId: made['Pumps']!.accountId, contactId: contact.id },
    role: 'partner',
  });
  await page.getByRole('cell', { name: 'Partner' }).waitFor();
  await page.getByRole('link', { name: 'Stages' }).click();
  await page.getByText('moved it from Proposal to Negotiation').waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByText('Referral').waitFor();
  await visit(page, `/accounts/${made['Pumps']!.accountId!}/opportunities`);
  const own = page.getByRole('table', { name: 'Opportunities', exact: true });
  await own.getByRole('link', { name: 'Pumps' }).waitFor();
  await visit(page, `/contacts/${contact.id}/opportunities`);
  await page.getByRole('link', { name: 'Pumps' }).waitFor();
});

it('amount, day, stage and owner are changed in the table; what is refused goes back, and says why', async () => {
  const page = await openPage(app, 'manager');
  page.expectErrors(/status of 400/);
  const { id } = await newOpportunity(manager, {
    ...{ name: 'Silos', stage: 'lead', value: 100_000, companyId: made['Racks']!.accountId },
    estimatedCloseDate: '2027-03-31',
  });
  await visit(page, '/opportunities?q=Silos');
  const row = page.getByRole('row', { name: /Silos/ });
  const cell = (key: string): Locator => row.locator(`[data-cell="${key}"]`);
  const field = (label: string): Locator => page.getByLabel(`${label} of Silos`, { exact: true });
  const stored = async (): Promise<string> => {
    const { body } = await manager.get<Opportunity>(`/api/opportunities/${id}`);
    return [body.value, body.expectedCloseDate?.slice(0, 10), body.stage, body.owner?.fullName].join();
  };
  const before = (await stored()).split(',');
  await cell('value').dblclick();
  expect(await field('Value').inputValue()).toBe('1000.00');
  await field('Value').fill('2,500.5');
  // What comes next by Tab is changed before the first answer is there.
  await page.keyboard.press('Tab');
  expect(await page.evaluate('document.activeElement.dataset.cell')).toBe('expectedCloseDate');
  await page.keyboard.press('F2');
  await field('Expected close').fill('2027-04-30');
  await page.keyboard.press('Enter');
  await cell('value').getByText('$ 2,500.50').waitFor();
  await cell('expectedCloseDate').getByText('30 Apr 2027').waitFor();
  await becomes(stored, `250050,2027-04-30,lead,${before[3]}`, 'the opportunity');
  await page.keyboard.press('Enter');
  await field('Expected close').fill('2027-05-01');
  await page.keyboard.press('Escape');
  await cell('expectedCloseDate').getByText('30 Apr 2027').waitFor();

  // Who is there already may be chosen again, and stays.
  await cell('owner').dblclick();
  await field('Owner').fill(before[3]!);
  await page.getByRole('option', { name: before[3]! }).click();
  await field('Owner').waitFor({ state: 'detached' });
  await cell('owner').getByText(before[3]!).waitFor();
  await cell('stageName').dblclick();
  await page.getByRole('option', { name: 'Proposal' }).click();
  await cell('owner').dblclick();
  await field('Owner').fill('Sales Ex');
  await page.getByRole('option', { name: 'Sales Example' }).click();
  await becomes(stored, '250050,2027-04-30,proposal,Sales Example', 'the opportunity');
  await cell('owner').getByText('Sales Example').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await cell('stageName').dblclick();
  await picture(page, 'stage-in-the-table');
  await page.getByRole('option', { name: 'Closed lost' }).click();
  await page.getByRole('button', { name: 'Cancel' }).click();
  await cell('stageName').getByText('Proposal').waitFor();
  await cell('stageName').dblclick();
  await page.getByRole('option', { name: 'Closed lost' }).click();
  await page.getByLabel('Why was it lost?').fill('Too dear');
  await page.getByRole('button', { name: 'Mark as lost' }).click();
  await cell('stageName').getByText('Closed lost').waitFor();
  await becomes(stored, '250050,2027-04-30,closed_lost,Sales Example', 'the opportunity');
  await manager.post('/api/opportunity-line-items', { opportunityId: id, description: 'Steel', unitPrice: 700 });
  await cell('value').getByText('$ 7', { exact: true }).waitFor();
  await cell('value').dblclick();
  await field('Value').fill('1');
  await page.keyboard.press('Enter');
  await page.getByText('follows from its lines: change those').waitFor();
  await becomes(() => cell('value').innerText(), '$ 7', 'the value');
  await cell('value').dblclick();
  await field('Value').fill('much');
  await page.keyboard.press('Enter');
  await page.locator('input[aria-invalid="true"]').waitFor();
  await page.keyboard.press('Escape');
  await becomes(() => cell('value').innerText(), '$ 7', 'the value');
  await manager.delete(`/api/opportunities/${id}`);
});

const valueFrom = (cents: number): string =>
  JSON.stringify({ all: [{ field: 'value', op: 'gte', value: String(cents) }] });

it('the list has amounts and stages, the form makes a new one, the forecast shows its month', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/opportunities/new');
  const form = page.getByRole('dialog', { name: 'New opportunity' });
  await form.getByLabel('Opportunity name').fill('Conveyors');
  await form.getByLabel('Value').fill('1,234.50');
  await picture(page, 'form');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Conveyors' }).waitFor();
  await visit(page, '/opportunities?sort=-value');
  await page.getByRole('cell', { name: '$ 1,234.50' }).waitFor();
  await picture(page, 'list');
  await page.getByRole('button', { name: 'More filters' }).click();
  const filter = page.getByRole('dialog', { name: 'Filter opportunities' });
  for (const [label, option] of [['Field', 'Value'], ['Comparison', 'from']] as const) {
    await filter.getByLabel(label).click();
    await page.getByRole('option', { name: option, exact: true }).click();
  }
  await filter.getByLabel('Value').fill('1,234.5o');
  await filter.getByRole('button', { name: 'Apply', disabled: true }).waitFor();
  await filter.getByLabel('Value').fill('1,234.50');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await page.waitForURL(url => url.searchParams.get('where') === valueFrom(123_450));
  await page.getByRole('cell', { name: '$ 1,234.50' }).waitFor();
  await page.getByRole('button', { name: '1 condition' }).click();
  expect(await filter.getByLabel('Value').inputValue()).toBe('1234.50');
  await filter.getByLabel('Value').fill('9,999,999');
  await filter.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('No opportunities found').waitFor();
  await page.getByRole('button', { name: 'Clear all' }).first().click();
  await page.getByRole('button', { name: 'Stage', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Lead' }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Cranes' }).waitFor({ state: 'detached' });
  await visit(page, '/opportunities/forecast');
  await page.getByRole('cell', { name: 'March 2027' }).waitFor();
  await page.getByText('Win rate').waitFor();
  await picture(page, 'forecast');
  expect(await page.getByRole('table', { name: 'Forecast' }).locator('tbody tr').count()).toBe(2);
});

const day = '[PLT-117] a salesperson’s day goes by keys alone: find, look, call, task, next stage, at %s';
it.each(['1280 light', '375 dark'])(day, async look => {
  const owner = app.tenant.users.sales;
  const account = await newAccount(manager, { accountName: 'Fjord Fish', accountOwner: owner });
  const { id } = await newContact(manager, { accountId: account.id, firstName: 'Ola', lastName: 'Nordmann' });
  const other = await newContact(manager, { accountId: account.id, firstName: 'Kari', lastName: 'Vik' });
  const freezers = await newOpportunity(manager, {
    ownerId: owner, name: 'Freezers', stage: 'qualified', value: 50_000, companyId: account.id,
  });
  const page = await openPage(app, 'sales', looks[look]!);
  const { keyboard } = page;
  const typed = (keys: string): Promise<void> => keyboard.type(keys);
  const clean = async (): Promise<void> => {
    // While it fades away a notice has no contrast.
    await page.locator('[data-sonner-toast]').first().waitFor({ state: 'detached' });
    expect([page.url(), await seriousFindings(page)]).toEqual([page.url(), []]);
  };
  await visit(page, '/dashboard');
  await typed('gc');
  const [ola, kari] = [page.getByRole('link', { name: 'Ola Nordmann' }), page.getByRole('link', { name: 'Kari Vik' })];
  await kari.waitFor();
  await typed('/nordm');
  await kari.waitFor({ state: 'detached' });
  await clean();
  await tabTo(page, ola);
  await keyboard.press('Space');
  const peek = page.getByRole('dialog', { name: 'Ola Nordmann' });
  await peek.waitFor();
  await clean();
  await keyboard.press('Escape');
  await peek.waitFor({ state: 'detached' });
  await tabTo(page, ola);
  await keyboard.press('Enter');
  await page.waitForURL(`**/contacts/${id}`);
  const parts = page.getByRole('navigation', { name: 'Parts of the contact' });
  await tabTo(page, parts.getByRole('link', { name: 'Activities' }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('button', { name: 'Call', exact: true }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByLabel('Subject'));
  await typed('Asked for an offer');
  await keyboard.press('Control+Enter');
  await page.getByRole('list', { name: 'What happened, newest first' }).getByText('Asked for an offer').waitFor();
  await page.getByText('The call is kept').waitFor();
  await clean();
  await tabTo(page, page.getByRole('button', { name: 'Task', exact: true }));
  await keyboard.press('Enter');
  await tabTo(page, page.getByLabel('What is to be done'));
  await typed('Write the offer');
  await keyboard.press('Control+Enter');
  await page.getByText('The task is added').waitFor();
  await tabTo(page, parts.getByRole('link', { name: 'Opportunities' }));
  await typed('gl');
  await page.getByRole('link', { name: 'Freezers' }).waitFor();
  await typed('j');
  await keyboard.press('Shift+ArrowRight');
  await shows(page, 'Proposal', 'Freezers');
  await page.locator('[aria-busy="true"]').waitFor({ state: 'detached' });
  await clean();
  const gone = [`opportunities/${freezers.id}`, `contacts/${id}`, `contacts/${other.id}`, `accounts/${account.id}`];
  for (const path of gone) expect((await manager.delete(`/api/${path}`)).status).toBe(204);
});
