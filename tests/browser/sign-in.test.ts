import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, type App } from '../kit/app.ts';
import { until } from '../kit/until.ts';
import { closeBrowser, closePages, openPage, signInByForm, visit } from '../kit/page.ts';

let app: App;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});
const form = (): string => `/auth/signin?tenant=${app.tenant.slug}`;

describe('the sign-in page', () => {
  it('[PLT-022] has two required fields and a button, and leads to the dashboard', async () => {
    const page = await openPage(app);
    await visit(page, form());
    const username = page.getByLabel('Username'),
      word = page.getByRole('textbox', { name: 'Password' });
    expect(await username.getAttribute('required')).not.toBeNull();
    expect(await word.getAttribute('required')).not.toBeNull();
    expect(await word.getAttribute('type')).toBe('password');
    await page.getByRole('button', { name: 'Sign In', exact: true }).click();
    await page.getByText('Enter your username').waitFor();
    await page.getByText('Enter your password').waitFor();
    await signInByForm(page, 'manager');
    await page.waitForURL(`${app.url}/dashboard`);
  });

  it('[PLT-022] says Invalid credentials and keeps the user name; a second try is heard', async () => {
    const page = await openPage(app);
    page.expectErrors(/status of 401/);
    await visit(page, form());
    await signInByForm(page, 'manager', 'wrong password');
    expect(await page.getByRole('alert').innerText()).toBe('Invalid credentials');
    expect(await page.getByLabel('Username').inputValue()).toBe('manager');
    await signInByForm(page, 'manager');
    await page.waitForURL('**/dashboard');
  });

  it('[PLT-022] is busy while it asks: Signing in..., and cannot be pressed again', async () => {
    const page = await openPage(app);
    let asked = 0;
    let answer = (): void => {};
    const held = new Promise<void>(resolve => {
      answer = resolve;
    });
    await page.route('**/api/auth/signin', async route => {
      asked += 1;
      await held;
      await route.continue();
    });
    await visit(page, form());
    await signInByForm(page, 'sales');
    const button = page.getByRole('button', { name: 'Signing in...' });
    await button.waitFor();
    expect(await button.isDisabled()).toBe(true);
    await button.click({ force: true });
    answer();
    await page.waitForURL('**/dashboard');
    expect(asked).toBe(1);
  });

  it('[PLT-022] without JavaScript puts no password into an address', async () => {
    const page = await openPage(app, undefined, { javaScriptEnabled: false });
    page.expectErrors(/status of 4/);
    await page.goto(form());
    expect(await page.locator('form').getAttribute('method')).toBe('post');
    expect(await page.getByRole('button', { name: 'Sign In', exact: true }).isDisabled()).toBe(true);
  });
});

describe('a page that needs a session', () => {
  it('[PLT-023] leads a stranger to the sign-in page and from there back', async () => {
    const page = await openPage(app);
    await visit(page, '/povs?status=WON');
    expect(page.url()).toBe(`${app.url}/auth/signin?next=${encodeURIComponent('/povs?status=WON')}`);
    await page.getByRole('button', { name: 'Other workspace' }).click();
    await page.getByLabel('Workspace').fill(app.tenant.slug);
    await signInByForm(page, 'manager');
    await page.waitForURL(`${app.url}/povs?status=WON`);
  });

  it('[PLT-023] never leads to another site', async () => {
    const page = await openPage(app);
    await visit(page, `${form()}&next=${encodeURIComponent('//evil.example/povs')}`);
    await signInByForm(page, 'manager');
    await page.waitForURL(`${app.url}/dashboard`);
  });

  it('[PLT-023] notices a session that ended: signing out in one tab, then reading in another', async () => {
    const page = await openPage(app);
    page.expectErrors(/status of 401/);
    await visit(page, form());
    await signInByForm(page, 'readonly');
    await page.waitForURL('**/dashboard');
    const other = await page.context().newPage();
    await visit(other, '/notifications');
    await other
      .getByRole('button', { name: /: account$/ })
      .first()
      .click();
    await other.getByRole('menuitem', { name: 'Sign out' }).click();
    await other.waitForURL('**/auth/signin**');
    await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'POVs' }).click();
    await until('the form is shown', async () => page.url().includes('/auth/signin?next='));
  });
});
