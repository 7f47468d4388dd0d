import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Pov } from '../../domain/pov/pov.ts';
import type { PhaseTemplateUsage } from '../../domain/pov/phase-template.ts';
import { bootApp, type App } from '../kit/app.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { phasesOf, type Listed } from '../kit/pov.fixture.ts';
import { povWithApproval, seriousFindings } from './web.fixture.ts';

/** What an administrator does with the templates of phases. */
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

const stored = async (name: string): Promise<PhaseTemplateUsage | undefined> =>
  (await (await app.as('admin')).get<Listed<PhaseTemplateUsage>>('/api/admin/phases')).body.items.find(
    template => template.name === name,
  );

it('[POV-070] a template shows what was made from it, and is changed without changing that', async () => {
  const before = await phasesOf(await app.as('manager'), pov.id);
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/phases');
  const row = (name: string) =>
    page.getByRole('table', { name: 'Phase templates' }).getByRole('row').filter({ hasText: name });
  await row('Template of Cold-chain').getByText('1 POV, 2 phases').waitFor();
  await row('Template of Cold-chain').getByText('Initiation → Installation').waitFor();

  await page.getByRole('button', { name: 'More about Template of Cold-chain telemetry' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const form = page.getByRole('dialog', { name: 'Template of Cold-chain telemetry' });
  await form.getByRole('heading', { name: 'Used by 1 POV, 2 phases' }).waitFor();
  await form.getByText('Their phases stay as they are').waitFor();
  expect(await form.getByRole('link', { name: pov.title }).getAttribute('href')).toBe(`/povs/${pov.id}`);
  expect(await seriousFindings(page)).toEqual([]);

  await form.getByLabel('Name', { exact: true }).first().fill('');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('must not be blank').waitFor();
  await form.getByLabel('Name', { exact: true }).first().fill('Telemetry pilot');
  await form.getByLabel('Description', { exact: true }).first().fill('For plants that ship chilled goods');
  await form.getByRole('switch', { name: 'Default' }).click();
  await form.getByRole('button', { name: 'Move Installation up' }).click();
  await form.getByRole('button', { name: 'Add a phase' }).click();
  await form.getByLabel('Name', { exact: true }).last().fill('Handover');
  await form.getByRole('button', { name: 'Add a sub-item' }).last().click();
  await form.getByLabel('Name of sub-item 1').last().fill('Value criteria');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.waitFor({ state: 'detached' });

  await row('Telemetry pilot').getByText('Installation → Initiation → Handover').waitFor();
  await row('Telemetry pilot').getByText('Default').waitFor();
  await row('Telemetry pilot').getByText('1 POV, 2 phases').waitFor();
  expect(await stored('Telemetry pilot')).toMatchObject({
    description: 'For plants that ship chilled goods',
    isDefault: true,
    usageCount: 2,
    workflow: [
      { name: 'Installation' },
      { name: 'Initiation' },
      { name: 'Handover', type: 'EXECUTION', details: { valueCriteria: '' } },
    ],
  });
  expect(await phasesOf(await app.as('manager'), pov.id)).toEqual(before);
});

it('[POV-070] somebody else’s change is told, and what was typed is not lost', async () => {
  const page = await openPage(app, 'admin');
  page.expectErrors(/status of 4(09|12)/);
  await visit(page, '/admin/phases');
  await page.getByRole('button', { name: 'More about Telemetry pilot' }).click();
  await page.getByRole('menuitem', { name: 'Edit' }).click();
  const form = page.getByRole('dialog', { name: 'Telemetry pilot' });
  await form.getByLabel('Name', { exact: true }).first().fill('Chilled goods');
  const { id } = (await stored('Telemetry pilot'))!;
  const other = await app.as('superadmin');
  expect((await other.patch(`/api/admin/phases/${id}`, { description: 'Newer' })).status).toBe(200);
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByRole('alert').getByText('Somebody changed this meanwhile').waitFor();
  await form.getByRole('button', { name: 'Save over it' }).click();
  await form.waitFor({ state: 'detached' });
  expect(await stored('Chilled goods')).toMatchObject({ id });
});

it('[POV-070] one that is deleted leaves what was made from it, as it says, and can be brought back', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/phases');
  await page.getByRole('button', { name: 'More about Chilled goods' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('What was made from it stays: 1 POV, 2 phases').waitFor();
  await question.getByText('It is the default').waitFor();
  await question.getByRole('button', { name: 'Delete' }).click();
  const row = page.getByRole('table', { name: 'Phase templates' }).getByText('Chilled goods');
  await row.waitFor({ state: 'detached' });
  expect(await phasesOf(await app.as('manager'), pov.id)).toHaveLength(3);
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor();
});
