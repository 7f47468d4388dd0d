import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import { closeBrowser, closePages, openPage, visit, type OpenPage } from '../kit/page.ts';
import { newPov, newTemplate, readPov, type Listed } from '../kit/pov.fixture.ts';
import { requestsOf, sentence } from './web.fixture.ts';

let app: App, pov: Pov;
beforeAll(async () => {
  app = await bootApp({ web: true });
  pov = await newPov(await app.as('manager'), { title: 'Cold-chain telemetry' });
  await newTemplate(await app.as('admin'), ['Initiation'], { name: 'Standard', isDefault: true });
  await app.settled();
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});
const go = (page: OpenPage, name: string) =>
  page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
const countOf = async (title: string): Promise<number> =>
  (await (await app.as('admin')).get<Listed<Pov>>(`/api/povs?q=${encodeURIComponent(title)}`)).body.total;

describe('a load that fails', () => {
  it('[PLT-115] without a body is told by its status text, and can be tried again', async () => {
    const page = await openPage(app, 'manager');
    page.expectErrors(/status of 502/);
    await visit(page, '/notifications');
    await page.route('**/api/povs?**', route => route.fulfill({ status: 502, body: '' }));
    await go(page, 'POVs');
    const notice = page.getByRole('alert').filter({ hasText: 'API Error: Bad Gateway' });
    await notice.waitFor();
    await page.unroute('**/api/povs?**');
    await notice.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('link', { name: pov.title }).first().waitFor();
  });

  it('[POV-070] of phase templates tells Failed to fetch phases', async () => {
    const page = await openPage(app, 'admin');
    page.expectErrors(/status of 500/);
    await visit(page, '/notifications');
    await page.route('**/api/admin/phases**', route => route.fulfill({ status: 500, json: { error: 'boom' } }));
    await go(page, 'Phase templates');
    await page.getByRole('alert').filter({ hasText: 'Failed to fetch phases' }).waitFor();
    await page.unroute('**/api/admin/phases**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await page.getByRole('table', { name: 'Phase templates' }).getByText('Standard').waitFor();
  });

  it('[PLT-066] a lost stream is told, and what was missed appears when it is back', async () => {
    const page = await openPage(app, 'manager');
    page.expectErrors(/ERR_|Failed to load/);
    await page.route('**/api/stream', route => route.abort());
    await visit(page, `/povs/${pov.id}`);
    await page.getByRole('status').getByText('Reconnecting').waitFor();
    await (await app.as('manager')).patch(`/api/povs/${pov.id}`, { customerName: 'Northwind' });
    await page.unroute('**/api/stream');
    await page.locator('#main header').getByText('Northwind').waitFor();
    await page.getByRole('status').getByText('Reconnecting').waitFor({ state: 'detached' });
  });
});

describe('a save that fails', () => {
  it('[PLT-116] keeps the input and says so, with a 500 and without network; then makes one POV', async () => {
    const page = await openPage(app, 'manager');
    page.expectErrors(/status of 500|ERR_/);
    await visit(page, '/povs/new');
    await page.getByLabel('Title').fill('Line balancing');
    await page.getByLabel('Objective').fill('Two shifts, one line');
    const create = page.locator('#main').getByRole('button', { name: /^Create/ });
    const kept = async (): Promise<void> => {
      expect(await page.getByLabel('Title').inputValue()).toBe('Line balancing');
      expect(await page.getByLabel('Objective').inputValue()).toBe('Two shifts, one line');
    };
    const sent = requestsOf(page, path => path === '/api/povs');
    await page.route('**/api/povs', route =>
      route.fulfill({
        status: 500,
        contentType: 'application/problem+json',
        json: { detail: 'Something went wrong here', requestId: 'r-17' },
      }),
    );
    await create.click();
    await page.getByText('Something went wrong here').first().waitFor();
    await kept();
    await page.unroute('**/api/povs');
    await page.route('**/api/povs', route => route.abort('internetdisconnected'));
    await create.click();
    await page.getByText('The server cannot be reached').first().waitFor();
    await kept();
    await page.unroute('**/api/povs');
    // The answer gets lost on its way back: the POV is there, the page does not know.
    await page.route(
      '**/api/povs',
      async route => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
    await create.click();
    await page.waitForFunction('document.querySelectorAll("[data-sonner-toast]").length >= 2');
    await page
      .locator('#main')
      .getByRole('button', { name: /^Create/, disabled: false })
      .click();
    await page.waitForURL(/\/povs\/[0-9a-f-]{36}$/);
    expect(sent.filter(s => s.startsWith('POST'))).toHaveLength(4);
    expect(await countOf('Line balancing')).toBe(1);
  });

  it('[PLT-116] brings the reader to the first wrong field and tells it in words', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, '/povs/new');
    const sent = requestsOf(page, path => path === '/api/povs');
    await page.getByLabel('Objective').fill('Kept');
    await page
      .locator('#main')
      .getByRole('button', { name: /^Create/ })
      .click();
    const title = page.getByLabel('Title');
    await page.locator('[aria-invalid="true"]').first().waitFor();
    expect(await title.getAttribute('aria-invalid')).toBe('true');
    expect(await page.locator(':focus').getAttribute('name')).toBe('title');
    expect(await page.getByLabel('Objective').inputValue()).toBe('Kept');
    expect(sent.filter(s => s.startsWith('POST'))).toEqual([]);
  });

  it('[PLT-006] of a version that is no longer the newest keeps the input and lets the reader decide', async () => {
    const page = await openPage(app, 'manager');
    page.expectErrors(/status of 4(09|12)/);
    await visit(page, `/povs/${pov.id}`);
    await page.keyboard.press('e');
    const form = page.getByRole('dialog');
    await form.getByLabel('Objective').fill('Mine');
    const api = await app.as('admin');
    await api.patch(`/api/povs/${pov.id}`, { objective: 'Theirs' });
    await form.getByRole('button', { name: 'Save' }).click();
    await form.getByRole('alert').getByText('Somebody changed this meanwhile').waitFor();
    expect(await form.getByLabel('Objective').inputValue()).toBe('Mine');
    await form.getByRole('button', { name: 'Save over it' }).click();
    await form.waitFor({ state: 'detached' });
    expect((await readPov(api, pov.id)).objective).toBe('Mine');
  });
});

describe('a changed form', () => {
  it('[PLT-119] asks before leaving; staying keeps the input, leaving leaves', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, '/povs');
    await page.getByRole('link', { name: 'New POV' }).first().click();
    await page.getByLabel('Title').fill('Half a thought');
    await go(page, 'Board');
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    expect(page.url()).toBe(`${app.url}/povs/new`);
    expect(await page.getByLabel('Title').inputValue()).toBe('Half a thought');
    await page.evaluate('history.back()');
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'detached' });
    expect(page.url()).toBe(`${app.url}/povs/new`);
    expect(await page.getByLabel('Title').inputValue()).toBe('Half a thought');
    await go(page, 'Board');
    await question.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL('**/povs/board');
  });

  it('[PLT-119] asks before the comment of a decision is left for the next approval', async () => {
    const manager = await app.as('manager');
    const steps = [{ name: 'Engineer', assigneeIds: [app.tenant.users.sales] }];
    for (const title of ['Invoice 1', 'Invoice 2']) {
      const about = { referenceType: 'invoice', referenceId: randomUUID(), title, steps };
      expect((await manager.post('/api/workflows/instances', about)).status).toBe(201);
    }
    await app.settled();
    const page = await openPage(app, 'sales');
    await visit(page, '/inbox');
    const list = page.getByRole('region', { name: 'Approvals' });
    const open = (title: string) => page.getByRole('heading', { level: 1, name: `Approve ${title}?` });
    await list.getByRole('link', { name: /Invoice 1/ }).click();
    await open('Invoice 1').waitFor();
    const comment = page.getByRole('textbox', { name: 'Comment' });
    await comment.fill('The amount is not what we agreed');
    await list.getByRole('link', { name: /Invoice 2/ }).click();
    const question = page.getByRole('dialog', { name: 'Leave without saving?' });
    await question.getByRole('button', { name: 'Stay' }).click();
    await question.waitFor({ state: 'detached' });
    await open('Invoice 1').waitFor();
    expect(await comment.inputValue()).toBe('The amount is not what we agreed');
    // A comment that goes out with its decision is not lost: the list goes on by itself.
    await page.getByRole('button', { name: 'Approve' }).click();
    await open('Invoice 2').waitFor();
    expect(await question.count()).toBe(0);
  });

  it('[PLT-119] asks before the reason in a question is dropped', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, `/povs/${pov.id}`);
    await page.getByRole('button', { name: 'Status', exact: true }).click();
    await page.getByRole('menuitem', { name: /^Record as lost/ }).click();
    const asked = page.getByRole('dialog', { name: `Record as lost: ${pov.title}` });
    const question = page.getByRole('dialog', { name: 'Discard what you typed?' });
    await asked.getByLabel('Reason').fill('They bought elsewhere');
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: 'Keep editing' }).click();
    await question.waitFor({ state: 'detached' });
    expect(await asked.getByLabel('Reason').inputValue()).toBe('They bought elsewhere');
    await asked.getByRole('button', { name: 'Cancel' }).click();
    await question.getByRole('button', { name: 'Discard' }).click();
    await asked.waitFor({ state: 'detached' });
    await visit(page, '/settings/security');
    await page.getByLabel('New password').first().fill('Half a password');
    await go(page, 'Board');
    await page.getByRole('dialog', { name: 'Leave without saving?' }).getByRole('button', { name: 'Stay' }).click();
    expect(await page.getByLabel('New password').first().inputValue()).toBe('Half a password');
  });

  it('[PLT-119] asks when its dialog is closed, and not when nothing was typed', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, `/povs/${pov.id}`);
    await page.keyboard.press('e');
    const form = page.getByRole('dialog', { name: /Edit/ });
    await form.getByLabel('Objective').fill('Half a thought');
    await page.keyboard.press('Escape');
    const question = page.getByRole('dialog', { name: 'Discard what you typed?' });
    await question.getByRole('button', { name: 'Keep editing' }).click();
    expect(await form.getByLabel('Objective').inputValue()).toBe('Half a thought');
    await page.keyboard.press('Escape');
    await question.getByRole('button', { name: 'Discard' }).click();
    await form.waitFor({ state: 'detached' });
    await page.keyboard.press('e');
    await form.waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'detached' });
  });

  it('[PLT-119] asks before the tab is closed', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, '/povs/new');
    await page.getByLabel('Title').fill('Half a thought');
    const asked = page.waitForEvent('dialog');
    await page.close({ runBeforeUnload: true });
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.accept();
  });
});

describe('data', () => {
  it('[POV-091] a POV opened again within 30 s asks for nothing, after that once; it is kept for an hour', async () => {
    const page = await openPage(app, 'manager');
    await page.clock.install();
    await visit(page, '/povs');
    const here = page.locator('#main');
    const open = async (): Promise<void> => {
      await here.getByRole('link', { name: pov.title }).first().click();
      await page.waitForURL(`**/povs/${pov.id}`);
      await sentence(page, /./).waitFor();
      await page.getByRole('navigation', { name: 'Parts of the POV' }).getByRole('link', { name: 'Phases' }).click();
      await page.locator('table[aria-label="Phases"]').waitFor();
    };
    const leave = async (): Promise<void> => {
      await go(page, 'Notifications');
      await page.waitForURL('**/notifications');
      await go(page, 'POVs');
      await page.waitForURL('**/povs');
    };
    await open();
    await leave();
    const asked = requestsOf(page, path => path === `/api/povs/${pov.id}`);
    await page.clock.fastForward(20_000);
    await open();
    expect(asked).toEqual([]);
    await leave();
    await page.clock.fastForward(40_000);
    await open();
    await until('the stale POV was asked for', async () => asked.length > 0);
    await leave();
    expect(asked).toEqual([`GET /api/povs/${pov.id}`]);
    // Its answer does not come: what is shown was kept.
    await page.route(`**/api/povs/${pov.id}`, () => undefined);
    await page.clock.fastForward(58 * 60_000);
    await open();
    await leave();
    await page.clock.fastForward(61 * 60_000);
    await here.getByRole('link', { name: pov.title }).first().click();
    await until('the forgotten POV was asked for', async () => asked.length > 2);
    expect(await sentence(page, /./).count()).toBe(0);
  });

  it('[POV-070] a template that an admin creates is in the list without a reload', async () => {
    const page = await openPage(app, 'admin');
    await visit(page, '/admin/phases');
    await page.evaluate('window.stayed = true');
    const table = page.getByRole('table', { name: 'Phase templates' });
    await table.getByText('Standard').waitFor();
    await page.getByRole('button', { name: 'New template' }).click();
    const form = page.getByRole('dialog', { name: 'New phase template' });
    await form.getByLabel('Name', { exact: true }).first().fill('Short pilot');
    await form.getByLabel('Name', { exact: true }).last().fill('Trial run');
    await form.getByRole('button', { name: 'Create' }).click();
    await form.waitFor({ state: 'detached' });
    await table.getByRole('row').filter({ hasText: 'Short pilot' }).getByText('Trial run').waitFor();
    expect(await page.evaluate('window.stayed')).toBe(true);
    await page.getByRole('button', { name: 'More about Short pilot' }).click();
    await page.getByRole('menuitem', { name: 'Delete' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
    await table.getByText('Short pilot').waitFor({ state: 'detached' });
  });
});
