import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import { Activity } from '../../../domain/crm/activity/activity.contract.ts';
import { tasks as Tasks } from '../../../domain/crm/activity/task.ts';
import type { OrganizationContact } from '../../../domain/crm/contact-organization.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { OpportunityLineItem } from '../../../domain/crm/opportunity-line-item.ts';
import type { Opportunity } from '../../../domain/crm/opportunity.ts';
import type { PrincipalAdvocacy } from '../../../domain/crm/principal-advocacy.contract.ts';
import { tickets as Tickets, type Ticket } from '../../../domain/crm/ticket/ticket.ts';
import type { UserRelations } from '../../../domain/crm/user-relations.contract.ts';
import type { Product } from '../../../domain/inventory/product.ts';
import type { PovListItem } from '../../../domain/pov/pov.contract.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, toldOf, withAccountTypes, withStages,
} from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { fiftyDays, newPov, type Listed } from '../../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client, admin: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [manager, sales, admin] = [await app.as('manager'), await app.as('sales'), await app.as('admin')];
});
afterAll(() => app?.stop());

const pointers = (answer: { body: ProblemBody }): string[] => answer.body.errors.map(e => e.pointer);
const made = async <T>(path: string, body: object): Promise<T> => {
  const answer = await manager.post<T>(path, body);
  expect([answer.status, answer.body]).toMatchObject([201, {}]);
  return answer.body;
};
const idsAt = async (path: string, by = manager): Promise<string[]> =>
  (await by.get<Listed<{ id: string }>>(path)).body.items.map(row => row.id);
const principal = (): Promise<Account> => newAccount(manager, { isPrincipal: true });
const distributor = (): Promise<Account> => newAccount(manager, { isDistributor: true });
const relate = ({ id }: Account, distributor: Account, commissionRate: string): Promise<{ id: string }> =>
  made('/api/principal-distributor-relationships', {
    principalAccountId: id, distributorAccountId: distributor.id, commissionRate,
  });
const newProduct = (more: object): Promise<Product> =>
  made('/api/inventory/products', { name: `Product ${randomUUID()}`, costPrice: 1, salePrice: 2, ...more });
const lineOf = (opportunityId: string, more: object): Promise<OpportunityLineItem> =>
  made('/api/opportunity-line-items', { opportunityId, description: 'Hours', unitPrice: 100_000, ...more });
/** How many rows that are not deleted point at an account, by table and column: of every table that can. */
async function rowsOf(accountId: string): Promise<Record<string, number>> {
  const columns = await inDatabase<{ table: string; column: string }>(
    app,
    `select c.relname as "table", a.attname as "column" from pg_constraint f join pg_class c on c.oid = f.conrelid
     join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
     join pg_attribute d on d.attrelid = f.conrelid and d.attname = 'deleted_at'
     where f.contype = 'f' and f.confrelid = 'account'::regclass and array_length(f.conkey, 1) = 1 order by 1, 2`);
  const count = (table: string, column: string): string =>
    `select '${table} ${column}' as name, count(*)::int as n from ${table} where ${column} = $1 and deleted_at is null`;
  const counts = await inDatabase<{ name: string; n: number }>(
    app, columns.map(c => count(c.table, c.column)).join(' union all '), [accountId]);
  return Object.fromEntries(counts.map(({ name, n }) => [name, n]));
}
const expected = async (id: string): Promise<string | null> =>
  (await manager.get<Opportunity>(`/api/opportunities/${id}`)).body.expectedCommissionGrossTotal;

describe('the commission of a line', () => {
  it('[CRM-060] is that of its product, and its sum stands on the opportunity', async () => {
    const { id } = await newOpportunity(manager);
    const { id: productId } = await newProduct({ commissionPercent: '12.50' });
    const line = await lineOf(id, { productId });
    expect(line).toMatchObject({ lineTotal: 100_000, commissionPercent: '12.50', commission: 12_500 });
    expect(await expected(id)).toBe('125.00');
    await lineOf(id, { productId, unitPrice: 333 });
    expect(await expected(id)).toBe('125.42');
    await manager.patch(`/api/inventory/products/${productId}`, { commissionPercent: '10' });
    expect(await expected(id)).toBe('100.33');
  });

  it('[CRM-060] is else that of the active relation between principal and distributor', async () => {
    const [vendor, seller] = [await principal(), await distributor()];
    const relation = await relate(vendor, seller, '7.50');
    const { id } = await newOpportunity(manager, { vendorAccountId: vendor.id, distributorAccountId: seller.id });
    const line = await lineOf(id, {});
    expect(line).toMatchObject({ commissionPercent: '7.50', commission: 7_500 });
    const ofProduct = await newProduct({ vendorAccountId: vendor.id, distributorAccountId: seller.id });
    const other = await newOpportunity(manager);
    expect(await lineOf(other.id, { productId: ofProduct.id })).toMatchObject({ commissionPercent: '7.50' });
    await manager.patch(`/api/principal-distributor-relationships/${relation.id}`, { status: 'inactive' });
    const read = await manager.get<OpportunityLineItem>(`/api/opportunity-line-items/${line.id}`);
    expect(read.body).toMatchObject({ commissionPercent: null, commission: null });
  });

  it('is not typed over; where no line brings any, what was typed stands', async () => {
    const { id } = await newOpportunity(manager, { expectedCommissionGrossTotal: '50' });
    const path = `/api/opportunities/${id}`;
    const plain = await lineOf(id, {});
    expect([plain.commission, await expected(id)]).toEqual([null, '50.00']);
    const { id: productId } = await newProduct({ commissionPercent: '12.50' });
    const line = await lineOf(id, { productId });
    expect(await expected(id)).toBe('125.00');
    const typed = await manager.patch<ProblemBody>(path, { expectedCommissionGrossTotal: '99' });
    expect([typed.status, pointers(typed)]).toEqual([400, ['/expectedCommissionGrossTotal']]);
    // What was read may be sent back.
    expect((await manager.patch(path, { expectedCommissionGrossTotal: '125.00', source: 'Fair' })).status).toBe(200);
    await manager.delete(`/api/opportunity-line-items/${line.id}`);
    expect(await expected(id)).toBe('50.00');
  });
});

describe('principals', () => {
  const report = '/api/reports/principal-advocacy';
  it('[CRM-061] show contacts, distributors, products, opportunities and revenue, each by currency', async () => {
    const [one, two, seller] = [await principal(), await principal(), await distributor()];
    await newContact(manager, { accountId: one.id });
    await newContact(manager, { accountId: one.id });
    await relate(one, seller, '10');
    await newProduct({ vendorAccountId: one.id });
    const sold = { vendorAccountId: one.id, distributorAccountId: seller.id };
    const open = await newOpportunity(manager, { ...sold, stage: 'proposal' });
    await lineOf(open.id, {});
    await newOpportunity(manager, { ...sold, stage: 'closed_won', value: 400_000 });
    await newOpportunity(manager, { ...sold, stage: 'closed_won', value: 900, currency: 'EUR' });
    await newOpportunity(manager, { ...sold, stage: 'closed_lost', lostReason: 'Price', value: 1 });
    const part = await newOpportunity(manager, { stage: 'closed_won', value: 7_000 });
    const named = { opportunityId: part.id, accountId: two.id, role: 'principal' };
    await made('/api/opportunity-participants', named);
    const { status, body } = await manager.get<{ principals: PrincipalAdvocacy[] }>(report);
    expect(status).toBe(200);
    expect(body.principals.filter(p => [one.id, two.id].includes(p.id))).toEqual([
      {
        id: one.id, accountName: one.accountName, contactCount: 2, distributorCount: 1, productCount: 1, openCount: 1,
        wonCount: 2, amounts: [
          { currency: 'EUR', open: 0, won: 900, commission: 0 },
          { currency: 'USD', open: 100_000, won: 400_000, commission: 10_000 },
        ],
      },
      {
        id: two.id, accountName: two.accountName, contactCount: 0, distributorCount: 0, productCount: 0, openCount: 0,
        wonCount: 1, amounts: [{ currency: 'USD', open: 0, won: 7_000, commission: 0 }],
      },
    ]);
    expect(body.principals.map(p => p.id)).not.toContain(seller.id);
    expect((await sales.get(report)).status).toBe(403);
  });
});

describe('what belongs to an account', () => {
  it('[CRM-026] a deleted account leaves its contacts and opportunities readable, and they say so', async () => {
    const account = await newAccount(manager);
    const contact = await newContact(manager, { accountId: account.id });
    const opportunity = await newOpportunity(manager, { accountId: account.id });
    const before = await rowsOf(account.id);
    expect(before).toMatchObject({ 'contact account_id': 1, 'opportunity account_id': 1 });
    expect((await manager.delete(`/api/accounts/${account.id}`)).status).toBe(204);
    expect(await rowsOf(account.id)).toEqual(before);
    expect(await idsAt(`/api/accounts?q=${account.accountName}`)).toEqual([]);
    expect((await manager.get<Contact>(`/api/contacts/${contact.id}`)).body).toMatchObject({
      accountName: account.accountName, accountDeleted: true,
    });
    const read = await manager.get<Opportunity>(`/api/opportunities/${opportunity.id}`);
    expect(read.body.account).toEqual({ id: account.id, name: account.accountName, deleted: true });
    expect((await manager.post(`/api/accounts/${account.id}/restore`)).status).toBe(200);
    const again = await manager.get<Contact>(`/api/contacts/${contact.id}`);
    expect(again.body.accountDeleted).toBe(false);
  });

  it('a contact with a second organization is listed at both', async () => {
    const [one, two] = [await newAccount(manager), await newAccount(manager)];
    const contact = await newContact(manager, { accountId: one.id, isPrimary: true, mobile: '555-123-4567' });
    await made(`/api/contacts/${contact.id}/organizations`, { accountId: two.id, role: 'Board' });
    const at = async ({ id }: Account): Promise<OrganizationContact[]> =>
      (await manager.get<{ items: OrganizationContact[] }>(`/api/accounts/${id}/contacts`)).body.items;
    expect(await at(one)).toMatchObject([{ contactId: contact.id, isPrimary: true, isPrimaryContact: true }]);
    expect(await at(two)).toMatchObject([
      { contactId: contact.id, isPrimary: false, isPrimaryContact: false, role: 'Board', mobile: '555-123-4567' },
    ]);
    const { body } = await manager.get<Account>(`/api/accounts/${two.id}`);
    expect(body._count).toMatchObject({ contacts: 0, people: 1 });
  });

  it('opportunities are found by each part of an account, and tickets by either', async () => {
    const [seller, customer] = [await distributor(), await newAccount(manager)];
    const own = await newOpportunity(manager, { accountId: seller.id });
    const sold = await newOpportunity(manager, { accountId: customer.id, distributorAccountId: seller.id });
    const part = await newOpportunity(manager, { accountId: customer.id });
    await made('/api/opportunity-participants', { opportunityId: part.id, accountId: seller.id, role: 'partner' });
    const by = (field: string): Promise<string[]> => idsAt(`/api/opportunities?filter[${field}]=${seller.id}`);
    expect([await by('accountId'), await by('distributorAccountId'), await by('participantAccountId')]).toEqual([
      [own.id], [sold.id], [part.id],
    ]);
    const ticket = await made<Ticket>('/api/tickets', { issue: 'Late', distributorId: seller.id });
    const vendorTicket = await made<Ticket>('/api/tickets', { issue: 'Wrong', vendorId: seller.id });
    const tickets = await idsAt(`/api/tickets?filter[involvedAccountId]=${seller.id}`);
    expect(tickets.sort()).toEqual([ticket.id, vendorTicket.id].sort());
    expect(await idsAt('/api/tickets?filter[involvedAccountId]=none')).toEqual([]);
  });

  it('a POV is for an account and an opportunity that the reader may see', async () => {
    const account = await newAccount(manager), own = await newAccount(sales);
    const { id: opportunityId } = await newOpportunity(manager, { accountId: account.id });
    const pov = await newPov(manager, { title: 'Pilot', ...fiftyDays, accountId: account.id, opportunityId });
    expect(pov).toMatchObject({ accountId: account.id, opportunityId });
    for (const filter of [`accountId]=${account.id}`, `opportunityId]=${opportunityId}`]) {
      const { body } = await manager.get<Listed<PovListItem>>(`/api/povs?filter[${filter}`);
      expect(body.items).toMatchObject([{ id: pov.id, accountId: account.id }]);
    }
    const foreign = await sales.post<ProblemBody>('/api/povs', { title: 'X', ...fiftyDays, accountId: account.id });
    expect([foreign.status, pointers(foreign)]).toEqual([400, ['/accountId']]);
    // Its opportunity is that of another account: it goes with it, or not at all.
    const torn = await manager.patch<ProblemBody>(`/api/povs/${pov.id}`, { accountId: own.id });
    expect([torn.status, pointers(torn)]).toEqual([400, ['/accountId']]);
    const there = { accountId: own.id, opportunityId: null };
    expect((await manager.patch(`/api/povs/${pov.id}`, there)).status).toBe(200);
    const none = await manager.patch<ProblemBody>(`/api/povs/${pov.id}`, { accountId: randomUUID() });
    expect(pointers(none)).toEqual(['/accountId']);
    const { body } = await manager.get<Listed<PovListItem>>(`/api/povs?filter[accountId]=${own.id}`);
    expect(body.items.map(p => p.id)).toEqual([pov.id]);
  });
});

describe('a contact', () => {
  it('[CRM-027] keeps each of its fields', async () => {
    const field = { recordType: 'contact', key: 'shoe', label: 'Shoe size', type: 'number' };
    expect((await (await app.as('admin')).post('/api/custom-fields', field)).status).toBe(201);
    const account = await newAccount(manager);
    const { id: opportunityId } = await newOpportunity(manager, { accountId: account.id });
    const sent = {
      accountId: account.id, suffix: 'Jr.', firstName: 'Jane', lastName: 'Doe', jobTitle: 'CTO', department: 'IT',
      workPhone: '555-123-4567', extension: '12', mobile: '555-765-4321', emailAddress: 'jane@doe.example',
      emails: [{ type: 'home', value: 'jane@home.example' }], phones: [{ type: 'assistant', value: '+47 22 33 44' }],
      isPrimary: true, addressLine1: 'Quay 1', addressLine2: 'Floor 2', city: 'Galway', state: 'CT', postalCode: 'H91',
      country: 'Ireland', source: 'Referral', status: 'prospect', tags: ['vip'], active: true, description: 'Knows all',
      opportunityId, customFields: { shoe: 40 },
    };
    const made = await newContact(manager, sent);
    const follows = { fullName: 'Jane Doe Jr.', leadScore: 0, contactType: 'Customer', version: 1 };
    expect(made).toMatchObject({ ...sent, ...follows });
    const { body } = await manager.get<Contact>(`/api/contacts/${made.id}`);
    expect(body).toMatchObject({ ...sent, opportunityName: expect.any(String) });
    const plain = await newContact(manager, { firstName: 'A', lastName: 'B' });
    expect(plain).toMatchObject({
      status: 'lead', leadScore: 0, active: true, isPrimary: false, tags: [], emails: null, phones: null,
    });
    const renamed = await newContact(manager, { firstName: 'C', lastName: 'D', dealId: opportunityId });
    expect(renamed.opportunityId).toBe(opportunityId);
  });

  const long = (length: number): string => 'x'.repeat(length);
  const wrong: [string, unknown, string?][] = [
    ['firstName', long(101)], ['lastName', long(101)], ['suffix', long(11)], ['jobTitle', long(101)],
    ['department', long(101)], ['extension', long(11)], ['emailAddress', `${long(250)}@x.example`],
    ['workPhone', '5551234567'], ['mobile', '555-123-456'], ['status', 'friend'], ['source', long(101)],
    ['emails', [{ type: 'home', value: 'jane@' }], '/emails/0/value'],
    ['phones', [{ type: 'home', value: 'call me' }], '/phones/0/value'],
    ['emails', Array.from({ length: 21 }, () => ({ type: 'a', value: 'a@b.example' }))],
    ['opportunityId', randomUUID()], ['isPrimary', 'yes'], ['description', long(10_001)],
  ];
  it.each(wrong)('[CRM-027] has no %s beyond its limits (%#)', async (field, value, pointer = `/${field}`) => {
    const sent = { firstName: 'Jane', lastName: 'Doe', [field]: value };
    const answer = await manager.post<ProblemBody>('/api/contacts', sent);
    expect([answer.status, pointers(answer)]).toEqual([400, [pointer]]);
  });
});

it('what belongs to a user is counted', async () => {
  const before = async (): Promise<UserRelations> =>
    (await admin.get<UserRelations>(`/api/admin/users/${sales.userId}/relations`)).body;
  const first = await before();
  const account = await newAccount(sales);
  await sales.patch(`/api/accounts/${account.id}`, { industry: 'Food' });
  await newAccount(manager, { accountOwner: sales.userId });
  await newOpportunity(sales);
  await newTask(manager, { assigneeId: sales.userId });
  await newInteraction(sales, { accountId: account.id });
  const now = await before();
  const grown = Object.fromEntries(
    Object.entries(now).map(([key, count]) => [key, count - first[key as keyof UserRelations]]),
  );
  expect(grown).toMatchObject({
    accountsOwned: 2, accountsCreated: 1, accountsUpdated: 1, opportunitiesOwned: 1, activitiesAssigned: 2,
    tablePreferences: 0,
  });
  expect(now.auditRows).toBeGreaterThan(first.auditRows + 3);
  expect((await manager.get(`/api/admin/users/${sales.userId}/relations`)).status).toBe(403);
  expect((await admin.get(`/api/admin/users/${randomUUID()}/relations`)).status).toBe(404);
});

it('[CRM-099] a ticket on a distributor, vendor and opportunity is changed, replaced and deleted', async () => {
  const [seller, vendor] = [await distributor(), await newAccount(manager, { accountType: 'Vendor' })];
  const opportunity = await newOpportunity(manager, { accountId: (await newAccount(manager)).id });
  const about = { distributorId: seller.id, vendorId: vendor.id, opportunityId: opportunity.id };
  const unnamed = await manager.post<ProblemBody>('/api/tickets', about);
  expect([unnamed.status, pointers(unnamed)]).toEqual([400, ['/issue']]);
  const ticket = await made<Ticket>('/api/tickets', { issue: 'Late', description: 'A day', ...about });
  const at = `/api/tickets/${ticket.id}`;
  expect((await manager.get<Ticket>(at)).body).toMatchObject({
    ...about, issue: 'Late', active: true,
    distributorName: seller.accountName, vendorName: vendor.accountName,
  });
  for (const [field, id] of Object.entries(about))
    expect(await idsAt(`/api/tickets?filter[${field}]=${id}`)).toEqual([ticket.id]);
  const version = async (): Promise<number> => (await manager.get<Ticket>(at)).body.version;
  const patched = await manager.patch<Ticket>(at, { vendorId: null });
  expect(patched).toMatchObject({ status: 200, body: { issue: 'Late', description: 'A day', vendorId: null } });
  const unsaid = await manager.put<ProblemBody>(at, { description: 'B', version: await version() });
  expect([unsaid.status, pointers(unsaid)]).toEqual([400, ['/issue']]);
  const replaced = await manager.put<Ticket>(at, {
    issue: 'Later', distributorId: seller.id, version: await version(),
  });
  expect(replaced).toMatchObject({
    status: 200, body: { issue: 'Later', description: null, distributorId: seller.id, opportunityId: null },
  });
  const readonly = await app.as('readonly');
  expect([(await readonly.delete(at)).status, (await manager.get(at)).status]).toEqual([403, 200]);
  expect([(await manager.delete(at)).status, (await manager.get(at)).status]).toEqual([204, 404]);
  expect(await idsAt(`/api/tickets?filter[distributorId]=${seller.id}`)).toEqual([]);
});

const tasks = '/api/crm/tasks', activities = '/api/activities';
it.each([tasks, '/api/tickets', activities])('[CRM-085] %s goes on from whoever has it', async at => {
  const sales2 = await app.as('sales2');
  const others = { accountId: (await newAccount(manager)).id };
  const [who, what] = at === activities ? ['assignedToId', { activityType: 'Task', subject: 'T' }]
    : ['assigneeId', at === tasks ? { title: 'T' } : { issue: 'T' }];
  const about = at === '/api/tickets' ? {} : others;
  const { body } = await manager.post<{ id: string }>(at, { ...what, ...about, [who]: sales2.userId });
  const given = { [who]: sales.userId, description: 'Asked.' };
  const on = await sales2.patch<Record<string, unknown>>(`${at}/${body.id}`, given);
  const shape = { [tasks]: Tasks.View, [activities]: Activity }[at] ?? Tickets.View;
  expect([on.body['description'], shape.safeParse(on.body).error]).toEqual(['Asked.', undefined]);
  expect([on.status, on.body[who], (await sales2.get(`${at}/${body.id}`)).status]).toEqual([200, sales.userId, 404]);
  expect((await sales.get(`${at}/${body.id}`)).status).toBe(200);
  expect((await sales2.patch(`${at}/${body.id}`, { [who]: sales2.userId })).status).toBe(404);
  if (at !== tasks) return;
  expect(await toldOf(sales, body.id)).toEqual(['task-assigned']);
  const mine = await newTask(sales2);
  const moved = await sales2.patch<ProblemBody>(`${at}/${mine.id}`, { ...others, assigneeId: sales.userId });
  expect([moved.status, moved.body.errors.map(e => e.pointer)]).toEqual([400, ['/accountId']]);
});

const indexesOf = async (table: string): Promise<string[]> =>
  (await inDatabase<{ columns: string }>(app, `
    select string_agg(a.attname, ', ' order by k.n) as columns
    from pg_index i join unnest(i.indkey) with ordinality k (attnum, n) on true
    join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.attnum
    where i.indrelid = $1::regclass group by i.indexrelid`, [table])).map(r => r.columns);
const perTenant = (...columns: string[]): unknown => expect.arrayContaining(columns.map(c => `tenant_id, ${c}`));

it('[CRM-090] interactions and tasks have their indexes, and with them activities', async () => {
  expect(await indexesOf('interaction')).toEqual(
    perTenant('type', 'contact_id', 'scheduled_at', 'deleted_at', 'account_id', 'owner_id'),
  );
  expect(await indexesOf('task')).toEqual(
    perTenant('status', 'assignee_id', 'due_date', 'contact_id', 'deleted_at', 'account_id'),
  );
});

it('[CRM-097] groups have theirs, and tickets', async () => {
  expect(await indexesOf('crm_group')).toEqual(perTenant('group_name', 'group_type'));
  expect(await indexesOf('ticket')).toEqual(perTenant('distributor_id', 'vendor_id', 'opportunity_id'));
});
