import { readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Comment } from '../../domain/crm/comment.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newAccount, newContact, newTask, withAccountTypes } from '../kit/crm.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { becomes } from './web.fixture.ts';

/** One search over everything, and files where people work. */
let app: App, manager: Client, account: string;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  manager = await app.as('manager');
  account = (await newAccount(manager, { accountName: 'Halvorsen Foods', industry: 'Food' })).id;
  await newContact(manager, { accountId: account, firstName: 'Kari', lastName: 'Müller', workPhone: '555-123-4567' });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

async function pictures(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  const shoot = (look: string): Promise<unknown> => page.screenshot({ path: join(folder, `${name}-${look}.png`) });
  await shoot('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('dark');
  await page.setViewportSize({ width: 375, height: 812 });
  await shoot('phone');
}
const offer = { name: 'Offer.pdf', mimeType: 'application/pdf', buffer: Buffer.from('An offer') };

it('the palette finds records in spite of a slip, and leads to them and to the page of the search', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/dashboard');
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: 'Search or jump to' });
  await palette.waitFor();
  await page.keyboard.type('halvorsne');
  await palette.getByRole('option', { name: /Halvorsen Foods/ }).waitFor();
  await page.keyboard.press('Enter');
  await page.waitForURL(`**/accounts/${account}`);
  await page.keyboard.press('Control+k');
  await page.keyboard.type('555-12');
  await palette.getByRole('option', { name: /Kari Müller/ }).waitFor();
  await palette.getByRole('option', { name: 'All records with “555-12”' }).click();
  await page.waitForURL('**/search?q=555-12');
  await page.getByRole('link', { name: 'Kari Müller' }).waitFor();
});

it('the page of the search shows finds by type, where the words stand, and what is not there', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/search?q=halvorsen');
  await page.getByRole('region', { name: 'Accounts' }).getByRole('link', { name: 'Halvorsen Foods' }).waitFor();
  await pictures(page, 'search');
  const box = page.getByRole('textbox', { name: 'Search all records' });
  await box.fill('muller');
  await page.getByRole('region', { name: 'Contacts' }).getByRole('link', { name: 'Kari Müller' }).waitFor();
  await page.getByRole('navigation', { name: 'What to search' }).getByRole('link', { name: 'Accounts' }).click();
  await page.getByText('Nothing found for “muller”').waitFor();
  await page.waitForURL('**/search?q=muller&type=account');
  await manager.post(`/api/accounts/${account}/comments`, { body: 'They want pallets by rail' });
  await visit(page, '/search?q=pallets');
  const said = page.getByRole('region', { name: 'Comments' }).getByRole('link', { name: 'They want pallets by rail' });
  expect(await said.getAttribute('href')).toBe(`/accounts/${account}/activities`);
});

it('files are added to an account, fetched and deleted', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${account}/files`);
  await page.getByText('No files yet.').waitFor();
  await page.getByLabel('Choose files', { exact: true }).setInputFiles([
    offer, { name: 'run.exe', mimeType: 'application/octet-stream', buffer: Buffer.from('MZ') },
  ]);
  await page.getByText('run.exe: Programs and web pages are not taken').first().waitFor();
  const link = page.getByRole('link', { name: 'Offer.pdf' });
  await link.waitFor();
  await pictures(page, 'files');
  const [download] = await Promise.all([page.waitForEvent('download'), link.click()]);
  const place = join(tmpdir(), `${account}.pdf`);
  await download.saveAs(place);
  const saved = await readFile(place, 'utf8');
  await rm(place);
  expect([download.suggestedFilename(), saved]).toEqual(['Offer.pdf', 'An offer']);
  expect(await page.getByRole('link', { name: 'run.exe' }).count()).toBe(0);
  await page.getByRole('button', { name: 'Delete Offer.pdf' }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByText('No files yet.').waitFor();
});

it('a comment on a task takes a file, which then stands on the task too', async () => {
  const task = await newTask(manager, { title: 'Send the offer' });
  const page = await openPage(app, 'manager');
  await visit(page, `/tasks?task=${task.id}`);
  await page.getByLabel('New comment').fill('Here it is');
  await page.getByLabel('Choose files for the comment').setInputFiles([offer]);
  await page.getByText('Offer.pdf').waitFor();
  await page.getByRole('button', { name: 'Comment', exact: true }).click();
  await page.getByRole('region', { name: 'Comments' }).getByRole('link', { name: 'Offer.pdf' }).waitFor();
  await page.getByRole('region', { name: 'Files' }).getByRole('link', { name: 'Offer.pdf' }).waitFor();
  const { body } = await manager.get<{ items: Comment[] }>(`/api/crm/tasks/${task.id}/comments`);
  expect(body.items).toMatchObject([{ body: 'Here it is', files: [{ name: 'Offer.pdf' }] }]);
  await pictures(page, 'task-with-file');
});

it('what comes by mail is chosen by switches that stay', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/settings/notifications');
  await page.getByRole('switch', { name: 'A reminder that I asked for' }).click();
  const kept = async (): Promise<string> =>
    (await manager.get<{ events: string[] }>('/api/mail-preferences')).body.events.join();
  await becomes(kept, 'task-reminder', 'what comes by mail');
  await pictures(page, 'mail-settings');
});
