import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import { newFile } from '../kit/file/files.fixture.ts';
import { inDatabase } from '../kit/in-database.ts';
import type { Client } from '../kit/client.ts';
import { closeBrowser, closePages, noFaults, openPage, signInByForm, visit, type OpenPage } from '../kit/page.ts';
import { newImport } from '../kit/job/jobs.fixture.ts';
import { decide, join, newPov, newTemplate, phasesOf, submit, type Listed } from '../kit/pov.fixture.ts';
import { forgotten, plainPages, routes } from './routes.fixture.ts';

/** A script in every text that people write, and then every page that shows one. */
const image = '<img src=x onerror=window.__hit=1>';
const script = '"><script>window.__hit=1</script>';
const evil = `${image}${script}`;

let app: App, pov: Pov, page: OpenPage;
const ids = {
  rejected: '', waiting: '', custom: '', role: '', account: '', contact: '', group: '', ticket: '', opportunity: '',
  job: '', above: '', other: '', product: '', relation: '', warehouse: '', template: '', interaction: '',
  task: '',
};

async function must<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status >= 300) throw new Error(`${status} ${JSON.stringify(body)}`);
  return body;
}

async function people(admin: Client): Promise<void> {
  for (const username of ['sales', 'sales2', 'manager', 'admin'] as const) {
    const path = `/api/admin/users/${app.tenant.users[username]}`;
    const { version } = await must(admin.get<{ version: number }>(path));
    await must(admin.patch(path, { fullName: `${username} ${evil}`, version }));
  }
  const role = { code: 'TEAM_LEAD', name: evil.slice(0, 100) };
  ids.role = (await must(admin.post<{ id: string }>('/api/admin/roles', role))).id;
  await must(admin.patch('/api/admin/settings', { name: evil }));
  await must(admin.post('/api/api-keys', { name: evil.slice(0, 100) }));
  const provider = { name: evil.slice(0, 100), kind: 'google', issuer: 'https://accounts.google.com' };
  const secret = { clientId: evil, clientSecret: evil };
  await must(admin.post('/api/admin/identity-providers', { ...provider, ...secret, emailDomains: ['a.example'] }));
}

async function workOn(admin: Client, manager: Client): Promise<void> {
  const { id: templateId } = await newTemplate(admin, [evil], {
    name: evil,
    description: evil,
    workflow: [{ name: evil, description: evil, type: 'EXECUTION', details: { scope: evil, [evil]: evil } }],
  });
  pov = await newPov(manager, {
    title: evil, customerName: evil, customerContact: evil, partnerName: evil, partnerContact: evil, objective: evil,
    solution: evil, opportunityName: evil, tags: [evil], competitors: [evil], templateId,
    blockers: [evil, { title: evil, severity: 'low' }], documents: [{ name: evil, url: 'javascript:window.__hit=1' }],
    metadata: { customer: evil, successCriteria: [evil], technicalRequirements: evil },
  });
  const at = (path: string): string => `/api/povs/${pov.id}/${path}`;
  await join(manager, pov.id, app.tenant.users.sales, 'PROJECT_MANAGER');
  await join(manager, pov.id, app.tenant.users.sales2, 'SALES_ENGINEER');
  await must(manager.post(at('launch')));
  await must(manager.post(at('kpis'), { name: evil, target: { value: 20, unit: evil }, current: { value: 5 } }));
  const request = { title: evil, description: evil, povId: pov.id };
  await must(manager.post('/api/feature-requests', { ...request, requestedBy: evil }));
  await must(manager.post('/api/support-requests', request));
  const phases = await phasesOf(manager, pov.id);
  const milestone = { name: evil, description: evil, dueDate: '2026-12-01T09:00:00.000Z' };
  await must(manager.post(at(`phases/${phases[0]!.id}/milestones`), milestone));
  await must(manager.post(at(`phases/${phases[0]!.id}/milestones`), { ...milestone, dueDate: '2026-11-24T09:00:01Z' }));
  ids.rejected = (await must(submit(manager, pov.id, phases[0]!.id))).id;
  await app.settled();
  await must(decide(await app.as('sales'), ids.rejected, 'reject', evil));
  await app.settled();
  ids.waiting = (await must(submit(manager, pov.id, phases[0]!.id))).id;
  await app.settled();
  await must(decide(await app.as('sales'), ids.waiting, 'approve', evil));
}

/** A company and somebody there, all of whose texts are scripts. */
async function atCompanies(admin: Client, manager: Client): Promise<void> {
  const type = await must(admin.post<{ id: string }>('/api/account-types', { name: evil }));
  const texts = { industry: evil, description: evil, shippingStreet: evil, organizationType: evil };
  const named = { accountName: evil, accountTypeId: type.id };
  const above = await must(manager.post<{ id: string }>('/api/accounts', { ...named, isDistributor: true }));
  ids.above = above.id;
  ids.account = (await must(manager.post<{ id: string }>('/api/accounts?force=true', {
    ...named, accountLegalName: evil, parentAccountId: above.id, isPrincipal: true, ...texts,
  }))).id;
  await must(manager.patch(`/api/accounts/${ids.account}`, { sector: evil }));
  ids.contact = (await must(manager.post<{ id: string }>('/api/contacts', {
    ...{ accountId: ids.account, firstName: evil, lastName: evil, jobTitle: evil, description: evil, tags: [evil] },
  }))).id;
  await activities(manager);
  ids.other = (await must(manager.post<{ id: string }>('/api/contacts?force=true', {
    ...{ accountId: ids.account, firstName: evil, lastName: evil },
  }))).id;
  await catalog(admin, manager);
  await sells(admin, manager);
  const csv = `"Account name","${evil.replaceAll('"', '""')}"\n"${evil.replaceAll('"', '""')}",x\n`;
  ids.job = (await newImport(admin, 'account', csv, `${evil}.csv`)).id;
}

/** What is sold, by whom and from where, and what administrators name. */
async function catalog(admin: Client, manager: Client): Promise<void> {
  const made = async (by: Client, path: string, body: object): Promise<string> =>
    (await must(by.post<{ id: string }>(path, body))).id;
  const name = evil.slice(0, 100);
  await made(admin, '/api/tags', { name });
  await made(admin, '/api/custom-fields', { recordType: 'account', key: 'note', label: name, section: name });
  ids.product = await made(manager, '/api/products', {
    productNameHouse: evil, productDescriptionHouse: evil, vendorAccountId: ids.account,
  });
  ids.relation = await made(manager, '/api/principal-distributor-relationships', {
    principalAccountId: ids.account, distributorAccountId: ids.above, commissionRate: '10',
    territory: evil, notes: evil,
  });
  ids.warehouse = await made(manager, '/api/inventory/warehouses', {
    name: evil, code: 'WH', addressLine1: evil, city: name, postalCode: '1', country: name,
  });
  ids.template = await made(manager, '/api/email-templates', { name: evil, subject: evil, body: evil });
  await made(admin, '/api/crm/scoring-rules', { name: evil, points: 1, condition: { kind: 'interactions' } });
  await made(admin, '/api/webhooks', { url: 'https://a.example/hook', events: ['pov.*'], description: evil });
  await made(admin, '/api/inventory/product-categories', { name });
  await must(admin.put('/api/admin/enrichment-source', {
    name, url: 'https://a.example/companies?domain={domain}', apiKey: 'key', fields: { industry: 'a' },
  }));
  await inDatabase(
    app,
    `insert into duplicate_pair (id, tenant_id, created_at, updated_at, subject, first_id, second_id, score)
     values (gen_random_uuid(), $1, now(), now(), 'contact', $2, $3, 90)`,
    [app.tenant.id, ...[ids.contact, ids.other].sort()],
  );
}

/** What may be sold to them. */
async function sells(admin: Client, manager: Client): Promise<void> {
  await must(admin.post('/api/opportunity-stages', { key: 'open', name: evil.slice(0, 100) }));
  const lost = { key: 'lost', name: `Lost ${evil}`.slice(0, 100), outcome: 'lost' };
  await must(admin.post('/api/opportunity-stages', lost));
  const texts = { opportunityName: evil, description: evil, source: evil, orderIdHouse: evil, tags: [evil] };
  const deal = { ...texts, accountId: ids.account, stage: 'open', expectedCloseDate: '2026-12-15', value: 1000 };
  const { id } = await must(manager.post<{ id: string }>('/api/opportunities', deal));
  await must(manager.post('/api/opportunities', { ...deal, stage: 'lost', lostReason: evil }));
  await must(manager.post('/api/opportunity-line-items', { opportunityId: id, description: evil, unitPrice: 100 }));
  const part = { opportunityId: id, accountId: ids.account, role: 'customer', contactId: ids.contact };
  await must(manager.post('/api/opportunity-participants', part));
  ids.opportunity = id;
  await must(manager.post('/api/tickets', { issue: evil, opportunityId: id }));
  const call = { type: 'call', subject: evil, description: evil, opportunityId: id };
  await must(manager.post('/api/crm/interactions', call));
  await newFile(app, manager, { subject: 'opportunity', subjectId: id }, { name: `${image}.pdf` });
  await newPov(manager, { title: `Of the deal ${evil}`, accountId: ids.account, opportunityId: id });
}

/** What was done and is to be done with them. */
async function activities(manager: Client): Promise<void> {
  const about = { contactId: ids.contact, description: evil };
  const call = { type: 'call', subject: evil, outcome: evil, ...about };
  ids.interaction = (await must(manager.post<{ id: string }>('/api/crm/interactions', call))).id;
  const assigneeId = app.tenant.users.admin;
  const task = { title: evil, dueDate: '2026-12-01', assigneeId, ...about };
  ids.task = (await must(manager.post<{ id: string }>('/api/crm/tasks', task))).id;
  await must(manager.post(`/api/crm/tasks/${ids.task}/comments`, { body: evil }));
  ids.group = (await must(manager.post<{ id: string }>('/api/groups', {
    groupName: evil, groupType: evil.slice(0, 100), description: evil,
  }))).id;
  for (const member of [{ accountId: ids.account }, { contactId: ids.contact }])
    await must(manager.post(`/api/groups/${ids.group}/members`, member));
  const ticket = { issue: evil, description: evil, vendorId: ids.account, comment: evil };
  ids.ticket = (await must(manager.post<{ id: string }>('/api/tickets', ticket))).id;
}

beforeAll(async () => {
  app = await bootApp({ web: true });
  const [admin, manager] = [await app.as('admin'), await app.as('manager')];
  await people(admin);
  await atCompanies(admin, manager);
  await workOn(admin, manager);
  const approval = { referenceType: 'invoice', referenceId: app.tenant.id, title: evil, mode: 'parallel-all' };
  const steps = [{ name: evil, role: 'ADMIN' }, { name: evil, role: 'SALES_MANAGEMENT' }];
  ids.custom = (await must(manager.post<Instance>('/api/workflows/instances', { ...approval, steps }))).id;
  for (const username of ['admin', 'sales'] as const) {
    const userId = app.tenant.users[username];
    await must(admin.post('/api/notifications', { userId, subject: evil, body: evil }));
  }
  const stalled = await newPov(manager, { title: `Stalled ${evil}` });
  await must(manager.post(`/api/povs/${stalled.id}/transitions`, { to: 'LOST', reason: evil }));
  // A message past the API, whose name is a script.
  await app.engine.client.workflow.getHandle(`pov-lifecycle-${pov.id}`).signal(evil, {});
  await app.advance({ by: 60 });
  const gone = await newPov(manager, { title: `Gone ${evil}` });
  await must(manager.delete(`/api/povs/${gone.id}`));
  const ended = await newPov(manager, { title: `Ended ${evil}` });
  await app.settled();
  await must(admin.post(`/api/admin/processes/pov-lifecycle-${ended.id}/termination`, { reason: evil }));
  page = await openPage(app, 'admin', { reducedMotion: 'reduce' });
}, 300_000);
afterEach(noFaults);
afterAll(async () => {
  await closePages();
  await closeBrowser();
  await app?.stop();
});

/** Written text that became an element or ran, or a link that would run one. */
async function harmed(where: OpenPage): Promise<unknown> {
  return where.evaluate(`({
    hit: window.__hit ?? null,
    images: [...document.querySelectorAll('img[onerror], img[src="x"]')].length,
    scripts: [...document.scripts].filter(s => s.textContent.startsWith('window.__hit')).length,
    links: [...document.querySelectorAll('a[href^="javascript:"]')].length,
  })`);
}
const unharmed = { hit: null, images: 0, scripts: 0, links: 0 };

const plain = plainPages(() => ({
  warehouses: ids.warehouse, 'email-templates': ids.template, interactions: ids.interaction,
}));
const pages: [string, () => string][] = [
  ['home', () => '/dashboard'],
  ['inbox', () => '/inbox'],
  ['an approval', () => `/inbox/${ids.custom}`],
  ['a rejected approval', () => `/inbox/${ids.rejected}`],
  ['an approval that others decide', () => `/inbox/${ids.waiting}`],
  ['notifications', () => '/notifications'],
  ['the search', () => '/search?q=onerror'],
  ['POVs', () => '/povs'],
  ['POVs with a tag', () => `/povs?tag=${encodeURIComponent(evil)}`],
  ['board', () => '/povs/board'],
  ...['', '/team', '/phases', '/milestones', '/kpis', '/approvals', '/requests', '/launch', '/files', '/activity'].map(
    (tab): [string, () => string] => [`POV ${tab.slice(1) || 'overview'}`, () => `/povs/${pov.id}${tab}`],
  ),
  ['accounts', () => '/accounts'],
  ...[
    ...['', '/contacts', '/opportunities', '/povs', '/products', '/partners', '/tickets', '/activities', '/groups'],
    ...['/files', '/hierarchy', '/history', '/edit'],
  ].map(
    (tab): [string, () => string] => [`account ${tab.slice(1) || 'overview'}`, () => `/accounts/${ids.account}${tab}`],
  ),
  ['contacts', () => '/contacts'],
  ...['', '/organizations', '/opportunities', '/activities', '/groups', '/files', '/history', '/edit'].map(
    (tab): [string, () => string] => [`contact ${tab.slice(1) || 'overview'}`, () => `/contacts/${ids.contact}${tab}`],
  ),
  ['opportunities', () => '/opportunities'],
  ['pipeline', () => '/opportunities/board'],
  ['forecast', () => '/opportunities/forecast'],
  ...['', '/lines', '/participants', '/stages', '/activities', '/povs', '/tickets', '/files', '/history', '/edit'].map(
    (tab): [string, () => string] =>
      [`opportunity ${tab.slice(1) || 'overview'}`, () => `/opportunities/${ids.opportunity}${tab}`],
  ),
  ['stages', () => '/admin/stages'],
  ['account types', () => '/admin/account-types'],
  ['fields', () => '/admin/fields'],
  ['tags', () => '/admin/tags'],
  ['scoring', () => '/admin/scoring'],
  ['duplicates', () => '/duplicates'],
  ['a merge of accounts', () => `/accounts/merge?ids=${ids.account},${ids.above}`],
  ['a merge of contacts', () => `/contacts/merge?ids=${ids.contact},${ids.other}`],
  ['products', () => '/products'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] => [`product ${tab.slice(1) || 'overview'}`, () => `/products/${ids.product}${tab}`],
  ),
  ['partners', () => '/partners'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] =>
      [`relation ${tab.slice(1) || 'overview'}`, () => `/partners/${ids.relation}${tab}`],
  ),
  ['principals', () => '/reports/principal-advocacy'],
  ...plain.lists, ...plain.ofOne,
  ['webhooks', () => '/admin/webhooks'],
  ['product categories', () => '/admin/product-categories'],
  ['enrichment', () => '/admin/enrichment'],
  ['jobs', () => '/jobs'],
  ['deleted records', () => '/deleted'],
  ['a job', () => `/jobs/${ids.job}`],
  ['tasks', () => '/tasks'],
  ['all tasks', () => '/tasks/all'],
  ['one of all tasks', () => `/tasks/all/${ids.task}/edit`],
  ['activities', () => '/activities'],
  ['groups', () => '/groups'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] => [`group ${tab.slice(1) || 'members'}`, () => `/groups/${ids.group}${tab}`],
  ),
  ['tickets', () => '/tickets'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] => [`ticket ${tab.slice(1) || 'comments'}`, () => `/tickets/${ids.ticket}${tab}`],
  ),
  ['processes', () => '/processes'],
  ['a process', () => `/processes/pov-lifecycle-${pov.id}`],
  ['the process of an approval', () => `/processes/wf-${ids.rejected}`],
  ['users', () => '/admin/users'],
  ['roles', () => '/admin/roles'],
  ['a role', () => `/admin/roles/${ids.role}`],
  ['operations', () => '/admin/operations'],
  ['settings', () => '/admin/settings'],
  ['ways to sign in', () => '/admin/sign-in'],
  ['API keys', () => '/admin/api-keys'],
  ['own API keys', () => '/settings/api-keys'],
  ['phase templates', () => '/admin/phases'],
  ['audit log', () => `/admin/audit?recordId=${pov.id}`],
];
/** Nothing that people write stands in these themselves; around them stand the names of workspace and user. */
const framed: [string, () => string][] = [
  ['a new POV', () => '/povs/new'],
  ['a new account', () => '/accounts/new'],
  ['a new contact', () => '/contacts/new'],
  ['a new opportunity', () => '/opportunities/new'],
  ['a new product', () => '/products/new'],
  ['a new relation', () => '/partners/new'],
  ['a new import', () => '/jobs/new?record=account'],
  ['a new group', () => '/groups/new'],
  ['a new ticket', () => '/tickets/new'],
  ['a new one of all tasks', () => '/tasks/all/new'],
  ...plain.forms,
  ['security', () => '/settings/security'],
  ['notifications by mail', () => '/settings/notifications'],
  ['stand-ins', () => '/settings/stand-ins'],
];
/** Strangers bring their own addresses. */
const address = encodeURIComponent(evil);
const foreign: [string, string][] = [
  ['sign-in', `/auth/signin?tenant=${address}&next=javascript:window.__hit=1`],
  ['the forgotten password', `/auth/forgot?tenant=${address}&next=javascript:window.__hit=1`],
  ['a refused sign-in', `/auth/refused?why=${address}&tenant=${address}&request=${address}`],
  ['the new password', `/auth/new-password?tenant=${address}#${address}`],
];

/** Whether it stands in that part of the page, as text that is seen or in a field. */
const written = (part: string): Promise<boolean> =>
  page.evaluate(`(() => {
    const part = document.querySelector('${part}');
    const fields = [...part.querySelectorAll('input, textarea')].map(field => field.value);
    return [part.innerText, ...fields].some(text => text.includes('${image}'));
  })()`);

it('tries every page that there is', () => {
  const addresses = [...pages, ...framed].map(([, path]) => path());
  expect(forgotten(routes(), [...addresses, ...foreign.map(([, path]) => path)])).toEqual([]);
  // A page more, planted.
  expect(forgotten([...routes(), '/povs/[povId]/risks', '/reports'], addresses)).toEqual(
    expect.arrayContaining(['/povs/[povId]/risks', '/reports']),
  );
});

it.each([
  ...pages.map(([name, path]) => [name, path, '#main'] as const),
  ...framed.map(([name, path]) => [name, path, 'body'] as const),
])('[PLT-096] %s shows a script as text, and does not run it', async (_, path, part) => {
  // Loaded whole, as by its address: elsewhere pages are followed (every-page.test.ts).
  expect((await page.goto(path()))?.status()).toBe(200);
  await page.locator('html[data-ready] #main h1').first().waitFor();
  await until('the script is shown', () => written(part));
  expect(await harmed(page)).toEqual(unharmed);
});

it.each(foreign)('[PLT-096] %s takes a script from its address for text', async (name, path) => {
  const stranger = await openPage(app);
  stranger.expectErrors(/status of 4/);
  await visit(stranger, path);
  if (name === 'sign-in') {
    expect(await stranger.getByLabel('Workspace').inputValue()).toBe(evil);
    await stranger.getByLabel('Workspace').fill(app.tenant.slug);
    await signInByForm(stranger, 'sales2');
    await stranger.waitForURL(`${app.url}/dashboard`);
  }
  expect(await harmed(stranger)).toEqual(unharmed);
});

it.each([
  ['the form of a POV', 'e', () => `/povs/${pov.id}`],
  ['the form of a phase', 'w', () => `/povs/${pov.id}`],
  ['the palette', 'Control+k', () => `/povs/${pov.id}`],
])('[PLT-096] %s shows it as text', async (_, key, path) => {
  await visit(page, path());
  await page.keyboard.press(key);
  const dialog = page.getByRole('dialog');
  await dialog.waitFor();
  if (key === 'Control+k') await page.keyboard.type('<img');
  const inside = dialog.getByText(image).or(page.locator('[role="dialog"] :is(input, textarea)'));
  await inside.first().waitFor();
  expect(await harmed(page)).toEqual(unharmed);
});

it('[PLT-096] bell, audit entry and tips show it as text', async () => {
  await visit(page, '/dashboard');
  await page.getByRole('banner').getByRole('button', { name: /^Notifications/ }).click();
  await page.getByRole('dialog', { name: 'Notifications' }).getByText(image).first().waitFor();
  expect(await harmed(page)).toEqual(unharmed);
  await visit(page, `/admin/audit?recordId=${pov.id}&action=CREATE`);
  await page.getByRole('table', { name: 'Audit log' }).locator('tbody tr a').first().click();
  await page.getByRole('dialog').getByText(image).first().waitFor();
  expect(await harmed(page)).toEqual(unharmed);
  await visit(page, `/povs/${pov.id}`);
  await page.locator('span[data-tip^="<img"]').filter({ visible: true }).first().hover();
  await page.getByRole('tooltip').getByText(image).first().waitFor();
  expect(await harmed(page)).toEqual(unharmed);
  const { body } = await (await app.as('admin')).get<Listed<{ name: string }>>('/api/api-keys');
  expect(body.items.map(k => k.name)).toContain(evil.slice(0, 100));
});
