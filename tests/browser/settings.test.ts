import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, type App } from '../kit/app.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { becomes, povWithApproval, sentenceText, seriousFindings } from './web.fixture.ts';

/** What holds for the whole workspace. */
let app: App, pov: Pov;
beforeAll(async () => {
  app = await bootApp({ web: true });
  pov = await povWithApproval(app, 'Cold-chain telemetry');
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

it('[PLT-031] name, time zone and currency are changed, after the page said what that changes', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, `/povs/${pov.id}`);
  expect(await sentenceText(page)).toContain('09:00');
  await visit(page, '/admin/settings');
  await page.getByLabel(/^Name of the workspace/).fill('Meridian North');
  const zone = page.getByRole('combobox', { name: /^Time zone/ });
  await zone.fill('tokyo');
  await page.getByRole('option', { name: /Asia\/Tokyo/ }).click();
  await page.getByRole('combobox', { name: /^Currency/ }).fill('norwegian');
  await page.getByRole('option', { name: /NOK/ }).click();
  const preview = page.getByRole('region', { name: 'What this changes' });
  await preview.getByText(/\d+ open processes say their times anew/).waitFor();
  await preview.getByText('instead of EUR').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await bar.waitFor({ state: 'detached' });
  await page.getByRole('navigation', { name: 'Main' }).first().getByText('Meridian North').waitFor();
  const { body } = await (await app.as('admin')).get('/api/admin/settings');
  expect(body).toMatchObject({ name: 'Meridian North', timeZone: 'Asia/Tokyo', currency: 'NOK' });
  await app.settled();
  await visit(page, `/povs/${pov.id}`);
  await becomes(async () => (await sentenceText(page)).includes('18:00'), true, 'whether the sentence is in Tokyo');
});

it('[PLT-063] how long the audit log is kept is chosen, and said in words', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/settings');
  await page.getByRole('combobox', { name: /^Keep the audit log/ }).click();
  await page.getByRole('option', { name: 'Two years' }).click();
  await page.getByText('The archive keeps each as it was').waitFor();
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await bar.waitFor({ state: 'detached' });
  const kept = async () => (await (await app.as('admin')).get('/api/admin/settings')).body;
  expect(await kept()).toMatchObject({ auditRetentionDays: 730 });
  await page.getByRole('combobox', { name: /^Keep the audit log/ }).click();
  await page.getByRole('option', { name: 'For ever' }).click();
  await bar.getByRole('button', { name: 'Save' }).click();
  await bar.waitFor({ state: 'detached' });
  expect(await kept()).toMatchObject({ auditRetentionDays: null });
});

it('how long what webhooks were told is kept is chosen', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/settings');
  await page.getByRole('combobox', { name: /^Keep what webhooks were told/ }).click();
  await page.getByRole('option', { name: '90 days' }).click();
  await page.getByText('It cannot be sent again then').waitFor();
  const bar = page.getByRole('region', { name: 'Unsaved changes' });
  await bar.getByRole('button', { name: 'Save' }).click();
  await bar.waitFor({ state: 'detached' });
  expect((await (await app.as('admin')).get('/api/admin/settings')).body).toMatchObject({ webhookLogDays: 90 });
});

it('[PLT-119] what is left without a name, or not saved, is not lost unasked', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/settings');
  await page.getByLabel(/^Name of the workspace/).fill('');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Must not be blank').waitFor();
  await page.getByRole('navigation', { name: 'Main' }).first().getByRole('link', { name: 'Users' }).click();
  await page.getByRole('dialog').waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  expect([new URL(page.url()).pathname, await page.getByLabel(/^Name of the workspace/).inputValue()]).toEqual([
    '/admin/settings',
    '',
  ]);
  await page.getByRole('button', { name: 'Discard' }).first().click();
  expect(await page.getByLabel(/^Name of the workspace/).inputValue()).toBe('Meridian North');
});
