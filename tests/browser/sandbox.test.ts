import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { lifecycleOf, type Listed } from '../kit/pov.fixture.ts';
import { becomes, povWithApproval, sentence, seriousFindings } from './web.fixture.ts';

/** What an operator does: the clock of the sandbox, the comparison with the engine, a stuck process, calling off. */
let app: App, pov: Pov, approval: string;
beforeAll(async () => {
  app = await bootApp({ web: true });
  pov = await povWithApproval(app, 'Cold-chain telemetry');
  const { body } = await (await app.as('manager')).get<Listed<Instance>>('/api/workflows/instances');
  approval = body.items[0]!.id;
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

interface Clock {
  now: string;
  frozen: boolean;
}
const clock = async (): Promise<Clock> => (await (await app.as('admin')).get<Clock>('/api/sandbox/clock')).body;

describe('the sandbox clock', () => {
  it('moves to a day and hour; what falls due by then has happened, and going back is not offered', async () => {
    const page = await openPage(app, 'admin');
    await visit(page, `/povs/${pov.id}`);
    await page.getByRole('button', { name: /^Sandbox clock/ }).click();
    const panel = page.getByRole('dialog', { name: 'Clock of this sandbox' });
    await panel.getByText('It stands still until it is moved.').waitFor();
    const move = panel.getByRole('button', { name: 'Move', exact: true });
    expect(await move.getAttribute('aria-disabled')).toBe('true');
    await panel.getByRole('spinbutton').first().click();
    await page.keyboard.type('02122026');
    await panel.getByLabel('Time').fill('10:30');
    await move.click();
    await page.getByText('The clock has moved').waitFor();
    await becomes(async () => (await clock()).now.slice(0, 16), '2026-12-02T10:30', 'the clock');
    await page.locator('#main header').getByText('1 milestone overdue').waitFor();
  });

  it('runs on from there when it no longer stands still, and stands still again', async () => {
    const page = await openPage(app, 'admin');
    await visit(page, '/dashboard');
    await page.getByRole('button', { name: /^Sandbox clock/ }).click();
    const panel = page.getByRole('dialog', { name: 'Clock of this sandbox' });
    const still = panel.getByRole('switch', { name: 'Stand still' });
    await still.click();
    await panel.getByText('It runs on from here.').waitFor();
    const { now, frozen } = await clock();
    expect([now.slice(0, 15), frozen]).toEqual(['2026-12-02T10:3', false]);
    await until('the clock has gone on', async () => (await clock()).now > now);
    await still.click();
    await panel.getByText('It stands still until it is moved.').waitFor();
    const first = await clock();
    expect(first).toMatchObject({ frozen: true });
    expect((await clock()).now).toBe(first.now);
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe('processes', () => {
  it('are compared with the engine, and one that was lost there is started again', async () => {
    const page = await openPage(app, 'admin');
    const id = `pov-lifecycle-${pov.id}`;
    await visit(page, '/processes');
    const check = page.getByRole('button', { name: 'Check drift' });
    const dialog = page.getByRole('dialog', { name: 'Database and engine' });
    await check.click();
    await dialog.getByText('all agree').waitFor();
    expect(await dialog.getByRole('button', { name: 'Start again what was lost' }).getAttribute('aria-disabled')).toBe(
      'true',
    );
    await dialog.getByRole('button', { name: 'Close' }).last().click();
    await app.engine.client.workflow.getHandle(id).terminate('lost');
    // What changed a moment ago is not compared: it may be on its way.
    await inDatabase(app, `update process set updated_at = now() - interval '1 minute' where workflow_id = $1`, [id]);
    await check.click();
    await dialog.getByRole('link', { name: id }).waitFor();
    await dialog.getByRole('button', { name: 'Start again what was lost' }).click();
    await dialog.getByText('started again').first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    const { status } = await app.engine.client.workflow.getHandle(id).describe();
    expect(status.name).toBe('RUNNING');
  });

  it('that are stuck say why, in the list, on their page and on the page of the POV', async () => {
    await app.settled();
    const reason = 'The next step is refused: Cold-chain telemetry has no owner';
    await inDatabase(app, 'update process set stuck_reason = $1 where workflow_id = $2', [
      reason,
      `pov-lifecycle-${pov.id}`,
    ]);
    const page = await openPage(app, 'admin', { reducedMotion: 'reduce', colorScheme: 'light' });
    for (const path of [`/processes/pov-lifecycle-${pov.id}`, `/povs/${pov.id}`]) {
      await visit(page, path);
      await page.locator('#main').getByRole('alert').filter({ hasText: reason }).waitFor();
      await sentence(page, /./).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await seriousFindings(page)).toEqual([]);
      await page.emulateMedia({ colorScheme: 'light' });
    }
    await page.getByRole('alert').getByRole('link', { name: 'Its process' }).click();
    await page.waitForURL(`**/processes/pov-lifecycle-${pov.id}`);
    await visit(page, '/processes');
    const row = page.getByRole('row').filter({ hasText: reason });
    await row.getByText('Stuck', { exact: true }).filter({ visible: true }).waitFor();
    // The next look takes it away.
    await (await app.as('manager')).patch(`/api/povs/${pov.id}`, { customerName: 'Contoso' });
    await app.settled();
    expect((await lifecycleOf(await app.as('admin'), pov.id)).stuck).toBeNull();
  });
});

describe('an approval', () => {
  it('is called off with a reason, and those who were asked are told', async () => {
    const page = await openPage(app, 'manager');
    await visit(page, `/inbox/${approval}`);
    await page.getByRole('button', { name: 'More', exact: true }).last().click();
    await page.getByRole('menuitem', { name: /Call it off/ }).click();
    const question = page.getByRole('dialog', { name: 'Call off this approval?' });
    const yes = question.getByRole('button', { name: 'Call it off' });
    expect(await yes.getAttribute('aria-disabled')).toBe('true');
    await question.getByLabel('Reason').fill('The customer moved the start');
    expect(await seriousFindings(page)).toEqual([]);
    await yes.click();
    await question.waitFor({ state: 'detached' });
    await becomes(
      async () => (await (await app.as('manager')).get<Instance>(`/api/workflows/instances/${approval}`)).body.status,
      'cancelled',
      'the approval',
    );
    await page.getByText('The customer moved the start').first().waitFor();
    const own = await app.as('sales');
    await until('the approver is told', async () =>
      JSON.stringify((await own.get('/api/notifications?pageSize=100')).body).includes('The customer moved the start'),
    );
  });
});
