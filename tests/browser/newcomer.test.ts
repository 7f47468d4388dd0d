import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import type { Instance } from '../../domain/approvals/instance.ts';
import { bootApp, type App } from '../kit/app.ts';
import { client, type Client, type ProblemBody } from '../kit/client.ts';
import { closeBrowser, closePages, noFaults, openPage, visit, type OpenPage } from '../kit/page.ts';
import { newTemplate, phasesOf, readPov, type Listed } from '../kit/pov.fixture.ts';
import { becomes, sentence, sentenceText, story } from './web.fixture.ts';

/** What a newcomer does on the first day, by hand, from an empty list to the next phase. */
let app: App, api: Client;
let manager: OpenPage, sales: OpenPage, sales2: OpenPage;
let id = '',
  approval = '';

beforeAll(async () => {
  app = await bootApp({ web: true });
  api = await app.as('manager');
  await newTemplate(await app.as('admin'), ['Initiation', 'Installation'], { name: 'Standard', isDefault: true });
  [manager, sales, sales2] = [
    await openPage(app, 'manager'),
    await openPage(app, 'sales'),
    await openPage(app, 'sales2'),
  ];
}, 300_000);
afterEach(noFaults);
afterAll(async () => {
  await closePages();
  await closeBrowser();
  await app?.stop();
});

const bell = (page: OpenPage) => page.getByRole('banner').getByRole('button', { name: /^Notifications/ });
const unread = async (page: OpenPage): Promise<number> =>
  Number(/\d+/.exec((await bell(page).getAttribute('aria-label')) ?? '')?.[0] ?? 0);
const tab = (page: OpenPage, name: string) =>
  page.getByRole('navigation', { name: 'Parts of the POV' }).getByRole('link', { name }).click();
const status = (page: OpenPage, words: string) =>
  page.locator('#main header').getByText(words, { exact: true }).first();
/** Anything lost by a reload would lose this. */
const stay = (page: OpenPage) => page.evaluate('window.stayed = true');
const stayed = (page: OpenPage) => page.evaluate<boolean>('window.stayed === true');

async function addMember(name: string, role: string): Promise<void> {
  await manager.getByRole('button', { name: 'Add a member' }).click();
  const dialog = manager.getByRole('dialog', { name: 'Add a member' });
  await dialog.getByLabel('Person').pressSequentially(name);
  await manager.getByRole('option', { name, exact: true }).click();
  await dialog.getByLabel('Role in this POV').click();
  await manager.getByRole('option', { name: role }).click();
  await dialog.getByRole('button', { name: 'Add', exact: true }).click();
  await dialog.waitFor({ state: 'detached' });
  await manager.getByRole('table', { name: 'Team' }).getByText(name, { exact: true }).first().waitFor();
}

describe('the first day', () => {
  const step = story();

  step('[POV-001, POV-066] the manager creates a POV by the form; the default template is chosen already', async () => {
    await visit(manager, '/povs');
    await manager.getByRole('link', { name: 'New POV' }).first().click();
    await manager.waitForURL('**/povs/new');
    await becomes(
      async () => (await manager.getByLabel('Template').innerText()).includes('Standard'),
      true,
      'Standard',
    );
    await manager.getByLabel('Title').fill('Cold-chain telemetry');
    await manager.getByLabel('Customer', { exact: true }).fill('Northwind');
    await manager.getByLabel('Objective').fill('Fewer spoiled pallets');
    await manager.getByLabel('Estimated budget').fill('42 000');
    await manager.getByLabel('Success criteria').fill('Alarm within a minute\nNo lost reading');
    await manager
      .locator('#main')
      .getByRole('button', { name: /^Create/ })
      .click();
    await manager.waitForURL(/\/povs\/[0-9a-f-]{36}$/);
    id = manager.url().split('/').at(-1)!;
    const pov = await readPov(api, id);
    expect(pov).toMatchObject({ title: 'Cold-chain telemetry', customerName: 'Northwind', status: 'PROJECTED' });
    expect(Number(pov.estimatedBudget)).toBe(42_000);
    expect(pov.phases.map(p => p.name)).toEqual(['Planning', 'Initiation', 'Installation']);
    await status(manager, 'Projected').waitFor();
    await sentence(manager, 'Waiting for Manager Example to open the launch').waitFor();
  });

  step('[POV-021, POV-024] adds the project manager and the sales engineer, who see it at once', async () => {
    await visit(sales, '/dashboard');
    await stay(sales);
    await tab(manager, 'Team');
    await addMember('Sales Example', 'Project manager');
    await addMember('Sales2 Example', 'Sales engineer');
    await sales.getByText('added Sales Example as project manager').waitFor();
    expect(await stayed(sales)).toBe(true);
  });

  step(
    '[POV-044, POV-046] opens the launch and ticks four of five: confirming is refused with the reason',
    async () => {
      await tab(manager, 'Launch');
      await manager.getByRole('button', { name: 'Open the launch' }).first().click();
      for (const item of ['Team members confirmed', 'All phases reviewed', 'Budget approved', 'Resources allocated']) {
        await manager.getByRole('checkbox', { name: item }).first().click();
      }
      await manager.getByText('4 of 5 done').waitFor();
      await sentence(manager, '1 of 5 items open (Details confirmed)').waitFor();
      const confirm = manager.getByRole('button', { name: 'Confirm the launch' }).first();
      expect(await confirm.isDisabled()).toBe(true);
      await confirm.hover();
      await manager.getByRole('tooltip').getByText('All checklist items must be completed before launch').waitFor();
      await confirm.click({ force: true });
      expect(await manager.getByRole('dialog').count()).toBe(0);
    },
  );

  step('[POV-045, PLT-066] the fifth is ticked in another browser, and the first one sees it at once', async () => {
    await stay(manager);
    await visit(sales, `/povs/${id}/launch`);
    await sales.getByText('4 of 5 done').waitFor();
    await sales.getByRole('checkbox', { name: 'Details confirmed' }).first().click();
    await manager.getByText('5 of 5 done').waitFor();
    expect(await manager.getByRole('checkbox', { name: 'Details confirmed' }).first().isChecked()).toBe(true);
    await sentence(manager, 'to confirm the launch').waitFor();
    expect(await stayed(manager)).toBe(true);
  });

  step('[POV-047, PLT-076] confirms: the POV is in progress, here and in the other browser', async () => {
    await manager.getByRole('button', { name: 'Confirm the launch' }).first().click();
    await manager.getByRole('dialog').getByRole('button', { name: 'Confirm the launch' }).click();
    await status(manager, 'In progress').waitFor();
    await status(sales, 'In progress').waitFor();
    await becomes(() => unread(sales), 1, 'the count on the bell');
    await sentence(manager, /Planning runs until .*; then it should be submitted for approval/).waitFor();
  });

  step(
    '[APR-012, PLT-076] submits the phase: both are asked, their bells count up, the sentence names them',
    async () => {
      await visit(sales2, '/inbox');
      await sales2.getByText('You are up to date').filter({ visible: true }).first().waitFor();
      await manager.getByRole('button', { name: 'Submit Planning' }).click();
      const dialog = manager.getByRole('dialog', { name: 'Submit Planning for approval' });
      await dialog.getByText('Sales Example', { exact: true }).waitFor();
      await dialog.getByRole('button', { name: 'Submit', exact: true }).click();
      await dialog.waitFor({ state: 'detached' });
      await sentence(
        manager,
        /Waiting for Sales Example \(Project manager\) and Sales2 Example .* to approve Planning/,
      ).waitFor();
      await sales2.getByRole('heading', { name: /Approve Planning/ }).waitFor();
      await becomes(() => unread(sales), 2, 'the count on the bell');
      const { body } = await api.get<Listed<Instance>>(
        `/api/workflows/instances?filter[status][in]=pending,in_progress`,
      );
      approval = body.items[0]!.id;
    },
  );

  step('[APR-031] the project manager finds it in the inbox, with the count, and approves with the key A', async () => {
    const inbox = sales.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: /^Inbox/ });
    await becomes(async () => /\d+/.exec(await inbox.innerText())?.[0], '1', 'the count of the inbox');
    await inbox.click();
    await sales.getByRole('heading', { name: /Approve Planning/ }).waitFor();
    await sentence(sales, 'Sales2 Example').waitFor();
    await sales.keyboard.press('a');
    await sales.getByRole('list', { name: 'Decided today' }).getByText('Planning').waitFor();
    await sales.getByText('You are up to date').or(sentence(sales, 'Sales2 Example')).first().waitFor();
    await sentence(manager, 'Waiting for Sales2 Example (Sales engineer) to approve Planning').waitFor();
    const { body } = await api.get<Instance>(`/api/workflows/instances/${approval}`);
    expect(body.steps.map(s => [s.decidedByName, s.status])).toContainEqual(['Sales Example', 'approved']);
  });

  step(
    '[PLT-052, APR-016] the other one decides by API key; the phase is completed live and the next one runs',
    async () => {
      // This browser does not hear of it: its stream is cut.
      sales2.expectErrors(/ERR_FAILED/);
      await sales2.route('**/api/stream', route => route.abort());
      await visit(sales2, `/inbox/${approval}`);
      await sales2.getByRole('heading', { name: /Approve Planning/ }).waitFor();
      const own = await app.as('sales2');
      const { body: key } = await own.post<{ key: string }>('/api/api-keys', { name: 'Script' });
      const script = client(app.url, { Authorization: `Bearer ${key.key}` });
      const decide = `/api/processes/wf-${approval}/signals/decide`;
      expect((await script.post(decide, { decision: 'approved', comment: 'By script' })).status).toBe(200);
      await sentence(manager, /Initiation runs until/).waitFor();
      await tab(manager, 'Phases');
      const row = (name: string) =>
        manager.locator('table[aria-label="Phases"]').getByRole('row').filter({ hasText: name });
      await row('Planning').getByText('Completed').waitFor();
      await row('Initiation').getByText('In progress').waitFor();
      expect(await stayed(manager)).toBe(true);
      const second = await script.post<ProblemBody>(decide, { decision: 'rejected', comment: 'Too late' });
      expect([second.status, second.body.detail]).toEqual([409, expect.stringMatching(/already approved/)]);
    },
  );

  step(
    '[APR-021, APR-031] a second decision in the web is refused and says why; a reload shows who decided',
    async () => {
      sales2.expectErrors(/status of 409/);
      await sales2.keyboard.press('a');
      await sales2
        .getByRole('alert')
        .getByText(/Not recorded: .* already approved by Sales2 Example/)
        .waitFor();
      await visit(sales2, `/inbox/${approval}`);
      await sentence(sales2, 'Sales2 Example approved Planning: “By script”').waitFor();
      expect(await sales2.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
      expect((await phasesOf(api, id)).map(p => p.status)).toEqual(['COMPLETED', 'IN_PROGRESS', 'NOT_STARTED']);
    },
  );

  step('[POV-028, POV-033] the details and the progress of the initiation are kept and shown', async () => {
    await manager.getByRole('button', { name: 'Initiation', exact: true }).click();
    const form = manager.getByRole('dialog', { name: 'Phase Initiation' });
    const texts = ['Scope', 'Roles', 'Dependencies', 'Use cases', 'Value criteria', 'Competitive assessment'];
    for (const label of texts) await form.getByLabel(label).fill(`${label} of the pilot`);
    await form.getByRole('switch', { name: 'The customer has signed off' }).click();
    await form.getByRole('slider').fill('40');
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await manager.getByRole('progressbar', { name: 'Progress of Initiation' }).waitFor();
    await manager.getByRole('row').filter({ hasText: 'Initiation' }).getByText('40 %').waitFor();
    const details = (await phasesOf(api, id))[1]!.details;
    expect(details).toMatchObject({
      scope: 'Scope of the pilot',
      useCases: 'Use cases of the pilot',
      customerSignoff: true,
      metadata: { progress: 40 },
    });
  });

  step('[POV-035, POV-036] a move that is not allowed yet stands in the menu with every reason', async () => {
    await manager.getByRole('button', { name: 'Status' }).click();
    const move = manager.getByRole('menuitem', { name: /Move to validation/ });
    await move.getByText('All phases must be completed before validation').waitFor();
    expect(await move.getAttribute('aria-disabled')).toBe('true');
    await manager.keyboard.press('Escape');
  });

  step(
    '[POV-030, PLT-066] a week later, by the sandbox clock, a milestone is overdue and its owner is told',
    async () => {
      const phases = await phasesOf(api, id);
      const milestone = { name: 'Plant connected', dueDate: '2026-11-27T09:00:00.000Z' };
      await api.post(`/api/povs/${id}/phases/${phases[1]!.id}/milestones`, milestone);
      await tab(manager, 'Milestones');
      const row = manager.getByRole('row').filter({ hasText: 'Plant connected' });
      await row.getByText('Pending').waitFor();
      const before = await unread(manager);
      await manager.getByRole('button', { name: /^Sandbox clock/ }).click();
      await manager.getByRole('button', { name: '1 week' }).click();
      await row.getByText('Overdue').waitFor();
      await becomes(async () => (await unread(manager)) > before, true, 'the bell having counted up');
      await manager.keyboard.press('Escape');
      await manager.locator('#main header').getByText('1 milestone overdue').waitFor();
      expect(await stayed(manager)).toBe(true);
    },
  );

  step('[APR-019] a rejection needs its reason, and sends the phase back with it', async () => {
    await manager.getByRole('button', { name: 'Submit Initiation' }).click();
    await manager.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
    await visit(sales, '/inbox');
    await sales.getByRole('heading', { name: /Approve Initiation/ }).waitFor();
    await sales.keyboard.press('r');
    const reason = sales.getByRole('textbox', { name: 'Reason of the rejection' });
    await reason.waitFor();
    await sales.keyboard.press('Control+Enter');
    await sales.getByText('A reason is needed to reject').waitFor();
    await reason.fill('Numbers are missing');
    await sales.keyboard.press('Control+Enter');
    await sentence(manager, /Initiation came back on .*: Numbers are missing\./).waitFor();
    expect((await phasesOf(api, id)).map(p => p.status)).toEqual(['COMPLETED', 'IN_PROGRESS', 'NOT_STARTED']);
  });

  step('[PLT-052] its process says the same sentence and leads to Temporal', async () => {
    const said = await sentenceText(manager);
    await manager.getByRole('button', { name: 'Actions' }).click();
    await manager.getByRole('menuitem', { name: 'Its process' }).click();
    await manager.waitForURL(`**/processes/pov-lifecycle-${id}`);
    await sentence(manager, said).waitFor();
    expect(await sentenceText(manager)).toBe(said);
    const link = manager.getByRole('link', { name: 'Open in Temporal UI' });
    expect(await link.getAttribute('href')).toMatch(new RegExp(`^http://localhost:8233/.*pov-lifecycle-${id}`));
    const { body } = await api.get<{ waitingFor: { sentence: string } }>(`/api/processes/pov-lifecycle-${id}`);
    expect(body.waitingFor.sentence).toBe(said);
  });

  step('[POV-088] the activity tab tells the whole story', async () => {
    await visit(manager, `/povs/${id}/activity`);
    for (const words of [/launch/i, /Planning/, /Sales2 Example/]) {
      await manager.locator('#main').getByText(words).first().waitFor();
    }
  });
});
