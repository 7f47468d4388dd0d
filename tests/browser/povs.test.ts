import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Locator } from 'playwright-core';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, type App } from '../kit/app.ts';
import { closeBrowser, closePages, openPage, visit, type OpenPage } from '../kit/page.ts';
import { join, newPov, readPov } from '../kit/pov.fixture.ts';
import { becomes, povWithApproval, seriousFindings } from './web.fixture.ts';

/** The list with its conditions in the address, the board with its moves, and the tabs of one POV. */
let app: App, running: Pov;
const made: Record<string, Pov> = {};
beforeAll(async () => {
  app = await bootApp({ web: true });
  const [manager, sales3] = [await app.as('manager'), await app.as('sales3')];
  running = await povWithApproval(app, 'Cold-chain telemetry');
  await manager.post(`/api/povs/${running.id}/transitions`, { to: 'IN_PROGRESS' });
  const spring = { startDate: '2027-03-01T09:00:00.000Z', endDate: '2027-05-01T09:00:00.000Z' };
  made['lines'] = await newPov(manager, { title: 'Line balancing', customerName: 'Contoso', tags: ['factory'] });
  made['meters'] = await newPov(sales3, { title: 'Smart meters', customerName: 'Vestkraft', ...spring });
  made['cranes'] = await newPov(manager, { title: 'Harbour cranes', customerName: 'Adatum' });
  await join(manager, made['cranes'].id, app.tenant.users.sales4, 'PROJECT_MANAGER');
  await manager.post(`/api/povs/${made['cranes'].id}/transitions`, { to: 'IN_PROGRESS' });
  await app.settled();
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const titles = async (page: OpenPage): Promise<string> =>
  (await page.getByRole('table', { name: 'POVs' }).locator('tbody tr a.row-link').allInnerTexts())
    .map(text => text.split('\n')[0]!.trim())
    .join();
const shows = (page: OpenPage, ...wanted: string[]) => becomes(() => titles(page), wanted.join(), 'the list');
async function choose(page: OpenPage, filter: string, ...options: (string | RegExp)[]): Promise<void> {
  await page.getByRole('button', { name: filter, exact: true }).first().click();
  for (const name of options) await page.getByRole('menuitemcheckbox', { name }).click();
  await page.keyboard.press('Escape');
  await page.getByRole('menu').waitFor({ state: 'detached' });
}
const clear = async (page: OpenPage) => {
  await page.getByRole('button', { name: 'Clear all' }).click();
  await becomes(async () => (await titles(page)).split(',').length, 4, 'the number of rows');
};
const param = (page: OpenPage, name: string) => new URL(page.url()).searchParams.get(name);

describe('the list', () => {
  it('[POV-016, POV-090] is filtered by status, owner, team, tag, dates and text; the address keeps it', async () => {
    const page = await openPage(app, 'admin');
    await visit(page, '/povs?sort=title');
    await shows(page, 'Cold-chain telemetry', 'Harbour cranes', 'Line balancing', 'Smart meters');
    await choose(page, 'Status', 'In progress');
    await shows(page, 'Cold-chain telemetry', 'Harbour cranes');
    expect(param(page, 'status')).toBe('IN_PROGRESS');
    await clear(page);
    await choose(page, 'Owner', 'Sales3 Example');
    await shows(page, 'Smart meters');
    expect(param(page, 'owner')).toBe(app.tenant.users.sales3);
    await clear(page);
    await choose(page, 'In the team', 'Sales4 Example');
    await shows(page, 'Harbour cranes');
    await clear(page);
    await choose(page, 'Tag', 'factory');
    await shows(page, 'Line balancing');
    await clear(page);
    await page.getByLabel('Search POVs').first().fill('northw');
    await shows(page, 'Cold-chain telemetry');
    await becomes(async () => param(page, 'q'), 'northw', 'the address');
    await clear(page);
    await visit(page, '/povs?sort=title&from=2027-02-01');
    await shows(page, 'Smart meters');
    await page.getByRole('button', { name: 'Remove the filter Dates' }).click();
    await shows(page, 'Cold-chain telemetry', 'Harbour cranes', 'Line balancing', 'Smart meters');
  });

  it('[POV-016] is sorted by its heads; reload, back and a shared link show the same', async () => {
    const page = await openPage(app, 'admin');
    await visit(page, '/povs');
    const sortBy = (name: string) => page.getByRole('columnheader', { name }).getByRole('button').click();
    await sortBy('Customer');
    await shows(page, 'Harbour cranes', 'Line balancing', 'Cold-chain telemetry', 'Smart meters');
    await sortBy('Customer');
    await shows(page, 'Smart meters', 'Cold-chain telemetry', 'Line balancing', 'Harbour cranes');
    expect(param(page, 'sort')).toBe('-customerName');
    await choose(page, 'Status', 'Projected');
    await shows(page, 'Smart meters', 'Line balancing');
    await page.reload();
    await shows(page, 'Smart meters', 'Line balancing');
    await page.getByRole('link', { name: 'Smart meters' }).first().click();
    await page.waitForURL(`**/povs/${made['meters']!.id}`);
    await page.goBack();
    await shows(page, 'Smart meters', 'Line balancing');
    const other = await openPage(app, 'manager');
    await visit(other, page.url());
    await shows(other, 'Smart meters', 'Line balancing');
    const head = other.getByRole('columnheader', { name: 'Customer' });
    expect(await head.getAttribute('aria-sort')).toBe('descending');
  });

  it('[CRM-118] chosen POVs are changed, exported and deleted by who may, and the deletion is undone', async () => {
    const page = await openPage(app, 'manager');
    const bar = page.getByRole('region', { name: 'Selection' });
    const dialog = page.getByRole('dialog');
    const closed = () => dialog.getByRole('button', { name: 'Close' }).last().click();
    const choosing = async (...names: string[]): Promise<void> => {
      for (const name of names) await page.getByRole('checkbox', { name: `Select ${name}` }).click();
    };
    await visit(page, '/povs?sort=title');
    await choosing('Line balancing', 'Smart meters');
    for (const name of ['Reassign', 'Tag']) await bar.getByRole('button', { name }).waitFor();
    await bar.getByRole('button', { name: 'Edit' }).click();
    await dialog.getByLabel('Field').click();
    await page.getByRole('option', { name: 'Solution', exact: true }).click();
    await dialog.getByLabel('Solution', { exact: true }).fill('Sensors');
    expect(await seriousFindings(page)).toEqual([]);
    await dialog.getByRole('button', { name: 'Change' }).click();
    await dialog.getByText('Worked on 2 of 2 rows: 2 updated').waitFor();
    const manager = await app.as('manager');
    for (const name of ['lines', 'meters']) expect((await readPov(manager, made[name]!.id)).solution).toBe('Sensors');
    await closed();
    await choosing('Line balancing');
    await bar.getByRole('button', { name: 'Export' }).click();
    await dialog.getByRole('button', { name: 'Export' }).click();
    await dialog.getByText('1 of 1 rows').waitFor();
    await closed();
    await choosing('Line balancing', 'Smart meters');
    await bar.getByRole('button', { name: 'Delete' }).click();
    await page.getByRole('dialog', { name: 'Delete 2 POVs?' }).getByRole('button', { name: 'Delete' }).click();
    await dialog.getByText('Worked on 2 of 2 rows: 2 deleted').waitFor();
    await dialog.getByRole('button', { name: 'Undo' }).click();
    await dialog.getByText('Took back 2 of 2 rows: 2 undone').waitFor();
    await closed();
    await shows(page, 'Cold-chain telemetry', 'Harbour cranes', 'Line balancing', 'Smart meters');
    const sales = await openPage(app, 'sales3');
    await visit(sales, '/povs');
    await sales.getByRole('link', { name: 'Smart meters' }).waitFor();
    expect(await sales.getByRole('checkbox', { name: /^Select/ }).count()).toBe(0);
  });
});

describe('the board', () => {
  const column = (page: OpenPage, name: string): Locator =>
    page.getByRole('group', { name: new RegExp(`^${name}, \\d+$`) });
  const card = (page: OpenPage, title: string): Locator =>
    page.getByRole('listitem').filter({ has: page.getByRole('link', { name: title }) });

  it('[POV-039] a card that is dragged where it may not go yet comes back with the reason', async () => {
    const page = await openPage(app, 'manager');
    page.expectErrors(/status of 409/);
    await visit(page, '/povs/board');
    await card(page, 'Cold-chain telemetry').dragTo(column(page, 'Validation'));
    const refused = page.getByRole('dialog', { name: 'Cold-chain telemetry stays as it is' });
    await refused.getByText('All phases must be completed before validation').waitFor();
    await refused.getByRole('button', { name: 'Close' }).last().click();
    await column(page, 'In progress').getByRole('link', { name: 'Cold-chain telemetry' }).waitFor();
    // No move leads there at all: nothing is even asked.
    await card(page, 'Cold-chain telemetry').dragTo(column(page, 'Won'));
    await column(page, 'In progress').getByRole('link', { name: 'Cold-chain telemetry' }).waitFor();
    expect(await page.getByRole('dialog').count()).toBe(0);
    expect((await readPov(await app.as('manager'), running.id)).status).toBe('IN_PROGRESS');
  });

  it('[POV-038] a card that is dragged to Stalled asks for the reason, and stays there', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, '/povs/board');
    await card(page, 'Harbour cranes').dragTo(column(page, 'Stalled'));
    const question = page.getByRole('dialog', { name: 'Stall: Harbour cranes' });
    expect(await question.getByRole('button', { name: 'Stall' }).isDisabled()).toBe(true);
    await question.getByLabel('Reason').fill('Waiting for the crane');
    await question.getByRole('button', { name: 'Stall' }).click();
    await column(page, 'Stalled').getByRole('link', { name: 'Harbour cranes' }).waitFor();
    await page.reload();
    await column(page, 'Stalled').getByRole('link', { name: 'Harbour cranes' }).waitFor();
    expect(await readPov(await app.as('manager'), made['cranes']!.id)).toMatchObject({
      status: 'STALLED',
      statusReason: 'Waiting for the crane',
    });
  });

  it('[PLT-117, POV-036] by keyboard: J and L walk, M opens the moves with their reasons, Enter moves', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, '/povs/board');
    await card(page, 'Cold-chain telemetry').waitFor();
    await page.keyboard.press('j');
    await becomes(() => page.locator(':focus').getAttribute('data-card').then(Boolean), true, 'a card in focus');
    await page.keyboard.press('l');
    await becomes(() => page.locator(':focus').getAttribute('data-card'), running.id, 'the card in focus');
    await page.keyboard.press('m');
    const moves = page.getByRole('menu');
    await moves.getByText('All phases must be completed before validation').waitFor();
    const closed = moves.getByRole('menuitem', { name: /Move to validation/ });
    expect(await closed.getAttribute('aria-disabled')).toBe('true');
    await page.keyboard.press('Escape');
    await page.locator(`[data-card="${made['cranes']!.id}"]`).focus();
    await page.keyboard.press('m');
    await moves.getByRole('menuitem', { name: 'Resume' }).focus();
    await page.keyboard.press('Enter');
    await column(page, 'In progress').getByRole('link', { name: 'Harbour cranes' }).waitFor();
    await becomes(
      async () => (await readPov(await app.as('manager'), made['cranes']!.id)).status,
      'IN_PROGRESS',
      'the status',
    );
  });
});

describe('the page of a POV', () => {
  it('[POV-090] a salesperson who is its project manager opens every tab without an error', async () => {
    const page = await openPage(app, 'sales');
    await visit(page, `/povs/${running.id}`);
    const tabs = page.getByRole('navigation', { name: 'Parts of the POV' }).getByRole('link');
    const names = (await tabs.allInnerTexts()).map(text => text.replace(/\s*\d+$/, '').trim());
    const wanted = ['Overview', 'Team', 'Phases', 'Milestones', 'KPIs', 'Approvals', 'Launch', 'Activity'];
    expect(wanted.filter(name => !names.includes(name))).toEqual([]);
    const shown: Record<string, string> = {
      Overview: 'What comes next',
      Team: 'Sales Example',
      Phases: 'Installation',
      Milestones: 'Plant connected',
      KPIs: 'Less waste',
      Approvals: 'Sales2 Example',
      Launch: 'Budget approved',
      Activity: 'created Cold-chain telemetry',
    };
    const refused: string[] = [];
    page.on('response', answer => {
      if (answer.status() >= 400) refused.push(`${answer.status()} ${answer.url()}`);
    });
    for (const name of names) {
      await tabs.filter({ hasText: name }).first().click();
      await page.locator('#main').getByText(shown[name] ?? running.title).first().waitFor();
      expect(await page.locator('#main').getByRole('alert').allInnerTexts()).toEqual([]);
    }
    expect(refused).toEqual([]);
  });

  it('[POV-004] [POV-038] a blocker is written down, while critical keeps it stalled, and is resolved', async () => {
    const manager = await app.as('manager');
    const known = { title: 'Crane is late', vendor: 'Konecranes' };
    const texts = { blockers: [known], documents: [{ name: 'Offer', url: 'https://a.example/offer' }] };
    const pov = await newPov(manager, { title: 'Pump house', resources: { rigs: 2 }, ...texts });
    await join(manager, pov.id, app.tenant.users.sales4, 'PROJECT_MANAGER');
    for (const to of ['IN_PROGRESS', 'STALLED'])
      expect((await manager.post(`/api/povs/${pov.id}/transitions`, { to, reason: 'No way in' })).status).toBe(200);
    const page = await openPage(app, 'manager');
    await visit(page, `/povs/${pov.id}`);
    const edit = async (work: (form: Locator) => Promise<void>): Promise<void> => {
      await page.keyboard.press('e');
      const form = page.getByRole('dialog', { name: 'Edit Pump house' });
      await work(form);
      await form.getByRole('button', { name: 'Save' }).click();
      await form.waitFor({ state: 'detached' });
    };
    await edit(async form => {
      await form.getByRole('button', { name: 'Add a blocker' }).click();
      await form.getByLabel('Blocker 2').fill('No VPN');
      await form.getByRole('listitem', { name: 'No VPN' }).getByRole('checkbox', { name: 'Critical' }).click();
      await form.getByLabel('Documents').fill('Offer\nDrawing');
      await form.getByLabel('Support tickets').fill('T-17');
      await form.getByLabel('Partner', { exact: true }).fill('Nordic Pumps');
      await form.getByLabel('Budget document').fill('B-2027');
      // An object of an integration is no list of lines.
      expect(await form.getByLabel('Resources').count()).toBe(0);
    });
    const main = page.locator('#main');
    await main.getByRole('listitem').filter({ hasText: 'No VPN' }).getByText('Critical').first().waitFor();
    await main.getByText('Nordic Pumps').first().waitFor();
    expect(await readPov(manager, pov.id)).toMatchObject({
      blockers: [known, { title: 'No VPN', critical: true }], documents: [...texts.documents, 'Drawing'],
      supportTickets: ['T-17'], partnerName: 'Nordic Pumps', budgetDocument: 'B-2027', resources: { rigs: 2 },
    });
    const resume = async (): Promise<Locator> => {
      await page.getByRole('button', { name: 'Status', exact: true }).click();
      return page.getByRole('menu').getByRole('menuitem', { name: /^Resume/ });
    };
    expect(await (await resume()).getAttribute('aria-disabled')).toBe('true');
    await page.getByRole('menu').getByText('No critical blocker may be open').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    const box = { name: 'Resolved' };
    await edit(form => form.getByRole('listitem', { name: 'No VPN' }).getByRole('checkbox', box).click());
    await main.getByRole('listitem').filter({ hasText: 'No VPN' }).getByText('Resolved').first().waitFor();
    await (await resume()).click();
    await page.getByRole('dialog', { name: 'Resume: Pump house' }).getByRole('button', { name: 'Resume' }).click();
    await becomes(async () => (await readPov(manager, pov.id)).status, 'IN_PROGRESS', 'the status');
    const resolved = { title: 'No VPN', critical: true, resolved: true };
    expect((await readPov(manager, pov.id)).blockers).toEqual([known, resolved]);
  });
});
