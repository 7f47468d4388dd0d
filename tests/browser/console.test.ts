import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { bootApp, type App } from '../kit/app.ts';
import { launchBrowser } from '../kit/browser.ts';

let app: App;
let browser: Browser;
beforeAll(async () => {
  [app, browser] = await Promise.all([bootApp({ worker: false }), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  await app?.stop();
});

test('[PLT-051] the API console shows every group and sends a request, from this server alone', async () => {
  const page = await browser.newPage();
  const elsewhere: string[] = [];
  const complaints: string[] = [];
  page.on('request', request => request.url().startsWith(app.url) || elsewhere.push(request.url()));
  page.on('console', message => message.type() === 'error' && complaints.push(message.text()));
  await page.goto(`${app.url}/api/docs#/Health/healthLive`);
  const operation = page.locator('#operations-Health-healthLive');
  await operation.waitFor();
  for (const group of ['Session', 'Instances', 'Povs']) await page.locator(`[data-tag="${group}"]`).waitFor();
  await operation.getByRole('button', { name: 'Execute' }).click();
  await operation.locator('.live-responses-table').getByText('"live"').waitFor();
  const outside = elsewhere.filter(url => !url.startsWith('data:') && !url.startsWith('blob:'));
  expect([outside, complaints.filter(text => /Content Security Policy/.test(text))]).toEqual([[], []]);
});
