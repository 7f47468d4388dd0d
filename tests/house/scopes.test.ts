import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { exampleOf } from '../../api/platform/openapi/openapi-example.ts';
import { crm } from '../../domain/crm/index.ts';
import { endpoints, permissions } from '../../domain/index.ts';
import { attachmentEndpoints } from '../../domain/platform/attachment/attachment.contract.ts';
import type { AnyEndpoint } from '../../domain/platform/contract.ts';
import type { PermissionGrid, Scope } from '../../domain/platform/permission.ts';
import type { Problem } from '../../domain/platform/problem.ts';
import type { SearchGroup } from '../../domain/platform/search/search.contract.ts';
import { bootApp, type App } from '../kit/app.ts';
import { client, type Client } from '../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, withAccountTypes, withStages,
} from '../kit/crm.fixture.ts';
import { newFile } from '../kit/file/files.fixture.ts';
import { roles, type Username } from '../kit/people.ts';
import { fiftyDays, join, newPov } from '../kit/pov.fixture.ts';
import { rowCounts } from '../kit/row-counts.ts';
import { realPath, realRecords, type RealRecords } from './real-records.ts';

/** What each role does to records that are its own, its team's, and somebody else's (PLT-T2). */
let app: App, admin: Client;
const clients = new Map<Username, Client>();
/** The records of sales, with sales2 in the team and as approver. */
const owner = 'sales',
  member = 'sales2';
const people: Username[] = ['sales', 'sales2', 'sales3', 'admin', 'manager', 'accounting', 'readonly'];

beforeAll(async () => {
  app = await bootApp({ worker: false });
  for (const name of people) clients.set(name, await app.as(name));
  admin = clients.get('admin')!;
});
afterAll(() => app?.stop());

const kinds = /^\/api\/(povs|\w+-requests|workflows|api-keys)/;
const records = (): Promise<RealRecords> =>
  realRecords(app, admin, clients.get(owner)!, { member: app.tenant.users[member], only: kinds });

const withOwners = [
  ...['/api/povs/', '/api/feature-requests/', '/api/support-requests/'],
  ...['/api/workflows/instances/', '/api/api-keys/'],
];
/** Who decides is said by the open step (APR-018); approvals are tried with it in tests/scenarios/approvals. */
const decidedByStep = ['workflow-instance:decide'];
/** By the rows of each: nobody is in the team of a key. */
const inTeam = (e: AnyEndpoint): boolean => !e.path.startsWith('/api/api-keys/');

const scopeOf = ({ needs }: AnyEndpoint, name: Username): Scope | undefined => {
  const [subject, action] = needs.split(':') as [string, string];
  return (permissions as PermissionGrid)[subject]?.[action]?.[roles[name]];
};
function may(e: AnyEndpoint, name: Username): boolean {
  const scope = scopeOf(e, name);
  if (scope === 'all') return true;
  if (name === owner) return scope !== undefined;
  return name === member && scope === 'team' && inTeam(e);
}

/** The ids in an example name nothing; these do. */
const idsFor = (example: object, on: RealRecords): object => ({
  ...('templateId' in example ? { templateId: on['/api/admin/phases/'] } : {}),
  ...('povId' in example ? { povId: on['/api/povs/'] } : {}),
  ...('ownerId' in example ? { ownerId: undefined } : {}),
});

/** With a version that never was where it counts, so that what is allowed changes little: 412 is past the rights. */
async function statusOf(e: AnyEndpoint, name: Username, on: RealRecords): Promise<number> {
  const example = e.method === 'GET' || e.method === 'DELETE' ? undefined : (exampleOf(e.body) as object);
  const body = example && !Array.isArray(example) ? { ...example, ...idsFor(example, on) } : example;
  return sent(e, name, { path: realPath(e, on), body, version: 999 });
}

interface Sent { path: string; body?: object | undefined; version: number }
async function sent(e: AnyEndpoint, name: Username, { path, body, version }: Sent): Promise<number> {
  const by = clients.get(name)!;
  const stale = { 'If-Match': `"${version}"` };
  switch (e.method) {
    case 'GET':
      return (await by.get(path)).status;
    case 'POST':
      return (await by.post(path, body)).status;
    case 'PUT':
      return (await by.put(path, body, stale)).status;
    case 'PATCH':
      return (await by.patch(path, body, stale)).status;
    case 'DELETE':
      return (await by.delete(path, undefined, stale)).status;
  }
}

/** Reading changes nothing: those tries share their records. */
let read: Promise<RealRecords> | undefined;
const toRead = (): Promise<RealRecords> => (read ??= records());

const scoped = Object.values(endpoints)
  .filter(e => withOwners.some(p => e.path.startsWith(p)) && e.path.includes(':') && !decidedByStep.includes(e.needs))
  .map((e): [string, AnyEndpoint] => [`${e.method} ${e.path}`, e]);

/** Who is let in, or kept out, against the scopes; each is tried on records of its own where they may be gone after. */
async function scopeFaults(e: AnyEndpoint, answered = statusOf): Promise<string[]> {
  const wrong: string[] = [];
  let on = await (e.method === 'GET' ? toRead() : records());
  const tries = [...people].sort((a, b) => Number(may(e, a)) - Number(may(e, b)));
  for (const name of tries) {
    if (e.method === 'DELETE' && may(e, name)) on = await records();
    const status = await answered(e, name, on);
    const refused = status === 403 || status === 404;
    if (status >= 500 || status === 401 || refused === may(e, name)) wrong.push(`${name}: ${status}`);
  }
  return wrong;
}

describe('[PLT-030] [PLT-033] of one’s own, one’s team’s and other records', () => {
  it.each(scoped)('%s', async (_, e) => expect(await scopeFaults(e)).toEqual([]));
});

describe('a fault that is planted is found:', () => {
  const update = scoped.find(([name]) => name === 'PATCH /api/povs/:id')![1];
  const but = (odd: Partial<Record<Username, number>>) => async (e: AnyEndpoint, name: Username): Promise<number> =>
    odd[name] ?? (may(e, name) ? 200 : 404);
  it.each<[string, Partial<Record<Username, number>>, string[]]>([
    ['somebody who is not in the team', { sales3: 200 }, ['sales3: 200']],
    ['a member of the team is kept out', { sales2: 403 }, ['sales2: 403']],
    ['the owner is kept out', { sales: 404 }, ['sales: 404']],
    ['it breaks', { admin: 500, readonly: 401 }, ['readonly: 401', 'admin: 500']],
    ['and none in a good one', {}, []],
  ])('%s', async (_, odd, faults) => expect(await scopeFaults(update, but(odd))).toEqual(faults));
});

describe('[PLT-030] [PLT-033] lists hold, and count, what the scope allows', () => {
  const lists: [string, string][] = [
    ['/api/povs', '/api/povs/'],
    ['/api/feature-requests', '/api/feature-requests/'],
    ['/api/support-requests', '/api/support-requests/'],
    ['/api/workflows/instances', '/api/workflows/instances/'],
    ['/api/api-keys', '/api/api-keys/'],
  ];
  it.each(lists)('%s', async (path, kind) => {
    const e = Object.values(endpoints).find(other => other.path === path && other.method === 'GET')!;
    const id = (await toRead())[kind];
    for (const name of people) {
      const { status, body } = await clients
        .get(name)!
        .get<{ items: { id: string }[]; total: number }>(`${path}?sort=-createdAt&pageSize=100`);
      expect([name, status]).toEqual([name, scopeOf(e, name) ? 200 : 403]);
      if (status !== 200) continue;
      expect([name, body.items.some(i => i.id === id)]).toEqual([name, may({ ...e, path: `${kind}:id` }, name)]);
      if (name === 'sales3') expect(body.total).toBe(body.items.length);
    }
  });
});

describe('[PLT-030] [PLT-033] what is of somebody else in the CRM is neither read nor changed by its id', () => {
  const outsider = 'sales3';
  const ofOne = [...Object.values(crm.endpoints), ...crm.records.map(r => r.endpoints), attachmentEndpoints]
    .flatMap(of => Object.values<AnyEndpoint>(of))
    .filter(e => /:(id|subjectId)\b/.test(e.path));
  const open = ofOne.filter(e => scopeOf(e, outsider) === 'all');
  const closed = ofOne.filter(e => !open.includes(e)).map((e): [string, AnyEndpoint] => [`${e.method} ${e.path}`, e]);

  /** Theirs by the salesperson who owns them; what a body names besides are records that the outsider may use. */
  let theirs: RealRecords, own: Record<string, string | undefined>;
  beforeAll(async () => {
    await withAccountTypes(app.tenant.id);
    await withStages(app.tenant.id);
    const at = /^\/api\/(povs|crm|admin\/users|account|contacts|opportunit|groups|tickets|activities|attachments)/;
    theirs = await realRecords(app, admin, clients.get(owner)!, { member: app.tenant.users[member], only: at });
    const by = clients.get(outsider)!;
    const accountTypeId = theirs['/api/account-types/']!;
    const account = { accountName: 'Of the outsider', accountTypeId };
    const accountId = (await by.post<{ id: string }>('/api/accounts', account)).body.id;
    own = {
      accountTypeId, accountId, stage: 'lead', before: undefined, after: undefined,
      contactId: (await newContact(by, { accountId })).id,
      opportunityId: (await by.post<{ id: string }>('/api/opportunities', { name: 'O', accountId })).body.id,
    };
  });

  const bodyFor = (e: AnyEndpoint): object => {
    const example = Object.entries(exampleOf(e.body) as object);
    const isId = (field: string): boolean => /Ids?$|Owner$/.test(field) || (field in own);
    return Object.fromEntries(example.map(([field, value]) => [field, isId(field) ? own[field] : value as unknown]));
  };

  it.each(closed)('%s', async (_, e) => {
    const path = realPath(e, theirs);
    const body = e.method === 'GET' || e.method === 'DELETE' ? undefined : bodyFor(e);
    const before = await rowCounts(app);
    expect([403, 404]).toContain(await sent(e, outsider, { path, body, version: 1 }));
    expect(await rowCounts(app)).toEqual(before);
    // It was there to be read.
    if (e.method === 'GET') expect(await sent(e, 'admin', { path, version: 1 })).toBeLessThan(400);
  });

  it('is all that is somebody’s; what everybody reads is what a tenant sets', () => {
    const subjects = [...new Set(open.map(e => e.needs.split(':')[0]))].sort();
    expect(subjects).toEqual([
      ...['account-type', 'custom-field', 'email-template', 'opportunity-stage'],
      ...['principal-distributor-relationship', 'tag'],
    ]);
    expect(closed.map(([name]) => name)).toContain('GET /api/contacts/:id/influence');
  });
});

describe('[PLT-033] a row names no other record to whoever may not read that one', () => {
  /** Of a salesperson who is in no team of these. */
  const secret = { account: 'Hidden Holding', contact: 'Hidden Person', opportunity: 'Hidden Sale' };
  type Secret = keyof typeof secret;
  /** Where a name stands that the reader may know anyway (decision 18). */
  const known = { principal: 'Known Principal', customer: 'Known Customer' };
  let at: Record<'account' | 'contact' | 'opportunity' | 'task' | 'interaction' | 'ticket' | 'pov', string>;

  beforeAll(async () => {
    await withAccountTypes(app.tenant.id);
    await withStages(app.tenant.id);
    const of = { account: { accountOwner: admin.userId }, own: { accountOwner: clients.get(owner)!.userId } };
    const ownerId = of.own.accountOwner;
    const accountId = (await newAccount(admin, { ...of.account, accountName: secret.account })).id;
    const contactId = (await newContact(admin, { accountId, firstName: 'Hidden', lastName: 'Person' })).id;
    const opportunityId = (await newOpportunity(admin, { name: secret.opportunity, accountId })).id;
    const customer = await newAccount(admin, { ...of.account, accountName: known.customer });
    const principal = await newAccount(admin, { ...of.account, accountName: known.principal, isPrincipal: true });
    const mine = await newAccount(admin, { ...of.own, accountName: 'Mine', parentAccountId: accountId });
    const sale = await newOpportunity(admin, {
      ownerId, name: 'Sale of mine', accountId, distributorAccountId: accountId, vendorAccountId: principal.id,
    });
    await admin.post('/api/opportunity-participants', {
      opportunityId: sale.id, accountId, contactId, role: 'customer',
    });
    const about = { accountId: mine.id, contactId, opportunityId };
    const ticket = await admin.post<{ id: string }>('/api/tickets', {
      issue: 'Late', assigneeId: ownerId, distributorId: accountId, vendorId: accountId, opportunityId,
    });
    const gone = await admin.post<{ id: string }>('/api/opportunity-participants', {
      opportunityId: sale.id, accountId, role: 'partner',
    });
    await admin.delete(`/api/opportunity-participants/${gone.body.id}`);
    await newTask(admin, { assigneeId: ownerId, accountId: customer.id });
    at = {
      account: mine.id, opportunity: sale.id, ticket: ticket.body.id,
      contact: (await newContact(admin, { accountId: mine.id, opportunityId })).id,
      task: (await newTask(admin, { ...about, assigneeId: ownerId })).id,
      interaction: (await newInteraction(admin, about)).id,
      pov: (await newPov(admin, {
        ...{ title: 'Pilot', ...fiftyDays, opportunityId, customerName: 'Said', customerContact: 'Said' },
      })).id,
    };
    await join(admin, at.pov, ownerId, 'PROJECT_MANAGER');
  });

  const rows: [path: string, of: keyof typeof at | null, names: Secret[]][] = [
    ['/api/accounts', 'account', ['account']],
    ['/api/crm/companies', 'account', ['account']],
    ['/api/contacts', 'contact', ['opportunity']],
    ['/api/crm/contacts', 'contact', ['opportunity']],
    ['/api/opportunities', 'opportunity', ['account', 'contact']],
    ['/api/crm/deals', 'opportunity', ['account', 'contact']],
    ['/api/opportunities/board', null, ['account', 'contact']],
    ['/api/opportunity-participants', null, ['account', 'contact']],
    ['/api/crm/tasks', 'task', ['contact', 'opportunity']],
    ['/api/crm/interactions', 'interaction', ['contact', 'opportunity']],
    ['/api/activities', 'task', ['contact']],
    ['/api/activities', 'interaction', ['contact']],
    ['/api/tickets', 'ticket', ['account', 'opportunity']],
    ['/api/povs', 'pov', ['account', 'opportunity']],
    ['/api/accounts/:account/timeline', null, ['contact']],
    ['/api/search?q=Sale of mine', null, ['account']],
    ['/api/deleted-records?filter[type]=opportunity-participant', null, ['account']],
  ];
  const told = async (name: Username, path: string): Promise<[number, string]> => {
    const { status, body } = await clients.get(name)!.get<object>(path);
    return [status, JSON.stringify(body)];
  };
  it.each(rows)('%s of a %s: %s', async (path, of, names) => {
    const list = path.replace(':account', at.account);
    for (const one of of ? [list, `${list}/${at[of]}`] : [list]) {
      const [[managers, all], [sellers, theirs]] = [await told('manager', one), await told(owner, one)];
      expect([one, managers, sellers]).toEqual([one, 200, 200]);
      // Of POVs the list shows no account, the page does.
      const shown = one.startsWith('/api/povs') && one === list ? names.filter(n => n !== 'account') : names;
      expect([one, shown.filter(n => !all.includes(secret[n]))]).toEqual([one, []]);
      expect([one, Object.values(secret).filter(n => theirs.includes(n))]).toEqual([one, []]);
    }
  });

  it.each<[path: string, field: string, name: Secret]>([
    ['/api/activities', 'contactName', 'contact'],
    ['/api/tickets', 'distributorName', 'account'],
    ['/api/tickets', 'vendorName', 'account'],
    ['/api/opportunities', 'accountName', 'account'],
    ['/api/opportunity-participants', 'accountName', 'account'],
    ['/api/povs', 'opportunityName', 'opportunity'],
  ])('%s is not found by %s', async (path, field, name) => {
    const found = async (by: Username): Promise<number> => {
      const filter = encodeURIComponent(secret[name]);
      const answer = await clients.get(by)!.get<{ total: number }>(`${path}?filter[${field}]=${filter}`);
      expect(answer.status).toBe(200);
      return answer.body.total;
    };
    expect([await found('manager') > 0, await found(owner)]).toEqual([true, 0]);
  });

  it('a POV of one’s own learns no customer from a sale whose account one may not read', async () => {
    const pov = await newPov(clients.get(owner)!, { opportunityId: at.opportunity });
    expect([pov.customerName, pov.customerContact, pov.partnerName]).toEqual([null, null, null]);
  });

  it('an account of one’s own is set below no account that one may not read', async () => {
    const seller = clients.get(owner)!;
    const above = (await clients.get('manager')!.get<{ parentAccountId: string }>(`/api/accounts/${at.account}`)).body;
    const another = await newAccount(admin, { accountOwner: admin.userId });
    const [readable, mine] = [await newAccount(seller), await newAccount(seller)];
    const refused = async (parent: string): Promise<unknown[]> => [
      await seller.patch<Problem>(`/api/accounts/${mine.id}`, { parentAccountId: parent }),
      await seller.patch<Problem>(`/api/crm/companies/${mine.id}`, { parentCompanyId: parent }),
      await seller.post<Problem>('/api/accounts', {
        accountName: 'Below', accountType: 'Customer', parentAccountId: parent,
      }),
    ].map(({ status, body }) => [status, body.errors]);
    expect(await refused(another.id)).toEqual(await refused(randomUUID()));
    expect(await refused(another.id)).toMatchObject([[400, [{ pointer: '/parentAccountId' }]], [400, {}], [400, {}]]);
    const patched = (id: string, parentAccountId: string) => seller.patch(`/api/accounts/${id}`, { parentAccountId });
    expect((await patched(mine.id, readable.id)).status).toBe(200);
    // What stands above already is kept by a form that sends all that it was given.
    expect((await patched(at.account, above.parentAccountId)).status).toBe(200);
  });

  it('but a principal by its name, and whom a task is for that was given to them', async () => {
    const sale = await told(owner, `/api/opportunities/${at.opportunity}`);
    const tasks = await told(owner, '/api/crm/tasks');
    expect(sale[1]).toContain(known.principal);
    expect(tasks[1]).toContain(known.customer);
  });
});

describe('[CRM-120] [PLT-033] the one search finds and counts nothing that the reader may not read', () => {
  const depot = { addressLine1: 'Quay 1', city: 'Bergen', postalCode: '5003', country: 'Norway' };
  type Counted = [type: string, titles: string[], more: boolean][];
  const found = async (by: Client, type: string): Promise<Counted> => {
    const { status, body } = await by.get<{ groups: SearchGroup[] }>(`/api/search?q=quagga&types=${type}&limit=1`);
    expect(status).toBe(200);
    return body.groups.map(group => [group.type, group.finds.map(find => find.title), group.more]);
  };

  beforeAll(async () => {
    await withAccountTypes(app.tenant.id);
    const seller = clients.get(owner)!;
    for (const [by, word] of [[seller, 'own'], [admin, 'hidden'], [admin, 'hidden too']] as const) {
      const { id } = await newAccount(by, { accountName: `Holding ${word}` });
      await newInteraction(by, { subject: `Quagga ${word}`, accountId: id });
      await newFile(app, by, { subject: 'account', subjectId: id }, { name: `Quagga ${word}.pdf` });
      const made = [
        await by.post(`/api/accounts/${id}/comments`, { body: `Quagga ${word}` }),
        await by.post('/api/groups', { groupName: `Quagga ${word}` }),
        await admin.post('/api/inventory/warehouses', { ...depot, name: `Quagga ${word}`, code: `Q ${word}` }),
        await admin.post('/api/email-templates', { name: `Quagga ${word}`, subject: 'Offer', body: 'Here it is' }),
      ];
      expect(made.map(answer => answer.status)).toEqual(Array(4).fill(201));
    }
  });

  it.each(['interaction', 'group', 'comment', 'file'])('%s', async type => {
    const mine = type === 'file' ? 'Quagga own.pdf' : 'Quagga own';
    expect(await found(admin, type)).toEqual([[type, [expect.stringContaining('Quagga')], true]]);
    expect(await found(clients.get(owner)!, type)).toEqual([[type, [mine], false]]);
    expect(await found(clients.get('sales3')!, type)).toEqual([]);
  });

  it.each(['warehouse', 'email-template'])('%s, which a role may be without', async type => {
    expect(await found(clients.get('sales3')!, type)).toEqual([[type, [expect.stringContaining('Quagga')], true]]);
    const role = { code: `NO_${type.replace('-', '_').toUpperCase()}`, name: `Without ${type}` };
    const permissions = [{ subject: 'account', action: 'read', scope: 'all' }];
    expect((await admin.post('/api/admin/roles', { ...role, permissions })).status).toBe(201);
    const { body } = await admin.post<{ key: string }>('/api/api-keys', { name: type, role: role.code });
    expect(await found(client(app.url, { Authorization: `Bearer ${body.key}` }), type)).toEqual([]);
  });
});
