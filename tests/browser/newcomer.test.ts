import { afterAll, afterEach, beforeAll, describe, expect } from '@jest/globals';
import { startTemporal, type Temporal } from '../../bin/temporal.ts';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { PhaseTemplate } from '../../domain/pov/phase-template.ts';
import type { AllowedTransition } from '../../domain/pov/pov-transition.ts';
import { bootApp, type App } from '../kit/app.ts';
import { client, type Client, type ProblemBody } from '../kit/client.ts';
import { closeBrowser, closePages, noFaults, openPage, visit, type OpenPage } from '../kit/page.ts';
import { activitiesOf, decide, newTemplate, phasesOf, readPov, type Listed } from '../kit/pov.fixture.ts';
import { becomes, sentence, sentenceText, story } from './web.fixture.ts';

/** What a newcomer does, by hand, from an empty list to a POV that is won. */
let app: App, api: Client, temporal: Temporal;
let manager: OpenPage, sales: OpenPage, sales2: OpenPage;
let id = '',
  approval = '',
  rejected = '';

beforeAll(async () => {
  // A server of its own, because the shared one serves no Temporal UI.
  temporal = await startTemporal({ cli: process.env['TEMPORAL_CLI'], ui: { wish: 18_233 } });
  app = await bootApp({ web: true, temporalAt: temporal.address, env: { TEMPORAL_UI_URL: temporal.uiUrl! } });
  api = await app.as('manager');
  const admin = await app.as('admin');
  await newTemplate(admin, ['Trial'], { name: 'Former standard', isDefault: true });
  await newTemplate(admin, ['Initiation', 'Installation'], { name: 'Standard', isDefault: true });
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
  await temporal?.stop();
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

/** Submits a phase, and both approvers approve it with a key. */
async function round(phase: string): Promise<void> {
  await manager.getByRole('button', { name: `Submit ${phase}` }).click();
  await manager.getByRole('dialog').getByRole('button', { name: 'Submit', exact: true }).click();
  await sentence(manager, `to approve ${phase}`).waitFor();
  for (const page of [sales, sales2]) {
    await visit(page, '/inbox');
    await page.getByRole('heading', { name: new RegExp(`Approve ${phase}`) }).waitFor();
    await page.keyboard.press('a');
    await page.getByRole('list', { name: 'Decided today' }).getByText(phase).first().waitFor();
  }
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
    expect(pov).toMatchObject({ competitors: [], tags: [] });
    const { body: templates } = await (await app.as('admin')).get<Listed<PhaseTemplate>>('/api/admin/phases');
    expect(templates.items.filter(t => t.isDefault).map(t => t.name)).toEqual(['Standard']);
    expect(Number(pov.estimatedBudget)).toBe(42_000);
    expect(pov.phases.map(p => p.name)).toEqual(['Planning', 'Initiation', 'Installation']);
    await status(manager, 'Projected').waitFor();
    await sentence(manager, 'Waiting for Manager Example to open the launch').waitFor();
  });

  step('[POV-022, POV-024] adds the project manager and the sales engineer, who see it at once', async () => {
    sales2.expectErrors(/status of 40[34]/);
    expect([403, 404]).toContain((await sales2.goto(`/povs/${id}`))?.status());
    await visit(sales, '/dashboard');
    await stay(sales);
    await tab(manager, 'Team');
    await addMember('Sales Example', 'Project manager');
    await addMember('Sales2 Example', 'Sales engineer');
    await sales.getByText('added Sales Example as project manager').waitFor();
    expect(await stayed(sales)).toBe(true);
    await visit(sales2, `/povs/${id}`);
    await sales2.getByRole('heading', { name: 'Cold-chain telemetry', level: 1 }).waitFor();
  });

  step(
    '[POV-044, POV-046] opens the launch and ticks four of five: confirming is refused with the reason',
    async () => {
      await tab(manager, 'Launch');
      await manager.getByRole('button', { name: 'Open the launch' }).first().click();
      const four = ['Team members confirmed', 'All phases reviewed', 'Budget approved', 'Resources allocated'];
      for (const item of four) {
        await manager.getByRole('checkbox', { name: item }).first().click();
      }
      await manager.getByText('4 of 5 done').waitFor();
      await sentence(manager, '1 of 5 items open: Details confirmed').waitFor();
      const confirm = manager.getByRole('button', { name: 'Confirm the launch' }).first();
      expect(await confirm.isDisabled()).toBe(true);
      await confirm.hover();
      await manager.getByRole('tooltip').getByText('All checklist items must be completed before launch').waitFor();
      await confirm.click({ force: true });
      expect(await manager.getByRole('dialog').count()).toBe(0);
      const { launch } = await readPov(api, id);
      expect(launch!.checklist.items.map(i => i.label)).toEqual([...four, 'Details confirmed']);
      expect(launch!.confirmed).toBe(false);
    },
  );

  step('[PLT-066] the fifth is ticked in another browser, and the first one sees it at once', async () => {
    await stay(manager);
    await visit(sales, `/povs/${id}/launch`);
    await sales.getByText('4 of 5 done').waitFor();
    await sales.getByRole('checkbox', { name: 'Details confirmed' }).first().click();
    await manager.getByText('5 of 5 done').waitFor();
    expect(await manager.getByRole('checkbox', { name: 'Details confirmed' }).first().isChecked()).toBe(true);
    await sentence(manager, 'to confirm the launch').waitFor();
    expect(await stayed(manager)).toBe(true);
  });

  step('[POV-047, POV-050, PLT-076] confirms: the POV is in progress, here and in the other browser', async () => {
    await manager.getByRole('button', { name: 'Confirm the launch' }).first().click();
    await manager.getByRole('dialog').getByRole('button', { name: 'Confirm the launch' }).click();
    await status(manager, 'In progress').waitFor();
    await status(sales, 'In progress').waitFor();
    await becomes(() => unread(sales), 1, 'the count on the bell');
    const pov = await readPov(api, id);
    expect(pov.status).toBe('IN_PROGRESS');
    expect(pov.launch).toMatchObject({ confirmed: true, launchedBy: app.tenant.users.manager });
    expect(pov.launch!.launchedAt).toMatch(/^2026-11-24T09:0/);
    await sentence(manager, /Planning has been running since .* and ends on .*; then the team should submit it for approval/).waitFor();
  });

  step(
    '[APR-033, APR-012, PLT-076] submits the phase: both are asked, their bells count up, the sentence names them',
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
      const [planning] = await phasesOf(api, id);
      expect(body.items).toHaveLength(1);
      expect(body.items[0]).toMatchObject({ type: 'PHASE_APPROVAL', status: 'in_progress' });
      expect(body.items[0]!.metadata['phaseId']).toBe(planning!.id);
    },
  );

  step('[APR-031, APR-018] the project manager finds it in the inbox, and approves; the asker may not', async () => {
    await visit(manager, `/inbox/${approval}`);
    await manager.getByRole('heading', { name: 'Planning' }).first().waitFor();
    expect(await manager.getByRole('button', { name: /^Approve/ }).count()).toBe(0);
    expect((await decide(api, approval, 'approve')).status).toBe(403);
    await visit(manager, `/povs/${id}`);
    await stay(manager);
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
    expect(body.status).toBe('in_progress');
    expect(body.steps.map(s => [s.decidedByName, s.status])).toContainEqual(['Sales Example', 'approved']);
  });

  step(
    '[APR-036, APR-016, PLT-052] the other one decides by API key; the phase is completed live and the next one runs',
    async () => {
      // This browser does not hear of it: its stream is cut.
      sales2.expectErrors(/ERR_FAILED/);
      await sales2.route('**/api/stream', route => route.abort());
      await visit(sales2, `/inbox/${approval}`);
      await sales2.getByRole('heading', { name: /Approve Planning/ }).waitFor();
      const own = await app.as('sales2');
      const { body: key } = await own.post<{ key: string }>('/api/api-keys', { name: 'Script' });
      const script = client(app.url, { Authorization: `Bearer ${key.key}` });
      const decision = `/api/processes/wf-${approval}/signals/decide`;
      expect((await script.post(decision, { decision: 'approved', comment: 'By script' })).status).toBe(200);
      await sentence(manager, /Initiation has been running since/).waitFor();
      await tab(manager, 'Phases');
      const row = (name: string) =>
        manager.locator('table[aria-label="Phases"]').getByRole('row').filter({ hasText: name });
      await row('Planning').getByText('Completed').waitFor();
      await row('Initiation').getByText('In progress').waitFor();
      expect(await stayed(manager)).toBe(true);
      expect((await api.get<Instance>(`/api/workflows/instances/${approval}`)).body.status).toBe('completed');
      expect((await script.get(`/api/processes/wf-${approval}`)).status).toBe(200);
      expect((await script.post('/api/processes/noSuchType')).status).toBe(404);
      expect((await (await app.as('readonly')).post(decision, { decision: 'approved' })).status).toBe(403);
      const second = await script.post<ProblemBody>(decision, { decision: 'rejected', comment: 'Too late' });
      expect([second.status, second.body.detail]).toEqual([409, expect.stringMatching(/already approved/)]);
    },
  );

  step(
    '[APR-021] a second decision in the web is refused and says why; a reload shows who decided',
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

  step('[POV-039] a move that is not allowed yet stands in the menu with its reason', async () => {
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

  step('[APR-019] a rejection needs its reason, ends the round and sends the phase back with it', async () => {
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
    await sentence(manager, /Initiation came back \(.*: Numbers are missing\); waiting for the team to submit it again/).waitFor();
    const { body } = await api.get<Listed<Instance>>('/api/workflows/instances?sort=-createdAt');
    rejected = body.items[0]!.id;
    expect(body.items[0]!.status).toBe('rejected');
    expect(body.items[0]!.steps.map(s => s.decidedByName).sort()).toEqual(['Sales Example', null]);
    const told = async (): Promise<boolean> =>
      JSON.stringify((await api.get('/api/notifications?pageSize=100')).body).includes('Numbers are missing');
    await becomes(told, true, 'the asker having a notification with the reason');
    expect((await phasesOf(api, id)).map(p => p.status)).toEqual(['COMPLETED', 'IN_PROGRESS', 'NOT_STARTED']);
  });

  step('[APR-032] its process says the same sentence, and opens in the Temporal UI', async () => {
    const said = await sentenceText(manager);
    await manager.getByRole('button', { name: 'Actions' }).click();
    await manager.getByRole('menuitem', { name: 'Its process' }).click();
    await manager.waitForURL(`**/processes/pov-lifecycle-${id}`);
    await sentence(manager, said).waitFor();
    expect(await sentenceText(manager)).toBe(said);
    const { body } = await api.get<{ waitingFor: { sentence: string } }>(`/api/processes/pov-lifecycle-${id}`);
    expect(body.waitingFor.sentence).toBe(said);
    const coming = manager.getByRole('row').filter({ hasText: 'predicted' });
    await coming.filter({ hasText: 'Installation starts' }).waitFor();
    const opened = manager.context().waitForEvent('page');
    await manager.getByRole('link', { name: 'Open in Temporal UI' }).click();
    const engine = await opened;
    await engine.getByText(`pov-lifecycle-${id}`).first().waitFor();
    await engine.getByText('Running').first().waitFor();
    expect(engine.url()).toContain(`${temporal.uiUrl!}/namespaces/default/workflows/pov-lifecycle-${id}`);
    await engine.close();
    const found = [];
    const { referenceId } = (await api.get<Instance>(`/api/workflows/instances/${rejected}`)).body;
    const query = `ReferenceId = '${referenceId}' AND TenantId = '${app.tenant.id}'`;
    for await (const { workflowId } of app.engine.client.workflow.list({ query })) found.push(workflowId);
    expect(found).toEqual([`wf-${rejected}`]);
  });

  step('[APR-037] submitted again a new round begins; once all have approved, the last phase runs', async () => {
    await visit(manager, `/povs/${id}`);
    await round('Initiation');
    await sentence(manager, /Installation has been running since/).waitFor();
    expect((await api.get<Listed<Instance>>('/api/workflows/instances')).body.items).toHaveLength(3);
    await round('Installation');
    await sentence(manager, /to validation/).waitFor();
  });

  step('[POV-036] in validation winning is refused with all reasons', async () => {
    await api.post(`/api/povs/${id}/kpis`, { name: 'Less waste', target: { value: 20 }, current: { value: 5 } });
    const initiation = (await phasesOf(api, id))[1]!;
    await api.patch(`/api/povs/${id}/phases/${initiation.id}`, { details: { customerSignoff: false } });
    await manager.getByRole('button', { name: 'Move to validation' }).click();
    await manager.getByRole('dialog').getByRole('button', { name: 'Move to validation' }).click();
    await status(manager, 'Validation').waitFor();
    await sentence(manager, 'Waiting for Manager Example to record the outcome of Cold-chain telemetry').waitFor();
    await manager.getByRole('button', { name: 'Status' }).click();
    const won = manager.getByRole('menuitem', { name: /Record as won/ });
    for (const reason of ['KPI targets must be met', 'The customer must have signed off']) {
      await won.getByText(reason).waitFor();
    }
    expect(await won.getAttribute('aria-disabled')).toBe('true');
    await manager.keyboard.press('Escape');
  });

  step('[POV-042] two moves at once: one counts, and the page follows it', async () => {
    const move = () => api.post<ProblemBody>(`/api/povs/${id}/transitions`, { to: 'IN_PROGRESS' });
    const answers = await Promise.all([move(), move()]);
    expect(answers.map(a => a.status).sort()).toEqual([200, 409]);
    await status(manager, 'In progress').waitFor();
    const { body } = await api.get<{ transitions: AllowedTransition[] }>(`/api/povs/${id}/transitions`);
    expect(body.transitions.find(t => t.to === 'VALIDATION')).toMatchObject({ valid: true, errors: [] });
    await manager.getByRole('button', { name: 'Move to validation' }).click();
    await manager.getByRole('dialog').getByRole('button', { name: 'Move to validation' }).click();
    await status(manager, 'Validation').waitFor();
  });

  step('[POV-040] with the target met and the sign-off given it is won, and its process ends', async () => {
    await tab(manager, 'KPIs');
    await manager.getByRole('button', { name: 'Less waste', exact: true }).click();
    const kpi = manager.getByRole('dialog', { name: 'Edit Less waste' });
    await kpi.getByLabel('Now').fill('25');
    await kpi.getByRole('button', { name: 'Save' }).click();
    await kpi.waitFor({ state: 'detached' });
    await tab(manager, 'Phases');
    await manager.getByRole('button', { name: 'Initiation', exact: true }).click();
    const form = manager.getByRole('dialog', { name: 'Phase Initiation' });
    await form.getByRole('switch', { name: 'The customer has signed off' }).click();
    await form.getByRole('button', { name: 'Save' }).click();
    await form.waitFor({ state: 'detached' });
    await manager.getByRole('button', { name: 'Record as won' }).click();
    const question = manager.getByRole('dialog', { name: /Record as won/ });
    await question.getByText('This is final: the POV cannot move any more').waitFor();
    await question.getByRole('button', { name: 'Record as won' }).click();
    await status(manager, 'Won').waitFor();
    await sentence(manager, /^Won on .* Nothing more is waited for\./).waitFor();
    expect((await api.post(`/api/povs/${id}/transitions`, { to: 'LOST', reason: 'No' })).status).toBe(409);
    await visit(manager, `/processes/pov-lifecycle-${id}`);
    await sentence(manager, 'It has ended as Won').waitFor();
    await manager.getByText('It has ended: nothing is to come.').waitFor();
  });

  step('[POV-089] the activity tab tells the whole story: who did what, newest first', async () => {
    await visit(manager, `/povs/${id}/activity`);
    await manager.getByRole('button', { name: /^Show \d+ more$/ }).click();
    const tale = manager.getByRole('list').filter({ hasText: 'created Cold-chain telemetry' });
    await tale.waitFor();
    const text = (await tale.innerText()).replace(/\s+/g, ' ');
    expect(text).toMatch(/won.*rejected Initiation.*Sales2 Example approved Planning.*launch.*Manager Example created/i);
    const activities = await activitiesOf(api, id);
    const times = activities.map(a => a.createdAt);
    expect(times).toEqual([...times].sort().reverse());
    // Also what was done at the same instant, on a clock that stood still.
    expect(activities.at(-1)).toMatchObject({ action: 'pov.created', userId: app.tenant.users.manager });
  });
});
