import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { bootApp, type App } from '../kit/app.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';

/** The pages of records that are only declared, by the example of warehouses. */
let app: App;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `plain-${name}.png`) });
};
const field = (page: Page, name: string) => page.locator(`[data-field="${name}"]`);

it('a warehouse is made by the form, changed in place and by the form, found, deleted and brought back', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/warehouses');
  await page.getByText('No warehouses found').waitFor();
  await page.getByRole('link', { name: 'New warehouse' }).first().click();
  const form = page.getByRole('dialog', { name: 'New warehouse' });
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText('This field is required').or(form.getByText(/must|is required/i)).first().waitFor();
  const typed = {
    'Name': 'Oslo central', 'Code': 'WH-OSL', 'Street and number': 'Alnabruveien 14', 'Postal code': '0668',
    'City': 'Oslo', 'Country': 'Norway',
  };
  for (const [label, value] of Object.entries(typed)) await form.getByLabel(label, { exact: true }).fill(value);
  await form.getByLabel('Manager').pressSequentially('Sales Ex');
  await page.getByRole('option', { name: 'Sales Example' }).click();
  await picture(page, 'form');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Oslo central', level: 1 }).waitFor();
  await field(page, 'managerId').getByText('Sales Example').waitFor();
  await field(page, 'isActive').getByText('Yes').waitFor();

  await field(page, 'city').hover();
  await page.getByRole('button', { name: 'Edit City' }).click();
  await field(page, 'city').getByRole('textbox').fill('Bergen');
  const kept = page.waitForResponse(answer => answer.request().method() === 'PATCH');
  await page.keyboard.press('Enter');
  await field(page, 'city').getByText('Bergen').waitFor();
  await kept;
  await picture(page, 'page');
  await page.getByRole('link', { name: 'Edit', exact: true }).click();
  const change = page.getByRole('dialog', { name: 'Edit Oslo central' });
  await change.getByLabel('Name', { exact: true }).fill('Bergen central');
  await change.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Bergen central', level: 1 }).waitFor();
  await page.getByRole('link', { name: 'History' }).click();
  await page.getByText('Bergen central').last().waitFor();
  await picture(page, 'history');

  await visit(page, '/warehouses?q=bergen');
  await page.getByRole('link', { name: 'Bergen central' }).waitFor();
  await picture(page, 'list');
  await page.getByRole('link', { name: 'Bergen central' }).click();
  await page.getByRole('heading', { name: 'Bergen central', level: 1 }).waitFor();
  await page.getByRole('button', { name: 'More' }).last().click();
  await page.getByRole('menuitem', { name: 'Delete…' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Delete' }).click();
  await page.getByText('No warehouses found').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('link', { name: 'Bergen central' }).waitFor();
});

it('a choice that may be without a value is emptied in its form', async () => {
  const manager = await app.as('manager');
  const sent = { name: 'Reminder', subject: 'Soon', body: 'It is due.', notification: 'task-reminder' };
  const { status, body: { id } } = await manager.post<{ id: string }>('/api/email-templates', sent);
  expect(status).toBe(201);
  const page = await openPage(app, 'manager');
  await visit(page, `/email-templates/${id}?edit`);
  const form = page.getByRole('dialog');
  await form.getByLabel('Mails of').click();
  await page.getByRole('option', { name: '–', exact: true }).click();
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });
  expect((await manager.get(`/api/email-templates/${id}`)).body).toMatchObject({ notification: null });
});

it('who may not create has no button for it, and is told so at its address; other addresses are unknown', async () => {
  const page = await openPage(app, 'sales');
  page.expectErrors(/status of 40[34]/);
  await visit(page, '/warehouses');
  await page.getByText('Oslo').or(page.getByText('Bergen central')).first().waitFor();
  expect(await page.getByRole('link', { name: 'New warehouse' }).count()).toBe(0);
  expect((await page.goto('/warehouses/new'))?.status()).toBe(403);
  expect((await page.goto('/depots'))?.status()).toBe(404);
  expect((await page.goto('/warehouses/nothing'))?.status()).toBe(404);
});
