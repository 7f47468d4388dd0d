import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { bootApp, type App } from '../kit/app.ts';
import { closeBrowser, closePages, openPage, visit, type OpenPage } from '../kit/page.ts';
import { seriousFindings } from './web.fixture.ts';

/** Keys for programs: everybody's own, and all of them for administrators. */
let app: App;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const table = (page: OpenPage) => page.getByRole('table', { name: 'API keys' });
const asked = async (key: string): Promise<number> =>
  (await fetch(`${app.url}/api/povs`, { headers: { Authorization: `Bearer ${key}` } })).status;

it('[PLT-027] somebody makes a key, sees it once, uses it, and revokes it', async () => {
  const page = await openPage(app, 'sales', { permissions: ['clipboard-read', 'clipboard-write'] });
  await visit(page, '/dashboard');
  await page.getByRole('button', { name: /Sales Example, Salesperson: account/ }).click();
  await page.getByRole('menuitem', { name: 'My API keys' }).click();
  await page.getByText('No keys yet').waitFor();
  await page.getByRole('button', { name: 'New key' }).first().click();
  const form = page.getByRole('dialog', { name: 'New API key' });
  expect(await form.getByLabel('Acts as').count()).toBe(0);
  await form.getByLabel(/^Name/).fill('Nightly export');
  await form.getByLabel(/^Role/).click();
  expect(await page.getByRole('option').allInnerTexts()).toEqual(['Salesperson', 'Read only']);
  await page.getByRole('option', { name: 'Read only' }).click();
  expect(await seriousFindings(page)).toEqual([]);
  await form.getByRole('button', { name: 'Make key' }).click();

  const shown = page.getByRole('dialog', { name: 'Nightly export: your new key' });
  const key = await shown.getByLabel('The key').inputValue();
  await shown.getByRole('button', { name: 'Copy' }).click();
  await shown.getByRole('button', { name: 'Copied' }).waitFor();
  expect(await page.evaluate('navigator.clipboard.readText()')).toBe(key);
  expect(await seriousFindings(page)).toEqual([]);
  await shown.getByRole('button', { name: 'Done' }).click();
  const row = table(page).getByRole('row').filter({ hasText: 'Nightly export' });
  await row.getByText('never').first().waitFor();
  expect(await page.content()).not.toContain(key);

  expect(await asked(key)).toBe(200);
  await visit(page, '/settings/api-keys');
  await row.getByText('Active').waitFor();
  await row.getByRole('button', { name: 'Revoke Nightly export' }).click();
  await page.getByRole('dialog', { name: 'Revoke Nightly export?' }).getByRole('button', { name: 'Revoke' }).click();
  await row.waitFor({ state: 'detached' });
  expect(await asked(key)).toBe(401);
  await page.getByRole('link', { name: 'Ended' }).click();
  await row.getByText('Revoked').waitFor();
});

it('[PLT-027] an administrator sees all keys, makes one for somebody, and revokes another’s', async () => {
  const manager = await app.as('manager');
  const { status } = await manager.post('/api/api-keys', { name: 'Board on the wall' });
  expect(status).toBe(201);
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/api-keys');
  const row = table(page).getByRole('row').filter({ hasText: 'Board on the wall' });
  await row.getByText('Manager Example').waitFor();
  await page.getByRole('button', { name: 'New key' }).click();
  const form = page.getByRole('dialog', { name: 'New API key' });
  await form.getByLabel(/^Name/).fill('Accounting bridge');
  await form.getByRole('combobox', { name: /^Acts as/ }).fill('Accounting');
  await page.getByRole('option', { name: 'Accounting Example' }).click();
  await form.getByLabel(/^Role/).click();
  expect(await page.getByRole('option', { name: /Super admin/ }).innerText()).toContain('may do more than you');
  await page.getByRole('option', { name: 'Accounting' }).click();
  await form.getByLabel(/^Expires in/).click();
  await page.getByRole('option', { name: 'Never' }).click();
  await form.getByRole('button', { name: 'Make key' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Done' }).click();
  await table(page).getByRole('row').filter({ hasText: 'Accounting bridge' }).getByText('Accounting Example').waitFor();
  await row.getByRole('button', { name: 'Revoke Board on the wall' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke', exact: true }).click();
  await row.waitFor({ state: 'detached' });
  const other = await openPage(app, 'manager');
  other.expectErrors(/403/);
  await visit(other, '/admin/api-keys');
  await other.locator('#main').getByText('Your role may only see your own API keys.').waitFor();
});

it('an administrator adds a webhook, sees its secret once, sends a test, and switches it off', async () => {
  const page = await openPage(app, 'admin');
  page.expectErrors(/400/);
  await visit(page, '/admin/webhooks');
  await page.getByText('No webhooks yet').waitFor();
  await page.getByRole('button', { name: 'New webhook' }).click();
  const form = page.getByRole('dialog', { name: 'New webhook' });
  await form.getByLabel('Address').fill('https://localhost/hooks');
  await form.getByRole('button', { name: 'Create' }).click();
  await form.getByText('must not lie in a private network').waitFor();
  await form.getByLabel('Address').fill('https://erp.example.com/hooks');
  await form.getByLabel('Events').fill('crm.contact.*\npov.*');
  await form.getByRole('button', { name: 'Create' }).click();
  const shown = page.getByRole('dialog', { name: 'Webhook: your new secret' });
  expect(await shown.getByLabel('The secret').inputValue()).toMatch(/^whsec_/);
  await shown.getByRole('button', { name: 'Done' }).click();
  const card = page.getByRole('article', { name: 'https://erp.example.com/hooks' });
  await card.getByText('crm.contact.*, pov.*').waitFor();
  await card.getByRole('button', { name: 'Send a test' }).click();
  await page.getByText('The test is on its way').waitFor();
  await card.getByText('Nothing yet.').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await card.getByRole('button', { name: 'Edit' }).click();
  const edit = page.getByRole('dialog', { name: 'Edit webhook' });
  await edit.getByLabel('Active').click();
  await edit.getByRole('button', { name: 'Save' }).click();
  await card.getByText('Off', { exact: true }).waitFor();
});
