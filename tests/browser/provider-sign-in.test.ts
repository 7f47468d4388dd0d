import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { bootApp, type App } from '../kit/app.ts';
import { closeBrowser, closePages, openPage, visit, type OpenPage } from '../kit/page.ts';
import { startOidcProvider, type OidcProviderStub } from '../stubs/oidc-provider.ts';
import { becomes, seriousFindings } from './web.fixture.ts';

let app: App, stub: OidcProviderStub;
beforeAll(async () => {
  [app, stub] = await Promise.all([
    bootApp({ web: true, worker: false, env: { PRIVATE_NETWORKS: 'allow' } }),
    startOidcProvider(),
  ]);
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
  await stub?.stop();
});

/** At the sign-in, as a stranger; the provider is another site. */
async function atSignIn(): Promise<OpenPage> {
  const page = await openPage(app);
  page.expectErrors(new RegExp(`asked ${stub.issuer}`));
  await visit(page, `/auth/signin?tenant=${app.tenant.slug}&next=/notifications`);
  return page;
}

it('[PLT-024] an administrator adds a service and checks it', async () => {
  const page = await openPage(app, 'admin', { reducedMotion: 'reduce' });
  await visit(page, '/admin/sign-in');
  await page.getByText('Everybody signs in with a password').waitFor();
  await page.getByRole('button', { name: 'New service' }).first().click();
  const panel = page.getByRole('dialog', { name: 'New sign-in service' });
  await panel.getByLabel(/^Client id/).fill(stub.clientId);
  await panel.getByRole('button', { name: 'Add service' }).click();
  await panel.getByText('must not be blank').first().waitFor();
  await panel.getByRole('combobox', { name: /^Service/ }).click();
  await page.getByRole('option', { name: 'Another service' }).click();
  await panel.getByLabel(/^Name/).fill('company login');
  await panel.getByLabel(/^Issuer/).fill(stub.issuer);
  await panel.getByLabel(/^Client secret/).fill(stub.clientSecret);
  expect(await seriousFindings(page)).toEqual([]);
  await panel.getByRole('button', { name: 'Add service' }).click();
  const card = page.getByRole('article', { name: 'company login' });
  await card.getByText('/callback').first().waitFor();
  await card.getByRole('button', { name: 'Check' }).click();
  await card.getByText('One key').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
});

it('[PLT-024] somebody signs in with it, and reads why where it is refused', async () => {
  stub.claims = { sub: 'sub-sales', email: 'sales@example.com', email_verified: true };
  const page = await atSignIn();
  await page.getByRole('link', { name: 'Continue with company login' }).click();
  await page.waitForURL(`${app.url}/notifications`);
  stub.claims = { sub: 'sub-else', email: 'else@example.com', email_verified: true };
  const stranger = await atSignIn();
  await stranger.getByRole('link', { name: 'Continue with company login' }).click();
  await stranger.getByRole('heading', { name: 'Nobody here has this address' }).waitFor();
  expect(await seriousFindings(stranger)).toEqual([]);
  await stranger.getByRole('link', { name: 'Try again' }).click();
  await stranger.getByLabel('Username').waitFor();
});

it('[PLT-026] an identity service gets a secret, shown once, and is switched on', async () => {
  const page = await openPage(app, 'admin', { reducedMotion: 'reduce' });
  await visit(page, '/admin/sign-in');
  await page.getByRole('button', { name: 'Make a secret' }).click();
  const isSecret = async (): Promise<boolean> =>
    (await page.getByLabel('The secret').inputValue()).startsWith('whsec_');
  await becomes(isSecret, true, 'whether it is a secret');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('switch', { name: /^Take events/ }).click();
  await page.getByRole('region', { name: 'Unsaved changes' }).getByRole('button', { name: 'Save' }).click();
  await page.getByText('The service may tell of users').waitFor();
  const { body } = await (await app.as('admin')).get('/api/admin/identity-hook');
  expect(body).toMatchObject({ active: true, hasSecret: true, role: 'SALESPERSON' });
});
