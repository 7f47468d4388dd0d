import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { newPov, newTemplate, readPov } from '../kit/pov.fixture.ts';
import { becomes, seriousFindings } from './web.fixture.ts';

/** What a customer asked for on the page of its POV, and what was deleted by mistake. */
let app: App, manager: Client, pov: Pov;
beforeAll(async () => {
  app = await bootApp({ web: true });
  manager = await app.as('manager');
  pov = await newPov(manager, { title: 'Cold-chain telemetry', customerName: 'Northwind' });
  await app.settled();
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env['SCREENSHOTS'];
  if (folder) await page.screenshot({ path: join(folder, `requests-${name}.png`) });
};
const titles = async (): Promise<string> => {
  const { linkedFeatureRequests, linkedSupportRequests } = await readPov(manager, pov.id);
  return [...linkedFeatureRequests, ...linkedSupportRequests].map(r => `${r.title}: ${r.status}`).join(', ');
};

it('[POV-008] requests are added, changed, deleted and brought back on the page of the POV', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, `/povs/${pov.id}/requests`);
  await page.getByText('No requests yet').waitFor();
  await picture(page, 'empty');
  await page.getByRole('button', { name: 'Add a feature request' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Title').fill('Alarm by text message');
  await dialog.getByLabel('Asked for by').fill('Ann Lund, Northwind');
  await picture(page, 'feature-form');
  await dialog.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('table', { name: 'Feature requests' }).getByText('Alarm by text message').waitFor();

  await page.getByRole('button', { name: 'Support request' }).click();
  await dialog.getByLabel('Title').fill('Sensor 12 loses its connection every night');
  await dialog.getByRole('button', { name: 'Add' }).click();
  const supports = page.getByRole('table', { name: 'Support requests' });
  await supports.getByText('Sensor 12').waitFor();
  expect(await titles()).toBe('Alarm by text message: open, Sensor 12 loses its connection every night: open');

  await page.getByRole('button', { name: 'More about Alarm by text message' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  await dialog.getByLabel('Status').click();
  await page.getByRole('option', { name: 'Planned' }).click();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await dialog.waitFor({ state: 'detached' });
  await becomes(titles, 'Alarm by text message: planned, Sensor 12 loses its connection every night: open', 'the POV');
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'list');

  await page.getByRole('button', { name: 'More about Sensor 12' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await supports.waitFor({ state: 'detached' });
  await picture(page, 'undo');
  await page.getByRole('button', { name: 'Undo' }).click();
  await supports.getByText('Sensor 12').waitFor();
});

it('[POV-008] the requests of a POV fit on a phone, and in the dark', async () => {
  const phone = await openPage(app, 'readonly', {
    viewport: { width: 390, height: 844 },
    colorScheme: 'dark',
  });
  await visit(phone, `/povs/${pov.id}/requests`);
  await phone.getByRole('table', { name: 'Support requests' }).waitFor();
  expect(await phone.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390);
  expect(await phone.getByRole('button', { name: 'Feature request' }).count()).toBe(0);
  expect(await seriousFindings(phone)).toEqual([]);
  await phone.getByRole('table', { name: 'Feature requests' }).scrollIntoViewIfNeeded();
  await picture(phone, 'phone-dark');
  const wide = await openPage(app, 'manager', { colorScheme: 'dark' });
  await visit(wide, `/povs/${pov.id}/requests`);
  await wide.getByRole('table', { name: 'Support requests' }).waitFor();
  await picture(wide, 'dark');
});

it('[PLT-064] the activity of a POV shows which fields were changed, from what to what', async () => {
  await manager.patch(`/api/povs/${pov.id}`, { customerName: 'Northwind Foods', forecastDate: '2026-12-24' });
  const page = await openPage(app, 'readonly');
  await visit(page, `/povs/${pov.id}/activity`);
  await page.getByRole('link', { name: 'Changes', exact: true }).click();
  await page.getByText(/changed (customer name, forecast date|forecast date, customer name)/).waitFor();
  await page.getByText(/Northwind → Northwind Foods/).waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await picture(page, 'changes');
});

it('[PLT-005] a POV and a template that were deleted by mistake come back by "Undo"', async () => {
  const page = await openPage(app, 'admin');
  // The page hears that it is gone before it is left.
  page.expectErrors(/404/);
  await visit(page, `/povs/${pov.id}`);
  await page.getByRole('button', { name: 'Actions' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('dialog').getByRole('textbox').fill(pov.title);
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await page.waitForURL('**/povs');
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('table', { name: 'POVs' }).getByText(pov.title).waitFor();

  await newTemplate(await app.as('admin'), ['Setup'], { name: 'Plain setup' });
  await visit(page, '/admin/phases');
  await page.getByRole('button', { name: 'More about Plain setup' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name: 'Delete' }).click();
  const row = page.getByRole('table', { name: 'Phase templates' }).getByText('Plain setup');
  await row.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor();
});
