import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, type App } from '../kit/app.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { lifecycleOf } from '../kit/pov.fixture.ts';
import { becomes, povWithApproval, seriousFindings } from './web.fixture.ts';

/** What an operator sees of the machinery, and does when something does not run. */
let app: App, pov: Pov, workflowId: string;
beforeAll(async () => {
  app = await bootApp({ web: true });
  pov = await povWithApproval(app, 'Cold-chain telemetry');
  workflowId = `pov-lifecycle-${pov.id}`;
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

const stateOf = async (): Promise<string> =>
  (await app.engine.client.workflow.getHandle(workflowId).describe()).status.name;
const status = async (): Promise<string> => (await lifecycleOf(await app.as('admin'), pov.id)).status;

it('[PLT-044] processes stand by type and state, and lead to the lists and to the Temporal UI', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/operations');
  await page.getByText('Nothing has failed and nothing is stuck.').waitFor();
  await page.getByText('Answers').waitFor();
  await page.getByText('Every event could be delivered.').waitFor();
  const ui = page.getByRole('link', { name: 'Open Temporal UI' });
  expect(await ui.getAttribute('href')).toBe('http://localhost:8233/namespaces/default/workflows');
  const types = page.getByRole('table', { name: 'Processes by type and state' });
  await types.getByRole('link', { name: '1 POV lifecycle: Waiting' }).click();
  await page.waitForURL('**/processes?type=povLifecycle&status=waiting');
  await page.getByRole('table', { name: 'Processes' }).getByText('Cold-chain telemetry').first().waitFor();
});

it('[PLT-044] one that the engine ended is found by comparing, listed with its reason and repaired', async () => {
  await app.engine.client.workflow.getHandle(workflowId).terminate('lost');
  await inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/operations');
  await page.getByRole('button', { name: 'Compare now' }).click();
  const drift = page.getByRole('table', { name: 'Differences' });
  await drift.getByRole('link', { name: workflowId }).waitFor();
  const trouble = page.getByRole('table', { name: 'Processes that need attention' });
  await trouble.getByText('The engine ended it (terminated)').filter({ visible: true }).waitFor();
  await trouble.getByText('Failed').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await drift.getByRole('button', { name: `Repair ${workflowId}` }).click();
  await drift.getByText('started again').waitFor();
  await becomes(stateOf, 'RUNNING', 'the execution');
  await page.getByText('Nothing has failed and nothing is stuck.').waitFor();
});

it('[PLT-044] an administrator terminates a process with a reason, and retries it', async () => {
  const page = await openPage(app, 'admin');
  await visit(page, `/processes/${workflowId}`);
  await page.getByRole('button', { name: 'More about this process' }).click();
  await page.getByRole('menuitem', { name: 'Terminate' }).click();
  const question = page.getByRole('dialog', { name: /^Terminate / });
  const yes = question.getByRole('button', { name: 'Terminate' });
  expect(await yes.getAttribute('aria-disabled')).toBe('true');
  await question.getByLabel(/^Reason/).fill('It mails the customer again and again');
  expect(await seriousFindings(page)).toEqual([]);
  await yes.click();
  await question.waitFor({ state: 'detached' });
  await page.locator('#main').getByText('Terminated by Admin Example: It mails the customer again and again').waitFor();
  expect([await stateOf(), await status()]).toEqual(['TERMINATED', 'failed']);

  await visit(page, '/admin/operations');
  const row = page.getByRole('table', { name: 'Processes that need attention' }).getByRole('row');
  const mine = row.filter({ hasText: 'Cold-chain telemetry' });
  await mine.getByText('Terminated', { exact: true }).waitFor();
  await mine.getByRole('button', { name: /^More about/ }).click();
  await page.getByRole('menuitem', { name: /Terminate/ }).getByText('It is terminated already').waitFor();
  await page.keyboard.press('Escape');
  await mine.getByRole('button', { name: /^Retry/ }).click();
  await mine.waitFor({ state: 'detached' });
  await becomes(status, 'waiting', 'the process');
  expect(await stateOf()).toBe('RUNNING');

  await visit(page, `/admin/audit?recordId=${workflowId}`);
  const audit = page.getByRole('table', { name: 'Audit log' });
  await audit.getByText('Terminate process').first().waitFor();
  await audit.getByText('Retry process').first().waitFor();
});

it('[PLT-044] an event that was refused too often is sent again with a button', async () => {
  await inDatabase(
    app,
    `update outbox_event set attempts = 20, problem = 'Namespace not found', delivered_at = null
     where entity_id = $1 and name = 'pov.pov.created'`,
    [pov.id],
  );
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/operations');
  const events = page.getByRole('table', { name: 'Undeliverable events' });
  await events.getByText('Namespace not found').waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await events.getByRole('button', { name: 'Send pov.pov.created again' }).click();
  await page.getByText('Every event could be delivered.').waitFor();
});

it('[PLT-044] a stuck one is listed with its reason; without the right there is neither page nor button', async () => {
  await inDatabase(app, 'update process set stuck_reason = $1 where workflow_id = $2', [
    'The next step is refused: Cold-chain telemetry has no owner',
    workflowId,
  ]);
  const page = await openPage(app, 'admin');
  await visit(page, '/admin/operations');
  await page.getByText('has no owner').filter({ visible: true }).first().waitFor();
  const other = await openPage(app, 'manager');
  other.expectErrors(/403/);
  await visit(other, '/admin/operations');
  await other.locator('#main').getByText(/permission|may not/i).first().waitFor();
  await visit(other, `/processes/${workflowId}`);
  await other.getByRole('heading', { level: 1, name: 'POV lifecycle' }).waitFor();
  expect(await other.getByRole('button', { name: 'More about this process' }).count()).toBe(0);
});
