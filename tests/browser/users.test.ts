import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import type { User } from '../../domain/platform/identity/user.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { closeBrowser, closePages, openPage, signInByForm, visit, type OpenPage } from '../kit/page.ts';
import type { Listed } from '../kit/pov.fixture.ts';
import { becomes, seriousFindings } from './web.fixture.ts';

/** Who may sign in, as administrators keep it. */
let app: App, admin: Client;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  admin = await app.as('admin');
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const table = (page: OpenPage) => page.getByRole('table', { name: 'Users' });
const userOf = async (name: keyof App['tenant']['users']): Promise<User> =>
  (await admin.get<User>(`/api/admin/users/${app.tenant.users[name]}`)).body;
const found = async (username: string): Promise<User | undefined> =>
  (await admin.get<Listed<User>>(`/api/admin/users?q=${username}`)).body.items[0];

it('[PLT-040] users are found by the server, filtered and sorted, and the address holds it', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/users');
  await table(page).getByText('Readonly Example').waitFor();
  await page.keyboard.press('/');
  await page.keyboard.type('sales3');
  await table(page).getByText('Readonly Example').waitFor({ state: 'detached' });
  expect(await table(page).getByText('Sales3 Example').count()).toBe(1);
  await page.waitForURL('**/admin/users?q=sales3');
  await page.getByRole('button', { name: 'Clear search' }).click();
  await page.locator('#main').getByRole('button', { name: 'Role', exact: true }).first().click();
  await page.getByRole('menuitemcheckbox', { name: 'Accounting' }).click();
  await becomes(() => table(page).locator('tbody tr').count(), 1, 'the number of accountants');
  await page.waitForURL('**/admin/users?role=ACCOUNTING');
  await visit(page, '/admin/users?q=nobody-like-this');
  await page.getByText('Nobody fits').waitFor();
  await page.getByRole('link', { name: 'Clear all filters' }).click();
  await table(page).getByRole('button', { name: 'User name' }).click();
  await page.waitForURL('**/admin/users?sort=username');
  const first = async (): Promise<boolean> =>
    (await table(page).locator('tbody tr').first().innerText()).includes('Accounting');
  await becomes(first, true, 'whether the first by user name is accounting');
});

it('[PLT-040] a user is added, signs in, is changed by the keyboard; the trail leads to the audit log', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/users');
  await page.getByRole('button', { name: 'New user' }).click();
  const panel = page.getByRole('dialog', { name: 'New user' });
  await panel.getByRole('button', { name: 'Add user' }).click();
  await panel.getByText('must not be blank').first().waitFor();
  await panel.getByLabel('Name', { exact: true }).or(panel.getByLabel(/^Name/)).first().fill('Nora Lindholm');
  await panel.getByLabel(/^User name/).fill('nora');
  await panel.getByLabel(/^E-mail/).fill('nora@example.com');
  await panel.getByRole('textbox', { name: 'Password' }).fill('a long enough one');
  await panel.getByLabel(/^Role/).click();
  // An administrator may not give more than they have.
  expect(await page.getByRole('option', { name: /Super admin/ }).innerText()).toContain('may do more than you');
  await page.getByRole('option', { name: 'Accounting' }).click();
  expect(await seriousFindings(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Add user' }).click();
  await panel.waitFor({ state: 'detached' });
  await table(page).getByText('Nora Lindholm').waitFor();
  expect(await found('nora')).toMatchObject({ role: 'ACCOUNTING', active: true, email: 'nora@example.com' });

  const hers = await openPage(app);
  await hers.goto(`/auth/signin?tenant=${app.tenant.slug}&next=/notifications`);
  await signInByForm(hers, 'nora', 'a long enough one');
  await hers.waitForURL('**/notifications');

  await table(page).getByRole('link', { name: 'Nora Lindholm' }).press('Enter');
  const edit = page.getByRole('dialog', { name: 'Nora Lindholm' });
  await edit.getByLabel(/^E-mail/).fill('manager@example.com');
  await page.keyboard.press('Control+Enter');
  await edit.getByText(/taken|in use|already/i).waitFor();
  await edit.getByLabel(/^E-mail/).fill('nora.lindholm@example.com');
  await page.keyboard.press('Control+Enter');
  await edit.waitFor({ state: 'detached' });
  expect(await found('nora')).toMatchObject({ email: 'nora.lindholm@example.com' });
  await table(page).getByRole('button', { name: 'More about Nora Lindholm' }).click();
  await page.getByRole('menuitem', { name: 'What was changed about them' }).click();
  await page.waitForURL(/\/admin\/audit\?recordId=/);
  await page.getByRole('table', { name: 'Audit log' }).getByText('Admin Example').first().waitFor();
  page.expectErrors(/400|409/);
});

it('[PLT-040] whoever leaves is deactivated, keeps the name, and comes back by "Undo"', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/users');
  await page.getByRole('button', { name: 'More about Sales4 Example' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  const question = page.getByRole('dialog', { name: 'Deactivate Sales4 Example?' });
  expect(await seriousFindings(page)).toEqual([]);
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await question.waitFor({ state: 'detached' });
  const row = page.getByRole('row').filter({ hasText: 'Sales4 Example' });
  await row.getByText('Deactivated').waitFor();
  expect(await userOf('sales4')).toMatchObject({ active: false, fullName: 'Sales4 Example' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.getByText('Active', { exact: true }).waitFor();
});

it('[PLT-025] the lost app of a user is forgotten: the password alone lets them in', async () => {
  const { secret } = (await (await app.as('sales4')).post<{ secret: string }>('/api/auth/second-factor')).body;
  const code = new TOTP({ secret: Secret.fromBase32(secret) }).generate();
  expect((await (await app.as('sales4')).post('/api/auth/second-factor/confirm', { code })).status).toBe(200);
  await expect(app.as('sales4')).rejects.toThrow('second-factor');
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/users');
  await page.getByRole('button', { name: 'More about Sales4 Example' }).click();
  await page.getByRole('menuitem', { name: 'Forget their authenticator app' }).click();
  const question = page.getByRole('dialog', { name: 'Forget the authenticator app of Sales4 Example?' });
  await question.getByRole('button', { name: 'Forget the app' }).click();
  await question.waitFor({ state: 'detached' });
  expect((await (await app.as('sales4')).get('/api/auth/session')).status).toBe(200);
});

it('[PLT-043] the last active administrator stays, and the page says why', async () => {
  const page = await openPage(app, 'admin');
  page.expectErrors(/409/);
  await visit(page, '/admin/users');
  await page.getByRole('button', { name: 'More about Admin Example' }).click();
  await page.getByRole('menuitem', { name: 'Deactivate' }).click();
  const question = page.getByRole('dialog', { name: 'Deactivate Admin Example?' });
  await question.getByText('This is you').waitFor();
  // Meanwhile the other one goes, which this page does not know yet.
  const boss = await app.as('superadmin');
  expect((await boss.delete(`/api/admin/users/${app.tenant.users.superadmin}`)).status).toBe(204);
  await question.getByRole('button', { name: 'Deactivate' }).click();
  await question.getByRole('alert').getByText('The last active administrator cannot be removed.').waitFor();
  await question.getByRole('button', { name: 'Cancel' }).click();

  await page.getByRole('button', { name: 'More about Admin Example' }).click();
  const item = page.getByRole('menuitem', { name: 'Deactivate' });
  await item.getByText('The last active administrator cannot be removed').waitFor();
  await page.keyboard.press('Escape');
  await visit(page, `/admin/users?user=${app.tenant.users.admin}`);
  const panel = page.getByRole('dialog', { name: 'Admin Example' });
  await panel.getByText('The last active administrator cannot be removed.').waitFor();
  expect(await panel.getByRole('switch', { name: /Active/ }).isDisabled()).toBe(true);
  expect((await userOf('admin')).active).toBe(true);
});

it('[PLT-040] who may not manage users gets the page that says so, and no menu entry', async () => {
  const page = await openPage(app, 'manager');
  page.expectErrors(/403/);
  await visit(page, '/admin/users');
  await page.locator('#main').getByText(/permission|may not/i).first().waitFor();
  const menu = page.getByRole('navigation', { name: 'Main' }).first();
  expect(await menu.getByRole('link', { name: 'Users' }).count()).toBe(0);
});
