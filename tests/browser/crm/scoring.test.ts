import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import { seedScoringRules } from '../../../activities/crm/scoring/scoring-verbs.ts';
import { systemActor } from '../../../activities/platform/system-actor.ts';
import { run } from '../../../activities/platform/verb.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newContact, newInteraction } from '../../kit/crm.fixture.ts';
import { scored } from '../../kit/crm/scoring.fixture.ts';
import { closeBrowser, closePages, openPage, visit } from '../../kit/page.ts';

let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp({ web: true });
  await run(seedScoringRules, {}, { actor: systemActor(app.tenant.id) });
  manager = await app.as('manager');
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

/** In light, in the dark and on a phone. */
async function pictures(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  const shoot = (as: string) => page.screenshot({ path: join(folder, `scoring-${name}-${as}.png`) });
  await shoot('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('dark');
  await page.emulateMedia({ colorScheme: 'light' });
  const size = page.viewportSize()!;
  await page.setViewportSize({ width: 375, height: 812 });
  await shoot('phone');
  await page.setViewportSize(size);
}

it('a rule is made, its effect seen before it is saved, and why a contact has its score', async () => {
  const { id } = await newContact(manager, { firstName: 'Kari', source: 'Referral', emailAddress: 'kari@example.org' });
  await newContact(manager, { firstName: 'Per', lastName: 'Aune' });
  await newInteraction(manager, { type: 'meeting', subject: 'Demo', contactId: id });
  const page = await openPage(app, 'manager');
  await visit(page, '/admin/scoring');
  await page.getByRole('cell', { name: 'Source is Referral' }).waitFor();
  await pictures(page, 'rules');

  await page.getByRole('button', { name: 'New rule' }).click();
  const form = page.getByRole('dialog', { name: 'New rule' });
  await form.getByLabel('Name').fill('Said to be decisive');
  await form.getByLabel('Points', { exact: true }).fill('40');
  await form.getByRole('combobox', { name: 'Field' }).or(form.getByRole('button', { name: 'Field' })).first().click();
  await page.getByRole('option', { name: 'First name' }).click();
  await form.getByLabel('Value').fill('Kari');
  await form.getByRole('button', { name: 'Preview' }).click();
  await form.getByText('1 of 2 contacts get another score').waitFor();
  await form.getByText('35 → 75').waitFor();
  await pictures(page, 'preview');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'First name contains Kari' }).waitFor();
  await scored(manager);

  await visit(page, `/contacts/${id}`);
  await page.getByRole('heading', { name: 'Why 75' }).waitFor();
  const reasons = page.getByRole('list', { name: 'Reasons of the lead score' });
  expect(await reasons.getByRole('listitem').allInnerTexts()).toHaveLength(4);
  await newInteraction(manager, { type: 'meeting', subject: 'Again', contactId: id });
  await page.getByRole('heading', { name: 'Why 85' }).waitFor();
  await reasons.getByText('2 times').waitFor();
  await pictures(page, 'contact');
});

it('what happened is asked by kind and time, changed and taken back', async () => {
  const page = await openPage(app, 'manager');
  await visit(page, '/admin/scoring');
  await page.getByRole('cell', { name: 'Each meeting within 90 days' }).waitFor();
  await page.getByRole('button', { name: 'Meeting in the last 90 days', exact: true }).click();
  const form = page.getByRole('dialog', { name: 'Meeting in the last 90 days' });
  await form.getByLabel('Within days').fill('0');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('must be at least 1').waitFor();
  await form.getByLabel('Within days').fill('30');
  await pictures(page, 'interactions');
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('cell', { name: 'Each meeting within 30 days' }).waitFor();
  await page.getByRole('button', { name: 'More about Call in the last 90 days' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await page.getByText('Call in the last 90 days is deleted').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await page.getByRole('cell', { name: 'Each call within 90 days' }).waitFor();
});
