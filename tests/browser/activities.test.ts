import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Page } from 'playwright-core';
import type { Interaction } from '../../domain/crm/activity/interaction.ts';
import type { Task } from '../../domain/crm/activity/task.ts';
import type { Ticket } from '../../domain/crm/ticket/ticket.ts';
import { bootApp, type App } from '../kit/app.ts';
import type { Client } from '../kit/client.ts';
import { newAccount, newContact, newTask, withAccountTypes } from '../kit/crm.fixture.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, openPage, visit } from '../kit/page.ts';
import { newFile } from '../kit/file/files.fixture.ts';
import { newPov, type Listed } from '../kit/pov.fixture.ts';
import { seriousFindings, becomes } from './web.fixture.ts';

/** Calls, tasks, groups and tickets as sales people work with them. The clock stands at Tue 24 Nov 2026, 09:00 UTC. */
let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp({ web: true, worker: false });
  await withAccountTypes(app.tenant.id);
  manager = await app.as('manager');
}, 300_000);
afterEach(closePages);
afterAll(async () => {
  await closeBrowser();
  await app?.stop();
});

async function pictures(page: Page, name: string): Promise<void> {
  const folder = process.env['SCREENSHOTS'];
  if (!folder) return;
  const shoot = (look: string): Promise<unknown> => page.screenshot({ path: join(folder, `${name}-${look}.png`) });
  await shoot('light');
  await page.emulateMedia({ colorScheme: 'dark' });
  await shoot('dark');
  await page.setViewportSize({ width: 375, height: 812 });
  await shoot('phone');
}
const read = async (id: string): Promise<Task> => (await manager.get<Task>(`/api/crm/tasks/${id}`)).body;

it('a call and a task are entered on the page of an account, and the task is completed where it stands', async () => {
  const account = await newAccount(manager, { accountName: 'Halvorsen Foods' });
  await newContact(manager, { accountId: account.id, firstName: 'Kari', lastName: 'Halvorsen' });
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${account.id}`);
  const tabs = page.getByRole('navigation', { name: 'Parts of the account' });
  await tabs.getByRole('link', { name: 'Activities' }).click();
  const composer = page.getByRole('form', { name: 'New entry' });
  const story = page.getByRole('list', { name: 'What happened, newest first' });
  await composer.getByRole('button', { name: 'Call' }).click();
  await composer.getByLabel('Subject').fill('Asked for an offer');
  await composer.getByLabel('Details').fill('Two freezers, by Christmas.');
  await composer.getByLabel('Minutes').fill('15');
  await composer.getByLabel('Direction').click();
  await page.getByRole('option', { name: 'Inbound' }).click();
  await composer.getByLabel('Took place').fill('2026-11-23T14:30');
  await composer.getByRole('button', { name: 'Log call' }).click();
  await story.getByText('Asked for an offer').waitFor();
  const { body } = await manager.get<Listed<Interaction>>(`/api/crm/interactions?filter[accountId]=${account.id}`);
  expect(body.items).toMatchObject([{
    type: 'call', duration: 15, description: 'Two freezers, by Christmas.', direction: 'inbound', status: 'completed',
    completedAt: '2026-11-23T14:30:00.000Z',
  }]);
  await composer.getByRole('button', { name: 'Task' }).click();
  await composer.getByLabel('What is to be done').fill('Send the offer');
  await page.keyboard.press('Control+Enter');
  await story.getByRole('checkbox', { name: 'Complete: Send the offer' }).click();
  await story.getByRole('checkbox', { name: 'Open again: Send the offer' }).waitFor();
  const done = await manager.get<Listed<Task>>(`/api/crm/tasks?filter[accountId]=${account.id}`);
  expect(done.body.items).toMatchObject([{ title: 'Send the offer', status: 'completed' }]);
  await page.getByRole('button', { name: 'Kind', exact: true }).click();
  const named = { name: 'New records' };
  await page.getByRole('menuitemcheckbox', named).or(page.getByRole('menuitemradio', named)).click();
  await story.getByText('Asked for an offer').waitFor({ state: 'detached' });
  await story.getByRole('link', { name: 'Kari Halvorsen' }).waitFor();
  await visit(page, `/accounts/${account.id}/activities`);
  await story.getByText('Asked for an offer').waitFor();
  await pictures(page, 'timeline');
});

it('the story shows each change, and a comment mentions a colleague by keyboard alone', async () => {
  const sales = await app.as('sales');
  const account = await newAccount(manager, {
    accountName: 'Tveit Bakery', industry: 'Bread', accountOwner: sales.userId,
  });
  await manager.patch(`/api/accounts/${account.id}`, { industry: 'Pastry', employeeCount: '11-50' });
  await newPov(manager, { title: 'Ovens on trial', accountId: account.id });
  await newFile(app, manager, { subject: 'account', subjectId: account.id }, { name: 'Plan.pdf' });
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${account.id}/activities`);
  const story = page.getByRole('list', { name: 'What happened, newest first' });
  const change = story.getByRole('listitem').filter({ hasText: 'Industry' });
  expect([await change.locator('del').first().innerText(), await change.locator('ins').first().innerText()])
    .toEqual(['Bread', 'Pastry']);
  await story.getByRole('link', { name: 'Ovens on trial' }).waitFor();
  await story.getByRole('link', { name: 'Plan.pdf' }).waitFor();
  await page.getByRole('form', { name: 'New entry' }).getByRole('button', { name: 'Comment' }).first().click();
  const text = page.getByLabel('New comment');
  await text.focus();
  await page.keyboard.type('Please call them, @sal');
  const people = page.getByRole('listbox', { name: 'People' });
  await people.getByRole('option').first().waitFor();
  expect(await seriousFindings(page)).toEqual([]);
  await page.setViewportSize({ width: 375, height: 812 });
  expect(await page.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(375);
  await page.setViewportSize({ width: 1280, height: 800 });
  const offered = await people.getByRole('option').allInnerTexts();
  await page.keyboard.press('ArrowDown');
  const chosen = offered[1 % offered.length]!.split('\n').at(-1)!.trim();
  await page.keyboard.press('Enter');
  await people.waitFor({ state: 'detached' });
  expect(await text.inputValue()).toBe(`Please call them, @${chosen} `);
  await page.keyboard.press('Control+Enter');
  await story.getByText(`@${chosen}`).waitFor();
  expect(await text.inputValue()).toBe('');
  await pictures(page, 'story');
});

it('[CRM-101] all activities stand in one list, filtered by kind and kept as a view', async () => {
  const account = await newAccount(manager, { accountName: 'Sund Shipping' });
  await newTask(manager, { title: 'Order pallets', accountId: account.id });
  await manager.post('/api/crm/interactions', { type: 'meeting', subject: 'Visit the yard', accountId: account.id });
  const page = await openPage(app, 'manager');
  await visit(page, '/activities');
  const table = page.getByRole('table', { name: 'Activities' });
  await table.getByRole('link', { name: 'Order pallets' }).waitFor();
  await page.locator('[aria-haspopup=menu]').filter({ hasText: /^Kind/ }).click();
  await page.getByRole('menuitemcheckbox', { name: 'Meeting' }).click();
  await table.getByRole('link', { name: 'Order pallets' }).waitFor({ state: 'detached' });
  expect(await table.getByRole('link', { name: 'Visit the yard' }).getAttribute('href'))
    .toBe(`/accounts/${account.id}/activities`);
  await page.keyboard.press('Escape');
  expect(page.url()).toContain('activityType=Meeting');
  await visit(page, '/activities');
  await page.waitForURL(/activityType=Meeting/);
  await pictures(page, 'activities');
});

it('activities go on at the end of their list, and take conditions; people and comments go on too', async () => {
  const account = await newAccount(manager, { accountName: 'Long Lines' });
  const many = (into: string, columns: string, values: string, count: number): Promise<unknown> =>
    inDatabase(app, `insert into ${into} (id, tenant_id, created_at, updated_at, ${columns})
      select gen_random_uuid(), $1, now() + n * interval '1 second', now(), ${values}
      from generate_series(1, ${count}) n, account a where a.id = $2`, [app.tenant.id, account.id]);
  const called = `'call', 'Row ' || n, a.id, a.account_owner`;
  await many('interaction', 'type, subject, account_id, owner_id', called, 160);
  const named = `a.id, 'P', n, 'P ' || lpad(n::text, 4, '0')`;
  await many('contact', 'account_id, first_name, last_name, full_name', named, 505);
  await inDatabase(app, `insert into contact_organization (id, tenant_id, created_at, updated_at, contact_id,
      account_id, is_primary) select gen_random_uuid(), $1, now(), now(), c.id, c.account_id, true from contact c
    where c.account_id = $2`, [app.tenant.id, account.id]);
  const task = await newTask(manager, { title: 'Talk', accountId: account.id });
  await inDatabase(app, `insert into crm_comment (id, tenant_id, created_at, updated_at, task_id, body)
    select gen_random_uuid(), $1, now() + n * interval '1 second', now(), $2, 'Said ' || n
    from generate_series(1, 502) n`, [app.tenant.id, task.id]);
  const page = await openPage(app, 'manager');
  await visit(page, '/activities?q=Row&sort=createdAt');
  const table = page.getByRole('table', { name: 'Activities' });
  await table.getByRole('link', { name: 'Row 1', exact: true }).waitFor();
  await page.getByText('1–50 of 160').waitFor();
  await becomes(async () => {
    await page.evaluate(`document.querySelector('#main').scrollTo(0, 1e7)`);
    return table.getByRole('link', { name: 'Row 160' }).isVisible();
  }, true, 'whether the last row is there');
  await page.getByRole('button', { name: 'More filters' }).click();
  const dialog = page.getByRole('dialog', { name: 'Filter activities' });
  await dialog.getByLabel('Value').fill('Row 15');
  await dialog.getByRole('button', { name: 'Apply' }).click();
  await page.getByText('1–11 of 11').waitFor();
  await visit(page, `/accounts/${account.id}/contacts`);
  await page.getByText('The first 500 of 505').waitFor();
  await page.getByRole('button', { name: 'Show more' }).click();
  await page.getByText('The first 500 of 505').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'P 0505' }).waitFor({ state: 'attached' });
  // The button is gone with the last of them: the keys go on where the new ones begin.
  const focused = (): Promise<string> => page.evaluate('document.activeElement.textContent.trim()');
  await becomes(focused, 'P 0501', 'what has the focus');
  await visit(page, `/tasks?task=${task.id}`);
  const comments = page.getByRole('region', { name: 'Comments' });
  await comments.getByText('Said 502', { exact: true }).waitFor();
  expect(await comments.getByText('Said 2', { exact: true }).count()).toBe(0);
  await comments.getByRole('button', { name: 'Show more' }).click();
  await comments.getByText('Said 1', { exact: true }).waitFor();
  await becomes(async () => (await focused()).includes('Said 1') && !(await focused()).includes('Said 502'), true,
    'whether the first comment has the focus');
});

it('a cell is emptied by keys and by mouse; a long text and a time are changed in a panel at theirs', async () => {
  const account = await newAccount(manager, { accountName: 'Fjell Foods' });
  const { id } = await newTask(manager, {
    title: 'Ring back', accountId: account.id, dueDate: '2026-12-01T10:00:00.000Z', description: 'Ask for\nthe price',
  });
  const columnOrder = ['title', 'dueDate', 'accountName', 'description'];
  await manager.post('/api/table-preferences/tasks', { columnOrder, hiddenColumns: [] });
  const page = await openPage(app, 'manager');
  await visit(page, '/tasks/all?q=Ring');
  const cell = (key: string) => page.getByRole('row', { name: /Ring back/ }).locator(`[data-cell="${key}"]`);
  const picker = page.getByRole('combobox', { name: 'Account of Ring back' });
  const ofAccount = async (): Promise<string | null> => (await read(id)).accountId;
  await cell('accountName').dblclick();
  await page.getByRole('option', { name: '–', exact: true }).waitFor();
  // Where the keys begin is what is there already: it stays.
  await page.keyboard.press('Enter');
  await picker.waitFor({ state: 'detached' });
  expect(await ofAccount()).toBe(account.id);
  await page.keyboard.press('Enter');
  await page.getByRole('option', { name: '–', exact: true }).waitFor();
  await page.keyboard.press('Backspace');
  await page.keyboard.press('Enter');
  await becomes(ofAccount, null, 'the account');
  await cell('accountName').getByText('–', { exact: true }).waitFor();
  await manager.patch(`/api/crm/tasks/${id}`, { accountId: account.id });
  await cell('accountName').getByText('Fjell Foods').waitFor();
  await cell('accountName').dblclick();
  await page.getByRole('option', { name: '–', exact: true }).click();
  await becomes(ofAccount, null, 'the account');

  const panel = page.getByRole('dialog', { name: 'Change Description of Ring back' });
  const text = panel.getByRole('textbox', { name: 'Description' });
  await cell('description').dblclick();
  expect(await text.inputValue()).toBe('Ask for\nthe price');
  await text.press('Enter');
  await text.pressSequentially('and a day');
  expect(await seriousFindings(page)).toEqual([]);
  await text.press('Control+Enter');
  await panel.waitFor({ state: 'detached' });
  await becomes(async () => (await read(id)).description, 'Ask for\nthe price\nand a day', 'the description');
  await becomes(() => page.evaluate('document.activeElement.dataset.cell'), 'description', 'the focus');
  await page.keyboard.press('Enter');
  await text.fill('Never mind');
  await text.press('Escape');
  await panel.waitFor({ state: 'detached' });
  await cell('description').getByText('and a day').waitFor();

  const due = page.getByRole('dialog', { name: 'Change Due of Ring back' });
  await cell('dueDate').dblclick();
  expect(await due.getByLabel('Due').inputValue()).toBe('2026-12-01T10:00');
  await due.getByLabel('Due').fill('2026-12-24T09:30');
  await due.getByLabel('Due').press('Enter');
  await becomes(async () => (await read(id)).dueDate, '2026-12-24T09:30:00.000Z', 'when it is due');
  expect((await read(id)).description).toBe('Ask for\nthe price\nand a day');
  await cell('description').dblclick();
  await panel.waitFor();
  await pictures(page, 'text-in-a-cell');
  // What was written is not lost where the task was changed meanwhile.
  page.expectErrors(/status of 409/);
  await text.fill('Ask again');
  await manager.patch(`/api/crm/tasks/${id}`, { priority: 'high' });
  await text.press('Control+Enter');
  await page.getByText('Somebody changed this record meanwhile').waitFor();
  await cell('description').dblclick();
  await panel.waitFor();
  expect(await text.inputValue()).toBe('Ask again');
  await text.press('Control+Enter');
  await becomes(async () => (await read(id)).description, 'Ask again', 'the description');
});

it('a mail is written to a contact by a template, seen as it will be read, and sent', async () => {
  const account = await newAccount(manager, { accountName: 'Lindal Dairies' });
  const emailAddress = 'ole@lindal.example';
  const ole = await newContact(manager, { accountId: account.id, firstName: 'Ole', lastName: 'Lindal', emailAddress });
  const letter = { name: 'First contact', subject: 'Hi {firstName}', body: 'How are things at {accountName}?' };
  const { body: template } = await manager.post<{ id: string }>('/api/email-templates', letter);
  await newContact(manager, { firstName: 'Aase', lastName: 'Aas' });
  const page = await openPage(app, 'manager');
  page.expectErrors(/400/);
  await visit(page, `/accounts/${account.id}/activities`);
  await page.getByRole('button', { name: 'Send e-mail' }).click();
  const form = page.getByRole('dialog', { name: 'Send e-mail' });
  await form.getByLabel('To').click();
  await page.getByRole('option', { name: 'Aase Aas' }).waitFor();
  expect(await page.getByRole('option').first().innerText()).toContain('Ole Lindal');
  await visit(page, `/contacts/${ole.id}/activities`);
  await page.getByRole('button', { name: 'Send e-mail' }).click();
  await form.getByText(emailAddress).first().waitFor();
  await form.getByLabel('Template').click();
  await page.getByRole('option', { name: 'First contact' }).click();
  const preview = form.getByRole('region', { name: 'Preview' });
  await preview.getByText('Hi Ole').waitFor();
  await form.getByLabel('Text').fill('How are things at {accountname}?');
  await preview.getByText('body has no placeholder {accountname}').waitFor();
  await form.getByLabel('Text').fill('How are things at {accountName}?');
  await preview.getByText('How are things at Lindal Dairies?').waitFor();
  await pictures(page, 'send-email');
  await page.setViewportSize({ width: 1280, height: 800 });
  await form.getByRole('button', { name: 'Send' }).click();
  const story = page.getByRole('list', { name: 'What happened, newest first' });
  await story.getByText('Hi Ole').waitFor();
  await story.getByText('is being sent').waitFor();
  await visit(page, `/email-templates/${template.id}`);
  await page.getByLabel('Contact').fill('Ole');
  await page.getByRole('option', { name: 'Ole Lindal' }).click();
  await page.getByRole('region', { name: 'Preview' }).getByText('How are things at Lindal Dairies?').waitFor();
  await pictures(page, 'email-template');
});

it('my tasks stand by when they are due; the keyboard completes, puts off and delegates them', async () => {
  const account = await newAccount(manager, { accountName: 'Rexby Logistics' });
  const [late, today, later] = [
    await newTask(manager, { title: 'Late one', dueDate: '2026-11-23', priority: 'urgent', accountId: account.id }),
    await newTask(manager, { title: 'Of today', dueDate: '2026-11-24T15:00:00Z' }),
    await newTask(manager, { title: 'For later', dueDate: '2026-12-10' }),
  ];
  const page = await openPage(app, 'manager');
  await visit(page, '/tasks');
  for (const [group, title] of [['Overdue', 'Late one'], ['Today', 'Of today'], ['Later', 'For later']] as const)
    await page.getByRole('region', { name: group }).getByRole('link', { name: title }).waitFor();
  await page.keyboard.press('j');
  await page.keyboard.press('x');
  await page.getByRole('link', { name: 'Late one' }).waitFor({ state: 'detached' });
  await becomes(async () => (await read(late.id)).status, 'completed', 'the task');
  await page.getByRole('region', { name: 'Today' }).getByRole('button', { name: 'More about Of today' }).click();
  await page.getByRole('menuitem', { name: 'For a week' }).click();
  await page.getByRole('region', { name: 'Later' }).getByRole('link', { name: 'Of today' }).waitFor();
  expect((await read(today.id)).dueDate).toMatch(/^2026-12-01/);
  await page.getByRole('button', { name: 'More about For later' }).click();
  await page.getByRole('menuitem', { name: 'Delegate…' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('New assignee').fill('sales');
  await page.getByRole('option').first().click();
  await dialog.getByRole('button', { name: 'Delegate' }).click();
  await dialog.waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'For later' }).waitFor({ state: 'detached' });
  expect((await read(later.id)).assigneeId).not.toBe(manager.userId);
  await page.keyboard.press('n');
  const form = page.getByRole('dialog', { name: 'New task' });
  await form.getByLabel('Title').fill('Write the minutes');
  await form.getByRole('button', { name: 'Add' }).click();
  await page.getByRole('region', { name: 'No date' }).getByRole('link', { name: 'Write the minutes' }).click();
  const sheet = page.getByRole('dialog', { name: 'Write the minutes' });
  await sheet.getByLabel('New comment').fill('By Friday');
  await sheet.getByRole('button', { name: 'Comment' }).click();
  await sheet.getByText('By Friday').waitFor();
  await visit(page, '/tasks');
  await page.getByRole('link', { name: 'Write the minutes' }).waitFor();
  await pictures(page, 'tasks');
  await page.keyboard.press('?');
  await page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Complete the task').waitFor();
});

it('an account is put into a group on its own page, and the group shows it', async () => {
  const account = await newAccount(manager, { accountName: 'Brava Maritime' });
  const page = await openPage(app, 'manager');
  await visit(page, '/groups/new');
  const form = page.getByRole('dialog', { name: 'New group' });
  await form.getByLabel('Group name').fill('Trade fair');
  await form.getByRole('button', { name: 'Create' }).click();
  await page.getByRole('heading', { name: 'Trade fair', level: 1 }).waitFor();
  await visit(page, `/accounts/${account.id}/groups`);
  await page.getByLabel('Add to a group').fill('Trade');
  await page.getByRole('option', { name: 'Trade fair' }).click();
  await page.getByRole('table', { name: 'Groups' }).getByRole('link', { name: 'Trade fair' }).click();
  await page.getByRole('table', { name: 'Members' }).getByRole('link', { name: 'Brava Maritime' }).waitFor();
  await pictures(page, 'group');
});

it('a ticket is closed with a comment, leaves the list, and stands among the closed ones', async () => {
  const { body: ticket } = await manager.post<Ticket>('/api/tickets', { issue: 'Wrong price on the offer' });
  const page = await openPage(app, 'manager');
  await visit(page, '/tickets');
  await page.getByRole('link', { name: 'Wrong price on the offer' }).click();
  await page.getByRole('button', { name: 'Close…' }).click();
  const dialog = page.getByRole('alertdialog').or(page.getByRole('dialog'));
  await dialog.getByLabel('What came of it').fill('The vendor corrected it');
  await dialog.getByRole('button', { name: 'Close it' }).click();
  await page.getByRole('button', { name: 'Open again' }).waitFor();
  await page.getByText('The vendor corrected it').waitFor();
  await pictures(page, 'ticket');
  await visit(page, '/tickets');
  await page.getByText('No tickets found').waitFor();
  await visit(page, '/tickets?state=closed');
  await page.getByRole('link', { name: 'Wrong price on the offer' }).waitFor();
  expect((await manager.get<Ticket>(`/api/tickets/${ticket.id}`)).body.state).toBe('closed');
});

it('[CRM-089] a story is read to its first line, however long it is', async () => {
  const account = await newAccount(manager, { accountName: 'Long story' });
  for (let done = 0; done < 510; done += 30)
    await Promise.all(Array.from({ length: 30 }, async (_, n) => {
      const call = { type: 'call', subject: `Call ${done + n + 1}`, accountId: account.id };
      expect((await manager.post('/api/crm/interactions', call)).status).toBe(201);
    }));
  const page = await openPage(app, 'manager');
  await visit(page, `/accounts/${account.id}/activities`);
  const lines = page.getByRole('list', { name: 'What happened, newest first' }).getByRole('listitem');
  await becomes(() => lines.count(), 30, 'the number of lines at first');
  const more = page.getByRole('button', { name: 'Show more' });
  for (const count of [130, 230, 330, 430]) {
    await more.click();
    await becomes(() => lines.count(), count, 'the number of lines');
  }
  await more.click();
  await more.waitFor({ state: 'detached' });
  const next = lines.nth(430);
  await becomes(() => next.evaluate(line => line.matches(':focus')), true, 'whether the next line has the focus');
  const all = new Set((await lines.allInnerTexts()).flatMap(text => /Call \d+/.exec(text)?.[0] ?? []));
  expect(all.size).toBe(510);
});
