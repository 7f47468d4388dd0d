import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Browser } from 'playwright-core';
import { bootApp, type App } from '../kit/app.ts';
import { launchBrowser } from '../kit/browser.ts';
import { password } from '../kit/people.ts';

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

test('[PLT-051, PLT-096] whoever is signed in changes something from the console, each request by itself', async () => {
  const context = await browser.newContext({ baseURL: app.url });
  const who = { tenant: app.tenant.slug, username: 'manager', password };
  const answer = await context.request.post('/api/auth/signin', { data: who, headers: { Origin: app.url } });
  expect(answer.status()).toBe(200);
  const page = await context.newPage();
  await page.goto('/api/docs#/Povs/povsCreate');
  const operation = page.locator('#operations-Povs-povsCreate');
  await operation.waitFor();
  const [startDate, endDate] = ['2026-12-01T09:00:00.000Z', '2027-02-01T09:00:00.000Z'];
  for (const title of ['By the console', 'Once more']) {
    await operation.locator('textarea').first().fill(JSON.stringify({ title, startDate, endDate }));
    await operation.getByRole('button', { name: 'Execute' }).click();
    await operation.locator('.live-responses-table').getByText(`"${title}"`).first().waitFor();
  }
  const { body } = await (await app.as('manager')).get<{ items: { title: string }[] }>('/api/povs?sort=createdAt');
  expect(body.items.map(pov => pov.title)).toEqual(['By the console', 'Once more']);
  await context.close();
});
