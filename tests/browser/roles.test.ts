import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { RoleView } from '../../domain/platform/identity/role.contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client, ProblemBody } from '../kit/client.ts';
import { closeBrowser, closePages, openPage, visit, type OpenPage } from '../kit/page.ts';
import { password } from '../kit/people.ts';
import type { Listed } from '../kit/pov.fixture.ts';
import { seriousFindings } from './web.fixture.ts';

/** What people may do, as administrators keep it. */
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

const roleOf = async (code: string): Promise<RoleView> =>
  (await admin.get<Listed<RoleView>>('/api/admin/roles?pageSize=100')).body.items.find(r => r.code === code)!;
const cell = (page: OpenPage, name: string) => page.getByRole('radio', { name, exact: true });

it('[PLT-041] roles say how many have them, and lead there', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/roles');
  const row = page.getByRole('table', { name: 'Roles' }).getByRole('row').filter({ hasText: 'Salesperson' });
  await row.getByText('Built-in').waitFor();
  await row.getByRole('link', { name: '4', exact: true }).click();
  await page.waitForURL('**/admin/users?role=SALESPERSON');
  await page.getByRole('table', { name: 'Users' }).getByText('Sales4 Example').waitFor();
});

it('[PLT-025] a role asks for a second factor, also that of administrators', async () => {
  const page = await openPage(app, 'admin');
  for (const code of ['READ_ONLY', 'SUPER_ADMIN']) {
    await visit(page, `/admin/roles/${(await roleOf(code)).id}`);
    await page.getByRole('switch', { name: 'Ask for a second factor' }).click();
    await page.getByText('sets one up at their next sign-in').waitFor();
    const bar = page.getByRole('region', { name: 'Unsaved changes' });
    await bar.getByRole('button', { name: 'Save' }).click();
    await bar.waitFor({ state: 'detached' });
    expect((await roleOf(code)).secondFactor).toBe(true);
  }
  const signIn = { username: 'readonly', password, tenant: app.tenant.slug };
  const { status, body } = await app.anonymous.post<ProblemBody>('/api/auth/signin', signIn);
  expect([status, body.code]).toEqual([401, 'second-factor-enrolment']);
});

it('[PLT-036, PLT-041] a role is copied, narrowed, given; its users’ next requests follow it', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, `/admin/roles/${(await roleOf('SALES_MANAGEMENT')).id}`);
  await page.getByRole('button', { name: 'Copy as a new role' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(/^Name/).fill('Regional lead');
  expect(await seriousFindings(page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Copy', exact: true }).click();
  await page.getByRole('heading', { level: 1, name: 'Regional lead' }).waitFor();
  await page.getByText('Custom').first().waitFor();
  const made = await roleOf('REGIONAL_LEAD');
  expect(made.permissions).toEqual((await roleOf('SALES_MANAGEMENT')).permissions);

  const { userId } = await app.as('sales4');
  expect((await admin.patch(`/api/admin/users/${userId}`, { role: 'REGIONAL_LEAD' })).status).toBe(200);
  const lead = await app.as('sales4');
  expect((await lead.get('/api/users')).status).toBe(200);
  expect(await cell(page, 'Read User: All').isChecked()).toBe(true);
  await cell(page, 'Read User: None').click();
  await cell(page, 'Read POV: All').focus();
  await page.keyboard.press('ArrowLeft');
  await page.getByText('was all').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await bar.waitFor({ state: 'detached' });
  expect((await lead.get('/api/users')).status).toBe(403);
  expect((await roleOf('REGIONAL_LEAD')).permissions).toContainEqual({ subject: 'pov', action: 'read', scope: 'team' });

  // In use it stays, with the reason; afterwards it goes.
  await visit(page, `/admin/roles/${made.id}`);
  const remove = page.getByRole('button', { name: 'Delete' });
  expect(await remove.getAttribute('aria-disabled')).toBe('true');
  await page.getByText('1 active user has this role').first().waitFor({ state: 'attached' });
  await admin.patch(`/api/admin/users/${userId}`, { active: false });
  await visit(page, `/admin/roles/${made.id}`);
  await remove.click();
  const question = page.getByRole('dialog', { name: 'Delete the role Regional lead?' });
  page.expectErrors(/409/);
  await question.getByRole('button', { name: 'Delete' }).click();
  await question.getByRole('alert').getByText('Users have this role').waitFor();
  await admin.patch(`/api/admin/users/${userId}`, { active: true, role: 'SALESPERSON' });
  await question.getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL('**/admin/roles');
  await page.getByText('Regional lead is deleted').waitFor();
  expect(await roleOf('REGIONAL_LEAD')).toBeUndefined();
});

it('[PLT-041] what cannot be changed or given is closed, and says why', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, `/admin/roles/${(await roleOf('ADMIN')).id}`);
  await page.getByText('The permissions of administrators cannot be changed').waitFor();
  expect(await cell(page, 'Read POV: None').isDisabled()).toBe(true);
  await visit(page, `/admin/roles/${(await roleOf('SALESPERSON')).id}`);
  // Only a super admin has it, so an administrator cannot hand it on.
  await page.getByRole('radio', { name: 'Manage Tenant: All, not possible: more than you may' }).waitFor();
  expect(await page.getByRole('radio', { name: /^Manage Tenant: All/ }).isDisabled()).toBe(true);
  expect(await page.getByRole('radio', { name: /^Manage Setting: Own/ }).count()).toBe(0);
  expect(await page.getByRole('button', { name: 'Delete' }).getAttribute('aria-disabled')).toBe('true');
});
