import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import type { Instance } from '../../../domain/approvals/instance.ts';
import { bootApp, type App } from '../../kit/app.ts';
import { closeBrowser, closePages, openPage, visit } from '../../kit/page.ts';
import { seriousFindings } from '../web.fixture.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ web: true });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

async function asked(title: string): Promise<string> {
  const manager = await app.as('manager');
  const steps = [{ name: 'Engineer', assigneeIds: [app.tenant.users.sales] }];
  const about = { referenceType: 'invoice', referenceId: randomUUID(), title, steps };
  const { body } = await manager.post<Instance>('/api/workflows/instances', about);
  await app.settled();
  return body.id;
}

it('an approver hands an approval over; who gets it reads why, and decides for them', async () => {
  const id = await asked('Invoice 7');
  const page = await openPage(app, 'sales');
  await visit(page, `/inbox/${id}`);
  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Hand over…' }).click();
  const form = page.getByRole('dialog', { name: 'Hand this approval over' });
  await form.getByRole('combobox', { name: /^To/ }).fill('Sales2');
  await page.getByRole('option', { name: 'Sales2 Example' }).click();
  await form.getByLabel(/^Comment/).fill('I am at the fair');
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Hand over' }).click();
  await page.getByText('Invoice 7: Sales2 Example decides').waitFor();

  const other = await openPage(app, 'sales2', { viewport: { width: 375, height: 812 } });
  await visit(other, '/inbox');
  await other.getByText('for Sales Example').first().waitFor();
  await other.getByRole('link', { name: /Invoice 7/ }).click();
  await other.getByText('Sales Example handed it to you: “I am at the fair”').waitFor();
  await other.getByRole('button', { name: 'Approve' }).click();
  const done = await openPage(app, 'sales2');
  await visit(done, `/inbox/${id}`);
  await done.getByText('approved Invoice 7 (Engineer) for Sales Example').waitFor();
  await done.getByText('handed Invoice 7 (Engineer) to Sales2 Example').waitFor();
});

it('[APR-031] what is on its way when somebody decides by key does not break the page', async () => {
  const [first, next] = [await asked('Invoice 21'), await asked('Invoice 22')];
  const page = await openPage(app, 'sales');
  await visit(page, `/inbox/${first}`);
  await page.getByRole('heading', { name: /Approve Invoice 21/ }).waitFor();
  let release = (): void => {};
  const held = new Promise<void>(resolve => (release = resolve));
  await page.route(`**/api/workflows/instances/${next}`, async route => {
    await held;
    await route.continue().catch(() => undefined);
  });
  const sent = page.waitForRequest(`**/api/workflows/instances/${next}`);
  await page.getByRole('link', { name: /Invoice 22/ }).click();
  await sent;
  await page.getByRole('heading', { name: /Approve Invoice 22/ }).waitFor();
  await page.keyboard.press('a');
  await page.getByRole('list', { name: 'Decided today' }).getByText('Invoice 22').first().waitFor();
  release();
  await visit(page, `/inbox/${next}`);
  await page.getByText('Sales Example approved Invoice 22').first().waitFor();
});

it('somebody names a stand-in for some days, who has their approvals in the inbox, and takes it back', async () => {
  await asked('Order 9');
  const page = await openPage(app, 'sales');
  await visit(page, '/dashboard');
  await page.getByRole('button', { name: /Sales Example, Salesperson: account/ }).click();
  await page.getByRole('menuitem', { name: 'Stand-ins' }).click();
  await page.getByRole('button', { name: 'New stand-in' }).click();
  const form = page.getByRole('dialog', { name: 'New stand-in' });
  await form.getByRole('combobox', { name: /^Stand-in/ }).fill('Sales3');
  await page.getByRole('option', { name: 'Sales3 Example' }).click();
  // Day, month and year of the first day, then those of the last.
  await form.getByRole('spinbutton').nth(3).click();
  await page.keyboard.type('30112026');
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Save' }).click();
  const row = page.getByRole('listitem').filter({ hasText: 'Sales3 Example' });
  await row.getByText('Now').waitFor();

  const other = await openPage(app, 'sales3');
  await visit(other, '/inbox');
  await other.getByText('for Sales Example').first().waitFor();
  await other.getByText('You stand in for Sales Example, who is asked as Engineer').waitFor();
  await visit(other, '/settings/stand-ins');
  await other.getByText('You stand in', { exact: true }).waitFor();

  await row.getByRole('button', { name: 'More for Sales3 Example' }).click();
  await page.getByRole('menuitem', { name: 'Remove…' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click();
  await page.getByText('No stand-ins').waitFor();
  await visit(other, '/inbox');
  await other.getByText('You are up to date').filter({ visible: true }).first().waitFor();
});
