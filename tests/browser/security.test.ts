import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { Secret, TOTP } from 'otpauth';
import { mailChannel, setChannels } from '../../activities/platform/mail/channel/channels.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, openPage, signInByForm, visit } from '../kit/page.ts';
import { password } from '../kit/people.ts';
import { startSmtpStub, type SmtpStub } from '../stubs/smtp-server.ts';
import { becomes } from './web.fixture.ts';

let app: App, smtp: SmtpStub;
beforeAll(async () => {
  [app, smtp] = await Promise.all([bootApp({ web: true }), startSmtpStub()]);
  setChannels({ email: mailChannel({ SMTP_URL: smtp.url, MAIL_FROM: 'no-reply@example.com' }) });
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
  await smtp?.stop();
});

const form = (): string => `/auth/signin?tenant=${app.tenant.slug}`;
const codeOf = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret) }).generate({ timestamp: Date.now() + steps * 30_000 });

it('[PLT-025] an app is set up by a QR code under Security, and asked for at the next sign-in', async () => {
  const page = await openPage(app, 'sales');
  await visit(page, '/dashboard');
  await page.getByRole('button', { name: /: account$/ }).first().click();
  await page.getByRole('menuitem', { name: 'Security' }).click();
  await page.getByRole('button', { name: 'Set up an app' }).click();
  await page.getByRole('img', { name: 'QR code for an authenticator app' }).waitFor();
  const secret = /Copy ([A-Z2-7]{32})/.exec(
    (await page.getByRole('button', { name: /^Copy [A-Z2-7]{32}$/ }).getAttribute('aria-label'))!,
  )![1]!;
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Turn on' }).click();
  const codes = page.getByRole('list', { name: 'Recovery codes' });
  await codes.waitFor();
  expect(await codes.getByRole('listitem').count()).toBe(10);

  const stranger = await openPage(app);
  stranger.expectErrors(/status of 401/);
  await visit(stranger, form());
  await signInByForm(stranger, 'sales');
  await stranger.getByRole('heading', { name: 'Enter your code' }).waitFor();
  await stranger.getByLabel('Code', { exact: true }).fill('000000');
  await stranger.getByRole('button', { name: 'Continue' }).click();
  await stranger.getByRole('alert').waitFor();
  await stranger.getByLabel('Code', { exact: true }).fill(codeOf(secret, 1));
  await stranger.getByRole('button', { name: 'Continue' }).click();
  await stranger.waitForURL('**/dashboard');
});

it('[PLT-025] where the role asks for it, the sign-in sets the app up', async () => {
  await inDatabase(app, `update role set second_factor = true where code = 'ACCOUNTING'`);
  const page = await openPage(app);
  page.expectErrors(/status of 401/);
  await visit(page, form());
  await signInByForm(page, 'accounting');
  await page.getByRole('heading', { name: 'Set up a second factor' }).waitFor();
  const key = page.getByRole('button', { name: /^Copy [A-Z2-7]{32}$/ });
  const secret = (await key.getAttribute('aria-label'))!.slice('Copy '.length);
  await page.getByLabel('Code', { exact: true }).fill(codeOf(secret));
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('heading', { name: 'Your recovery codes' }).waitFor();
  await page.getByRole('button', { name: 'I have kept them' }).click();
  await page.waitForURL('**/dashboard');
});

it('[PLT-028] a forgotten password is set anew by the mailed link', async () => {
  const page = await openPage(app);
  await visit(page, form());
  await page.getByRole('link', { name: 'Forgot password?' }).click();
  await page.getByLabel('Username or e-mail').fill('manager');
  await page.getByRole('button', { name: 'Send the link' }).click();
  await page.getByRole('status').filter({ hasText: 'on its way' }).waitFor();
  await until('the mail is there', async () => smtp.mails.length === 1);
  const text = smtp.mails[0]!.raw.replace(/=\r?\n/g, '');
  await visit(page, `/auth/new-password#${/#(tlp_[\w-]+)/.exec(text)![1]}`);
  await page.getByLabel('New password').fill('a word of my own');
  await page.getByRole('button', { name: 'Set the password' }).click();
  await page.getByText('Your password is set').waitFor();
  await visit(page, form());
  await signInByForm(page, 'manager', 'a word of my own');
  await page.waitForURL('**/dashboard');
});

it('[PLT-028] the password is changed under Security', async () => {
  const page = await openPage(app, 'sales2');
  page.expectErrors(/status of 400/);
  await visit(page, '/settings/security');
  await page.getByLabel('Current password').fill('wrong');
  await page.getByLabel('New password').fill('a word of my own');
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('This is not your password').waitFor();
  await page.getByLabel('Current password').fill(password);
  await page.getByRole('button', { name: 'Change password' }).click();
  await page.getByText('Your password is changed').waitFor();
});

it('[PLT-020] where one is signed in is listed; ended ones lead to the sign-in', async () => {
  const there = await openPage(app);
  there.expectErrors(/status of 401/);
  await visit(there, form());
  await signInByForm(there, 'sales3');
  await there.waitForURL('**/dashboard');
  const here = await openPage(app, 'sales3');
  await visit(here, '/settings/security');
  const list = here.getByRole('list', { name: 'Sessions' });
  await list.getByText('This session').waitFor();
  const count = await list.getByRole('listitem').count();
  expect(count).toBeGreaterThan(1);
  await list.getByRole('button', { name: /^End the session of Chrome/ }).first().click();
  await here.getByText(/^The session of Chrome.* is ended/).waitFor();
  await becomes(() => list.getByRole('listitem').count(), count - 1, 'the number of sessions');
  if (count > 2) {
    await here.getByRole('button', { name: 'End all other sessions' }).click();
    await here.getByRole('button', { name: 'End them' }).click();
    await becomes(() => list.getByRole('listitem').count(), 1, 'the number of sessions');
  }
  await there.waitForURL('**/auth/signin?next=%2Fdashboard');
});

it('[PLT-040] an administrator signs a user out everywhere', async () => {
  const them = await app.as('sales3');
  const page = await openPage(app, 'admin');
  await visit(page, `/admin/users?user=${them.userId}`);
  const panel = page.getByRole('dialog');
  await panel.getByRole('list', { name: 'Sessions' }).getByText('node').first().waitFor();
  await panel.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog').last())
    .getByRole('button', { name: 'Sign out everywhere' }).last().click();
  await panel.getByText('Not signed in anywhere').waitFor();
  expect((await them.get('/api/auth/session')).status).toBe(401);
});
