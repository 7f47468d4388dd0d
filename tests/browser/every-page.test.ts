import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { Instance } from '../../domain/approvals/instance.ts';
import type { Pov } from '../../domain/pov/pov.ts';
import { bootApp, until, type App } from '../kit/app.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, withAccountTypes, withStages,
} from '../kit/crm.fixture.ts';
import { newImport } from '../kit/job/jobs.fixture.ts';
import { inDatabase } from '../kit/in-database.ts';
import { closeBrowser, closePages, noFaults, openPage, visit, type OpenPage } from '../kit/page.ts';
import { decide, join, newPov, newTemplate, phasesOf, submit, type Listed } from '../kit/pov.fixture.ts';
import { forgotten, plainPages, routes } from './routes.fixture.ts';
import { povWithApproval, seriousFindings } from './web.fixture.ts';

let app: App, pov: Pov, approval: string, role: string, account: string, contact: string, opportunity: string;
let interaction: string;
let task: string, group: string, ticket: string, warehouse: string, job: string, product: string, relation: string;
let template: string;
let twin: string, other: string;
beforeAll(async () => {
  app = await bootApp({ web: true });
  pov = await povWithApproval(app, 'Cold-chain telemetry for the Rotterdam and Antwerp terminals');
  const manager = await app.as('manager');
  await newPov(manager, { title: 'Line balancing', customerName: 'Contoso', tags: ['factory'] });
  const { body } = await manager.get<Listed<Instance>>('/api/workflows/instances');
  approval = body.items[0]!.id;
  const roles = await (await app.as('admin')).get<Listed<{ id: string; code: string }>>('/api/admin/roles');
  role = roles.body.items.find(r => r.code === 'SALESPERSON')!.id;
  await withAccountTypes(app.tenant.id);
  account = (await newAccount(manager, { accountName: 'Halvorsen Foods', shippingCity: 'Trondheim' })).id;
  contact = (await newContact(manager, { accountId: account, emailAddress: 'jane@halvorsen.example' })).id;
  twin = (await newContact(manager, { accountId: account, jobTitle: 'Head of logistics' })).id;
  other = (await newAccount(manager, { accountName: 'Halvorsen Food' })).id;
  await manager.post('/api/duplicate-scans', {});
  await withStages(app.tenant.id);
  opportunity = (await newOpportunity(manager, {
    ...{ name: 'Cold store', companyId: account, value: 1_250_000, stage: 'proposal', source: 'Fair' },
    estimatedCloseDate: '2027-03-31',
  })).id;
  await newOpportunity(manager, { name: 'Racks', stage: 'closed_won', value: 90_000 });
  await newOpportunity(manager, { name: 'Pumps', stage: 'closed_lost', lostReason: 'Price' });
  await manager.post('/api/opportunity-line-items', {
    ...{ opportunityId: opportunity, description: 'Racks', unitPrice: 500 },
  });
  await manager.post('/api/opportunity-participants', {
    ...{ opportunityId: opportunity, accountId: account, role: 'customer', contactId: contact },
  });
  const admin = await app.as('admin');
  task = (await newTask(admin, { title: 'Send the offer', dueDate: '2026-11-30', contactId: contact })).id;
  await newTask(admin, { title: 'Call back', dueDate: '2026-11-20', priority: 'urgent' });
  const look = { contactId: contact, description: 'Asked for a second look.', duration: 15 };
  interaction = (await newInteraction(manager, look)).id;
  const place = {
    ...{ name: 'Pier', code: 'WH-P', addressLine1: '1 Quay' },
    ...{ city: 'Oslo', postalCode: '0150', country: 'Norway' },
  };
  warehouse = (await manager.post<{ id: string }>('/api/inventory/warehouses', place)).body.id;
  await manager.post('/api/stand-ins', {
    ...{ standInId: app.tenant.users.sales, fromDay: '2026-11-20', untilDay: '2026-12-04' },
  });
  const gone = await newPov(manager, { title: 'Given up before it began' });
  await manager.delete(`/api/povs/${gone.id}`);
  const letter = { name: 'First contact', subject: 'Hi {firstName}', body: 'How are things at {accountName}?' };
  template = (await manager.post<{ id: string }>('/api/email-templates', letter)).body.id;
  group = (await manager.post<{ id: string }>('/api/groups', { groupName: 'Newsletter', groupType: 'Mail' })).body.id;
  await manager.post(`/api/groups/${group}/members`, { accountId: account });
  const id = async (path: string, body: object): Promise<string> =>
    (await manager.post<{ id: string }>(path, body)).body.id;
  const maker = (await newAccount(manager, { accountName: 'Polar Components', isPrincipal: true })).id;
  await manager.patch(`/api/accounts/${account}`, { isPrincipal: true, isDistributor: true });
  product = await id('/api/products', { productNameHouse: 'Gateway', vendorAccountId: maker, commissionPercent: '12' });
  relation = await id('/api/principal-distributor-relationships', {
    ...{ principalAccountId: maker, distributorAccountId: account, commissionRate: '10' },
  });
  const wrong = { issue: 'Wrong price', comment: 'Asked them', opportunityId: opportunity, vendorId: account };
  ticket = (await manager.post<{ id: string }>('/api/tickets', wrong)).body.id;
  job = (await newImport(await app.as('admin'), 'account', 'Account name,Account type\nAcme,Vendor\n')).id;
  await manager.post('/api/api-keys', { name: 'Accounting bridge' });
  const about = { kind: 'other', issuer: 'https://login.example.com', clientId: 'c', clientSecret: 's' };
  await admin.post('/api/webhooks', { url: 'https://erp.example.com/hooks', events: ['crm.*', 'pov.*'] });
  await admin.post('/api/admin/identity-providers', { name: 'The company login', ...about });
  const stuck = 'The next step is refused: Line balancing has no owner';
  await inDatabase(app, 'update process set stuck_reason = $1 where title = $2', [stuck, 'Line balancing']);
  await writeTheWord();
}, 300_000);
afterEach(noFaults);
afterAll(async () => {
  await closePages();
  await closeBrowser();
  await app?.stop();
});

/** A word of a hundred letters, in people's names and wherever else a POV shows what was written. */
const word = 'Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft'.padEnd(100, 'x');
let long: Pov, round: string;
async function writeTheWord(): Promise<void> {
  const [admin, manager] = [await app.as('admin'), await app.as('manager')];
  for (const username of ['manager', 'sales4', 'admin'] as const) {
    const path = `/api/admin/users/${app.tenant.users[username]}`;
    const { body } = await admin.get<{ version: number }>(path);
    expect((await admin.patch(path, { fullName: word, version: body.version })).status).toBe(200);
  }
  const { id: templateId } = await newTemplate(admin, [word], { name: word, description: word });
  const lists = { tags: [word], competitors: [word], blockers: [word], objective: word };
  const metadata = { successCriteria: [word], technicalRequirements: [word] };
  long = await newPov(manager, { title: word, customerName: word, templateId, ...lists, metadata });
  await join(manager, long.id, app.tenant.users.sales4, 'PROJECT_MANAGER');
  await join(manager, long.id, app.tenant.users.sales2, 'SALES_ENGINEER');
  const [phase] = await phasesOf(manager, long.id);
  await manager.patch(`/api/povs/${long.id}/phases/${phase!.id}`, { name: word });
  const milestone = { name: word, dueDate: '2026-12-01T09:00:00.000Z' };
  await manager.post(`/api/povs/${long.id}/phases/${phase!.id}/milestones`, milestone);
  await manager.post(`/api/povs/${long.id}/kpis`, { name: word, target: { value: 20, unit: word } });
  await manager.post(`/api/povs/${long.id}/launch`);
  const { body: rejected } = await submit(manager, long.id, phase!.id);
  await app.settled();
  await decide(await app.as('sales4'), rejected.id, 'reject', word);
  await app.settled();
  round = (await submit(manager, long.id, phase!.id)).body.id;
  await admin.post('/api/notifications', { userId: app.tenant.users.admin, subject: word, body: word });
  await app.settled();
}

const plainIds = () => ({ warehouses: warehouse, 'email-templates': template, interactions: interaction });
const plain = plainPages(plainIds);
const pages: [string, () => string][] = [
  ['home', () => '/dashboard'],
  ['inbox', () => '/inbox'],
  ['an approval', () => `/inbox/${approval}`],
  ['what I asked for', () => '/inbox?show=asked'],
  ['notifications', () => '/notifications'],
  ['the search', () => '/search?q=halv'],
  ['POVs', () => '/povs'],
  ['POVs, none fits', () => '/povs?q=nothing-like-it'],
  ['board', () => '/povs/board'],
  ['a new POV', () => '/povs/new'],
  ...['', '/team', '/phases', '/milestones', '/kpis', '/approvals', '/requests', '/launch', '/files', '/activity'].map(
    (tab): [string, () => string] => [`POV ${tab.slice(1) || 'overview'}`, () => `/povs/${pov.id}${tab}`],
  ),
  ['accounts', () => '/accounts'],
  ['a new account', () => '/accounts/new'],
  ...[
    '', '/contacts', '/opportunities', '/povs', '/products', '/partners', '/tickets', '/activities', '/groups',
    '/files', '/hierarchy', '/history', '/edit',
  ].map(
    (tab): [string, () => string] => [`account ${tab.slice(1) || 'overview'}`, () => `/accounts/${account}${tab}`],
  ),
  ['contacts', () => '/contacts'],
  ['a new contact', () => '/contacts/new'],
  ...['', '/organizations', '/opportunities', '/activities', '/groups', '/files', '/history', '/edit'].map(
    (tab): [string, () => string] => [`contact ${tab.slice(1) || 'overview'}`, () => `/contacts/${contact}${tab}`],
  ),
  ['duplicates', () => '/duplicates'],
  ['a merge of contacts', () => `/contacts/merge?ids=${contact},${twin}`],
  ['a merge of accounts', () => `/accounts/merge?ids=${account},${other}`],
  ['opportunities', () => '/opportunities'],
  ['a new opportunity', () => '/opportunities/new'],
  ['pipeline', () => '/opportunities/board'],
  ['forecast', () => '/opportunities/forecast'],
  ...['', '/lines', '/participants', '/activities', '/povs', '/tickets', '/stages', '/files', '/history', '/edit'].map(
    (tab): [string, () => string] =>
      [`opportunity ${tab.slice(1) || 'overview'}`, () => `/opportunities/${opportunity}${tab}`],
  ),
  ['products', () => '/products'],
  ['a new product', () => '/products/new'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] => [`product ${tab.slice(1) || 'overview'}`, () => `/products/${product}${tab}`],
  ),
  ['partners', () => '/partners'],
  ['a new relation', () => '/partners/new'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] => [`relation ${tab.slice(1) || 'overview'}`, () => `/partners/${relation}${tab}`],
  ),
  ['principals', () => '/reports/principal-advocacy'],
  ['tasks', () => '/tasks'],
  ['a new task', () => '/tasks?task=new'],
  ['a task', () => `/tasks?task=${task}`],
  ['all tasks', () => '/tasks/all'],
  ['a new one of all tasks', () => '/tasks/all/new'],
  ['one of all tasks', () => `/tasks/all/${task}/edit`],
  ['groups', () => '/groups'],
  ['a new group', () => '/groups/new'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] => [`group ${tab.slice(1) || 'members'}`, () => `/groups/${group}${tab}`],
  ),
  ['activities', () => '/activities'],
  ['tickets', () => '/tickets'],
  ['a new ticket', () => '/tickets/new'],
  ...['', '/history', '/edit'].map(
    (tab): [string, () => string] => [`ticket ${tab.slice(1) || 'comments'}`, () => `/tickets/${ticket}${tab}`],
  ),
  ...plain.lists, ...plain.forms, ...plain.ofOne,
  ['jobs', () => '/jobs'],
  ['deleted records', () => '/deleted'],
  ['a new import', () => '/jobs/new?record=account'],
  ['a job', () => `/jobs/${job}`],
  ['processes', () => '/processes'],
  ['a process', () => `/processes/pov-lifecycle-${pov.id}`],
  ['the process of an approval', () => `/processes/wf-${approval}`],
  ['users', () => '/admin/users'],
  ['a new user', () => '/admin/users?user=new'],
  ['a user', () => `/admin/users?user=${app.tenant.users.manager}`],
  ['roles', () => '/admin/roles'],
  ['a role', () => `/admin/roles/${role}`],
  ['sign-in', () => '/admin/sign-in'],
  ['security', () => '/settings/security'],
  ['notifications by mail', () => '/settings/notifications'],
  ['stand-ins', () => '/settings/stand-ins'],
  ['API keys', () => '/admin/api-keys'],
  ['my API keys', () => '/settings/api-keys'],
  ['phase templates', () => '/admin/phases'],
  ['pipeline stages', () => '/admin/stages'],
  ['fields of records', () => '/admin/fields'],
  ['tags', () => '/admin/tags'],
  ['scoring', () => '/admin/scoring'],
  ['account types', () => '/admin/account-types'],
  ['product categories', () => '/admin/product-categories'],
  ['webhooks', () => '/admin/webhooks'],
  ['enrichment', () => '/admin/enrichment'],
  ['operations', () => '/admin/operations'],
  ['settings', () => '/admin/settings'],
  ['audit log', () => '/admin/audit'],
];

/** Those that show what is of the POV with the long word alone. */
const ofTheWord: [string, () => string][] = [
  ['an approval', () => `/inbox/${round}`],
  ...['', '/team', '/phases', '/milestones', '/kpis', '/approvals', '/launch', '/activity'].map(
    (tab): [string, () => string] => [`POV ${tab.slice(1) || 'overview'}`, () => `/povs/${long.id}${tab}`],
  ),
  ['a process', () => `/processes/pov-lifecycle-${long.id}`],
  ['the process of an approval', () => `/processes/wf-${round}`],
];

/** What who is not signed in can open. */
const outside = ['/auth/signin', '/auth/forgot', '/auth/new-password', '/auth/refused'];

it('[PLT-117, PLT-112] tries every page that there is', () => {
  const addresses = [...pages.map(([, path]) => path()), ...outside];
  expect(forgotten(routes(), addresses)).toEqual([]);
  // A page less, taken away.
  expect(forgotten(routes(), addresses.filter(path => path !== '/tickets'))).toEqual(['/tickets']);
});

/** Tables beside other things, of sums or of few rows. */
const partly = ['/dashboard', '/opportunities/forecast', '/admin/operations'];
/** A list stays one when it shows only what a search found. */
const listed = (path: string): string => path.replace(/\?q=.*/, '');
/** Where records may be listed. */
const lists = routes().filter(route => !/\[\w|^\/auth|\/(new|merge)$/.test(route) && !partly.includes(route));
const withTable = [
  '/accounts', '/activities',
  '/admin/account-types', '/admin/api-keys', '/admin/audit', '/admin/fields', '/admin/phases',
  '/admin/product-categories',
  '/admin/roles', '/admin/stages', '/admin/tags', '/admin/users', '/contacts', '/deleted', '/groups',
  '/interactions', '/jobs',
  '/opportunities', '/partners', '/povs', '/processes', '/products', '/reports/principal-advocacy',
  '/settings/api-keys', '/tasks/all', '/tickets', '/warehouses',
];

it('[CRM-101] looks for the one table on every page that lists records', () => {
  const addresses = pages.map(([, path]) => listed(path()));
  expect(lists.filter(path => !addresses.includes(path))).toEqual([]);
  expect(withTable.filter(path => !lists.includes(path))).toEqual([]);
});

/** The one table, whose menu of columns is the same on every page: what is wrong with it here. */
async function columnsMenu(page: OpenPage, path: string): Promise<string[]> {
  if (!lists.includes(path)) return [];
  if (!(await page.locator('th[data-column]').count())) return withTable.includes(path) ? ['no table'] : [];
  const open = page.getByRole('button', { name: 'Columns', exact: true });
  if ((await open.count()) !== 1) return ['no menu'];
  await open.click();
  const menu = page.getByRole('dialog', { name: /^Columns of/ });
  expect(await menu.getByRole('checkbox').count()).toBeGreaterThan(1);
  await menu.getByRole('button', { name: /^Move .* to the front$/ }).first().waitFor();
  await page.keyboard.press('Escape');
  await menu.waitFor({ state: 'detached' });
  return [];
}

/** What reaches beyond the screen outside of a scroller of its own, and how far, in pixels. */
const sideways = `(() => {
  const main = document.querySelector('#main') ?? document.documentElement;
  const scrolls = node => node !== main && node !== document.body && getComputedStyle(node).overflowX !== 'visible';
  const kept = node => {
    const { position } = getComputedStyle(node);
    // What stands absolutely is held only by the scrollers around the place that it is measured from.
    const from = position === 'absolute' ? node.offsetParent : node.parentElement;
    return from !== null && from !== main && (scrolls(from) || kept(from));
  };
  const wide = Math.max(main.scrollWidth - main.clientWidth, document.documentElement.scrollWidth - innerWidth);
  if (wide <= 0) return [];
  const found = [...document.querySelectorAll('body *')]
    .map(node => ({ node, beyond: Math.round(node.getBoundingClientRect().right - innerWidth) }))
    .filter(({ node, beyond }) => beyond > 0 && !kept(node))
    .map(({ node, beyond }) => beyond + ' px: ' + node.outerHTML.slice(0, 120));
  return found.length > 0 ? found : [wide + ' px: something that its scroller does not hold'];
})()`;
const desktop = { width: 1280, height: 800 },
  phone = { width: 375, height: 812 };

async function shown(page: OpenPage): Promise<void> {
  await page.locator('#main h1').filter({ visible: true }).first().waitFor();
  const busy = page.locator('#main').locator('[aria-busy="true"], .animate-pulse');
  await until('everything is there', async () => (await busy.count()) === 0);
}

/** Goes to a page as a click on a link does, without loading anew what all pages have. */
async function follow(page: OpenPage, path: string): Promise<void> {
  await page.evaluate(`(() => {
    const link = document.body.appendChild(document.createElement('a'));
    link.href = ${JSON.stringify(path)};
    link.click();
    link.remove();
    window.followed = true;
  })()`);
  await page.waitForURL(url => url.pathname + url.search === path);
  // What the page shows follows its address at once; two frames later it is drawn.
  await page.evaluate('new Promise(drawn => requestAnimationFrame(() => requestAnimationFrame(drawn)))');
  expect(await page.evaluate('window.followed')).toBe(true);
}

/** Where the menu and the bar around the page are looked at too: the menu's first entry, one amid it and a low one. */
const withShell = ['home', 'accounts', 'audit log'];

describe('every page', () => {
  let page: OpenPage;
  beforeAll(async () => {
    page = await openPage(app, 'admin', { reducedMotion: 'reduce', colorScheme: 'light' });
    await visit(page, '/notifications');
  }, 120_000);

  // In one walk, since going to a page costs as much as looking at it; and every other page is looked at the other way
  // round, since each change of its width or its colours lays it out and draws it anew.
  it.each(pages.map(([name, path], at) => [name, path, at % 2 > 0] as const))(
    '[PLT-117, PLT-112, CRM-101] %s: no error, no serious finding, no sideways scroll, the one table',
    async (name, path, otherWay) => {
      const shell = withShell.includes(name);
      const found = {
        light: [] as string[], dark: [] as string[], narrow: [] as string[], table: [] as string[],
        sideways: { wide: [] as string[], narrow: [] as string[] },
      };
      const looks = [
        { size: desktop, colorScheme: 'light', look: async () => {
          found.light = await seriousFindings(page, 'all', shell);
          found.sideways.wide = await page.evaluate<string[]>(sideways);
          found.table = await columnsMenu(page, listed(path()));
        } },
        { size: desktop, colorScheme: 'dark', look: async () => {
          found.dark = await seriousFindings(page, 'colours', shell);
        } },
        { size: phone, colorScheme: 'dark', look: async () => {
          found.narrow = await seriousFindings(page, 'structure', shell);
          found.sideways.narrow = await page.evaluate<string[]>(sideways);
        } },
      ] as const;
      const inTurn = otherWay ? looks.toReversed() : looks;
      for (const [at, { size, colorScheme, look }] of inTurn.entries()) {
        await page.setViewportSize(size);
        await page.emulateMedia({ colorScheme });
        await page.locator(`html${colorScheme === 'dark' ? '.dark' : ':not(.dark)'}`).waitFor({ state: 'attached' });
        if (at === 0) await follow(page, path());
        if (at === 0) await shown(page);
        await look();
      }
      expect(found).toEqual({ light: [], dark: [], narrow: [], table: [], sideways: { wide: [], narrow: [] } });
    },
  );

  it('[CRM-112] the forms of every list open by their addresses over it, and by Edit in the panel', async () => {
    await page.setViewportSize(desktop);
    const of: Record<string, string> = {
      ...{ accounts: account, contacts: contact, opportunities: opportunity, products: product, partners: relation },
      ...{ 'tasks/all': task, groups: group, tickets: ticket }, ...plainIds(),
    };
    const withForm = routes().flatMap(route => /^\/(.*)\/\[\w+\]\/edit$/.exec(route)?.[1] ?? []);
    expect(Object.keys(of).sort()).toEqual(withForm.sort());
    for (const [list, id] of Object.entries(of)) {
      await follow(page, `/${list}?peek=${id}`);
      await page.getByRole('dialog').getByRole('link', { name: 'Edit' }).click();
      await page.waitForURL(`**/${list}/${id}/edit`);
      const form = page.getByRole('dialog').filter({ has: page.getByRole('button', { name: 'Cancel', exact: true }) });
      await form.waitFor();
      for (const path of [`/${list}/new`, `/${list}/${id}/edit`]) {
        await visit(page, path);
        await form.waitFor();
        await page.locator('#main table a.row-link').first().waitFor();
        expect(new URL(page.url()).pathname).toBe(path);
      }
      await form.getByRole('button', { name: 'Cancel' }).click();
      await page.waitForURL(url => url.pathname === `/${list}`);
      await form.waitFor({ state: 'detached' });
    }
  });

  it('[PLT-117] finds pale letters and a button without a name that are planted', async () => {
    await page.setViewportSize(desktop);
    await follow(page, '/tickets');
    await shown(page);
    const planted = '<div id="planted"><p style="color:#aaa;background:#fff">pale</p><button></button></div>';
    await page.evaluate(`document.querySelector('#main').insertAdjacentHTML('beforeend', '${planted}')`);
    const rules = async (of: 'all' | 'colours' | 'structure'): Promise<string[]> =>
      (await seriousFindings(page, of)).map(found => found.split(':')[0]!).sort();
    expect(await rules('all')).toEqual(['button-name', 'color-contrast']);
    expect(await rules('colours')).toEqual(['color-contrast']);
    expect(await rules('structure')).toEqual(['button-name']);
    await page.evaluate(`document.querySelector('#planted').remove()`);
  });

  it.each(ofTheWord)('[PLT-112] %s with a word of a hundred letters: nothing is pushed sideways', async (_, path) => {
    const found: Record<number, string[]> = {};
    await follow(page, path());
    await shown(page);
    for (const width of [1280, 390]) {
      await page.setViewportSize({ width, height: 844 });
      found[width] = await page.evaluate<string[]>(sideways);
    }
    expect(found).toEqual({ 1280: [], 390: [] });
  });

  it.each(outside)('[PLT-117, PLT-112] %s', async path => {
    const stranger = await openPage(app, undefined, { viewport: phone });
    await visit(stranger, path);
    await stranger.getByRole('heading', { level: 1 }).waitFor();
    expect(await stranger.evaluate(sideways)).toEqual([]);
    expect(await seriousFindings(stranger)).toEqual([]);
    await stranger.emulateMedia({ colorScheme: 'dark' });
    await stranger.setViewportSize(desktop);
    expect(await seriousFindings(stranger, 'colours')).toEqual([]);
  });
});

describe('what opens over a page', () => {
  const open: [string, (page: OpenPage) => Promise<void>][] = [
    ['the palette', page => page.keyboard.press('Control+k')],
    ['the shortcuts', page => page.keyboard.press('?')],
    ['the actions', page => page.getByRole('button', { name: 'Actions' }).click()],
    ['the form of a POV', page => page.keyboard.press('e')],
    ['the form of a phase', page => page.keyboard.press('w')],
    [
      'the notifications',
      page =>
        page
          .getByRole('banner')
          .getByRole('button', { name: /^Notifications/ })
          .click(),
    ],
  ];
  let page: OpenPage;
  beforeAll(async () => {
    page = await openPage(app, 'manager', { reducedMotion: 'reduce' });
  }, 120_000);
  it.each(open)('[PLT-117] %s: no serious finding, and Escape closes it', async (_, show) => {
    await page.emulateMedia({ colorScheme: 'light' });
    await visit(page, `/povs/${pov.id}`);
    await show(page);
    const layer = page.getByRole('dialog').or(page.getByRole('menu'));
    await layer.first().waitFor();
    expect(await seriousFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: 'dark' });
    expect(await seriousFindings(page, 'colours')).toEqual([]);
    await page.keyboard.press('Escape');
    await layer.first().waitFor({ state: 'detached' });
  });
});
