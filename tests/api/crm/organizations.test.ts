import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { log } from '../../../activities/platform/log.ts';
import type { Account } from '../../../domain/crm/account.ts';
import type { ContactOrganization, InfluenceProfile, OrganizationContact } from '../../../domain/crm/contact-organization.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { Opportunity } from '../../../domain/crm/opportunity.ts';
import type { PrincipalDistributorRelationship } from '../../../domain/crm/principal-distributor-relationship.ts';
import type { Product } from '../../../domain/inventory/product.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant } from '../../kit/people.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client, sales2: Client, accounting: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [manager, sales] = [await app.as('manager'), await app.as('sales')];
  [sales2, accounting] = [await app.as('sales2'), await app.as('accounting')];
});
afterAll(() => app?.stop());

interface Counted {
  _count: Record<string, number>;
}
const pointers = (answer: { body: ProblemBody }): string[] => answer.body.errors.map(e => e.pointer);

describe('accounts and contacts by their other names', () => {
  const companies = '/api/crm/companies';
  type Company = Account & { name: string; city: string | null; legalName: string | null };

  it('[CRM-018] a company is an account: posted, listed, changed and deleted by either name', async () => {
    const made = await manager.post<Company>(companies, { name: 'Northwind', city: 'Reno', accountType: 'Vendor' });
    expect(made.status).toBe(201);
    expect(made.body).toMatchObject({ name: 'Northwind', accountName: 'Northwind' });
    expect(made.body).toMatchObject({ city: 'Reno', shippingCity: 'Reno' });
    const { id } = made.body;
    expect((await manager.get<Account>(`/api/accounts/${id}`)).body.accountName).toBe('Northwind');
    const query = 'filter[name]=Northwind&sort=-name';
    const listed = await manager.get<Listed<Company>>(`${companies}?${query}`);
    expect(listed.body.items).toMatchObject([{ id, name: 'Northwind' }]);
    const patched = await manager.patch<Company>(`${companies}/${id}`, { legalName: 'Northwind LLC' });
    expect(patched.body).toMatchObject({ legalName: 'Northwind LLC', accountLegalName: 'Northwind LLC' });
    expect((await manager.get<Company>(`${companies}/${id}`)).body.city).toBe('Reno');
    expect((await manager.delete(`${companies}/${id}`)).status).toBe(204);
    expect((await manager.get(`/api/accounts/${id}`)).status).toBe(404);
  });

  it('a company without a type is a customer; without a name, or with two, it is none', async () => {
    expect((await manager.post<Company>(companies, { name: 'Plain' })).body.accountType).toBe('Customer');
    expect(pointers(await manager.post(companies, { city: 'Reno' }))).toEqual(['/name']);
    expect(pointers(await manager.post(companies, { name: 'A', accountName: 'B' }))).toEqual(['/name']);
    expect(pointers(await manager.post(companies, { name: 'x'.repeat(256) }))).toEqual(['/name']);
    const foreign = await newAccount(sales);
    expect((await sales2.get(`${companies}/${foreign.id}`)).status).toBe(404);
    expect((await accounting.post(companies, { name: 'No' })).status).toBe(403);
  });

  it('[CRM-042] a contact has an e-mail, a phone and a title there, and is a lead that needs no account', async () => {
    const sent = { firstName: 'Ada', lastName: 'Byron', email: 'ada@b.example', title: 'CTO', phone: '555-123-4567' };
    const { status, body } = await manager.post<Contact>('/api/crm/contacts', sent);
    expect([status, body.status]).toEqual([201, 'lead']);
    expect((await manager.get<Contact>(`/api/contacts/${body.id}`)).body).toMatchObject({
      emailAddress: 'ada@b.example', jobTitle: 'CTO', workPhone: '555-123-4567',
    });
    const account = await newAccount(manager);
    await manager.patch(`/api/crm/contacts/${body.id}`, { companyId: account.id, title: 'CEO' });
    const { body: list } = await manager.get<Listed<Contact & { title: string }>>(
      `/api/crm/contacts?filter[companyId]=${account.id}`,
    );
    expect(list.items).toMatchObject([{ id: body.id, accountId: account.id, title: 'CEO' }]);
    expect((await manager.delete(`/api/crm/contacts/${body.id}`)).status).toBe(204);
  });
});

describe('organizations of a contact', () => {
  const at = (contactId: string, link = ''): string => `/api/contacts/${contactId}/organizations${link}`;
  const listed = async (id: string, by = manager): Promise<[string, boolean][]> =>
    (await by.get<{ items: ContactOrganization[] }>(at(id))).body.items.map(l => [l.accountId, l.isPrimary]);
  const accountOf = async (id: string): Promise<string | null> =>
    (await manager.get<Contact>(`/api/contacts/${id}`)).body.accountId;

  it('[CRM-050] are many, each once, and listed on both sides', async () => {
    const [one, two] = [await newAccount(manager), await newAccount(manager)];
    const { id, fullName } = await newContact(manager, { accountId: one.id });
    const added = await manager.post<ContactOrganization>(at(id), { accountId: two.id, role: 'Board', influence: 80 });
    expect([added.status, added.body.isPrimary, added.body.role]).toEqual([201, false, 'Board']);
    expect((await manager.post(at(id), { accountId: two.id })).status).toBe(409);
    expect(await listed(id)).toEqual([[one.id, true], [two.id, false]]);
    for (const account of [one, two]) {
      const { body } = await manager.get<{ items: OrganizationContact[] }>(`/api/accounts/${account.id}/contacts`);
      expect(body.items.map(c => c.fullName)).toEqual([fullName]);
    }
    expect((await manager.delete(at(id, `/${added.body.id}`))).status).toBe(204);
    expect(await listed(id)).toEqual([[one.id, true]]);
  });

  it('[CRM-051] one is the primary, and the account of the contact mirrors it', async () => {
    const [one, two, three] = [await newAccount(manager), await newAccount(manager), await newAccount(manager)];
    const { id } = await newContact(manager);
    const first = await manager.post<ContactOrganization>(at(id), { accountId: one.id });
    expect([first.body.isPrimary, await accountOf(id)]).toEqual([true, one.id]);
    const second = await manager.post<ContactOrganization>(at(id), { accountId: two.id });
    const made = await manager.patch<ContactOrganization>(at(id, `/${second.body.id}`), { isPrimary: true });
    expect(made.body.isPrimary).toBe(true);
    expect([await listed(id), await accountOf(id)]).toEqual([[[two.id, true], [one.id, false]], two.id]);
    // By the account of the contact: one that is linked becomes the primary; one that is not replaces it.
    await manager.patch(`/api/contacts/${id}`, { accountId: one.id });
    expect(await listed(id)).toEqual([[one.id, true], [two.id, false]]);
    await manager.patch(`/api/contacts/${id}`, { accountId: three.id });
    expect(await listed(id)).toEqual([[three.id, true], [two.id, false]]);
    expect((await manager.patch(`/api/contacts/${id}`, { accountId: null })).status).toBe(409);
    expect(pointers(await manager.patch(at(id, `/${second.body.id}`), { isPrimary: false }))).toEqual(['/isPrimary']);
  });

  it('twenty at once make one link and one primary', async () => {
    const [{ id }, account] = [await newContact(manager), await newAccount(manager)];
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => manager.post(at(id), { accountId: account.id, isPrimary: true })),
    );
    expect(answers.map(a => a.status).sort()).toEqual([201, ...Array<number>(19).fill(409)]);
    expect(await listed(id)).toEqual([[account.id, true]]);
  });

  it('name the field that is wrong, and show nobody what they may not read', async () => {
    const [own, foreign] = [await newAccount(sales), await newAccount(manager)];
    const { id } = await newContact(sales, { accountId: own.id });
    expect(pointers(await sales.post(at(id), { accountId: foreign.id }))).toEqual(['/accountId']);
    const dates = { accountId: foreign.id, startDate: '2027-02-01', endDate: '2027-01-01' };
    expect(pointers(await manager.post(at(id), dates))).toEqual(['/endDate']);
    expect(pointers(await manager.post(at(id), { accountId: foreign.id, influence: 101 }))).toEqual(['/influence']);
    await manager.post(at(id), { accountId: foreign.id });
    expect([await listed(id, sales), await listed(id)]).toEqual([
      [[own.id, true]], [[own.id, true], [foreign.id, false]],
    ]);
    expect((await sales2.get(at(id))).status).toBe(404);
    expect((await sales2.post(at(id), { accountId: own.id })).status).toBe(404);
    expect((await accounting.post(at(id), { accountId: own.id })).status).toBe(403);
  });

  it('[CRM-053] count for something: influence and opportunities, by organization', async () => {
    const [one, two] = [await newAccount(manager), await newAccount(manager)];
    const { id } = await newContact(manager, { accountId: one.id });
    await manager.post(at(id), { accountId: two.id, influence: 90 });
    await app.as('admin').then(admin => admin.post('/api/opportunity-stages', { key: 'lead', name: 'Lead' }));
    const deal = { opportunityName: 'Pumps', accountId: one.id, stage: 'lead', value: 70_000 };
    const { body: opportunity } = await manager.post<{ id: string }>('/api/opportunities', deal);
    await manager.post('/api/opportunity-participants', {
      ...{ opportunityId: opportunity.id, accountId: one.id, role: 'customer', contactId: id },
    });
    const { body } = await manager.get<{ items: InfluenceProfile[] }>(`/api/contacts/${id}/influence`);
    expect(body.items).toMatchObject([
      { accountId: one.id, isPrimary: true, influence: null, opportunityCount: 1, openValue: 70_000, wonValue: 0 },
      { accountId: two.id, isPrimary: false, influence: 90, opportunityCount: 0, openValue: 0, wonValue: 0 },
    ]);
  });

  it('[PLT-033] count what a salesperson may read, and nothing beside it', async () => {
    await app.as('admin').then(admin => admin.post('/api/opportunity-stages', { key: 'seen', name: 'Seen' }));
    const own = await newAccount(sales);
    const { id: contactId } = await newContact(sales, { accountId: own.id });
    const foreign = await newAccount(manager, { parentAccountId: own.id });
    const hidden = await newContact(manager, { accountId: foreign.id });
    await manager.post(`/api/contacts/${hidden.id}/organizations`, { accountId: own.id });
    const deal = { opportunityName: 'Hidden', accountId: own.id, stage: 'seen', value: 70_000 };
    const { id: opportunityId } = (await manager.post<{ id: string }>('/api/opportunities', deal)).body;
    const part = { opportunityId, accountId: own.id, role: 'customer', contactId };
    expect((await manager.post('/api/opportunity-participants', part)).status).toBe(201);
    const { id: groupId } = (await sales.post<{ id: string }>('/api/groups', { groupName: 'All' })).body;
    for (const member of [{ contactId }, { accountId: foreign.id }])
      expect((await manager.post(`/api/groups/${groupId}/members`, member)).status).toBe(201);

    const counted = async (by: Client) => {
      const { body: account } = await by.get<Counted>(`/api/accounts/${own.id}`);
      const { body: contact } = await by.get<Counted>(`/api/contacts/${contactId}`);
      const { body: list } = await by.get<Listed<Counted>>(`/api/accounts?filter[id]=${own.id}`);
      const { body: rich } = await by.get<Listed<Counted>>(
        `/api/accounts?filter[id]=${own.id}&filter[opportunityCount][gte]=1`);
      const { body: profile } = await by.get<{ items: InfluenceProfile[] }>(`/api/contacts/${contactId}/influence`);
      const { body: groups } = await by.get<{ items: { memberCount: number }[] }>(`/api/contacts/${contactId}/groups`);
      return {
        ...account._count, ofContact: contact._count['opportunities'], listed: list.items[0]!._count['opportunities'],
        found: rich.items.length, value: profile.items[0]!.openValue, members: groups.items.map(g => g.memberCount),
      };
    };
    expect(await counted(manager)).toEqual({
      contacts: 1, people: 2, opportunities: 1, children: 1, ofContact: 1, listed: 1, found: 1, value: 70_000,
      members: [2],
    });
    const { items } = (await sales.get<Listed<Opportunity>>(`/api/opportunities?filter[accountId]=${own.id}`)).body;
    expect(items).toEqual([]);
    expect(await counted(sales)).toEqual({
      contacts: 1, people: 1, opportunities: 0, children: 0, ofContact: 0, listed: 0, found: 0, value: 0,
      members: [1],
    });
  });
});

describe('principals and distributors', () => {
  const path = '/api/principal-distributor-relationships';
  const pair = async (): Promise<{ principalAccountId: string; distributorAccountId: string }> => ({
    principalAccountId: (await newAccount(manager, { isPrincipal: true })).id,
    distributorAccountId: (await newAccount(manager, { isDistributor: true })).id,
  });

  it('a flagged account is offered as principal', async () => {
    const { principalAccountId } = await pair();
    const { body } = await manager.get<Listed<Account>>('/api/accounts?filter[isPrincipal]=true&pageSize=100');
    expect(body.items.map(a => a.id)).toContain(principalAccountId);
    expect(body.items.every(a => a.isPrincipal)).toBe(true);
    const typed = await newAccount(manager, { organizationType: 'Co-operative', parentAccountId: principalAccountId });
    expect(typed).toMatchObject({ organizationType: 'Co-operative', parentAccountId: principalAccountId });
  });

  it('[CRM-057] nobody else stands as one, not even by SQL; and who does stays one', async () => {
    const { principalAccountId, distributorAccountId } = await pair();
    const swapped = { principalAccountId: distributorAccountId, distributorAccountId: principalAccountId };
    expect(pointers(await manager.post(path, { ...swapped, commissionRate: '5' }))).toEqual(['/principalAccountId']);
    const insert = (table: string, columns: string, values: string): Promise<unknown> =>
      inDatabase(
        app,
        `insert into ${table} (id, tenant_id, created_at, updated_at, ${columns})
         values (gen_random_uuid(), $1, now(), now(), ${values})`,
        [app.tenant.id, distributorAccountId],
      );
    const parties = 'principal_account_id, distributor_account_id, commission_rate';
    await expect(insert('principal_distributor_relationship', parties, '$2, $2, 1')).rejects.toThrow('no principal');
    const product = 'sku, name, cost_price, sale_price, vendor_account_id';
    await expect(insert('product', product, `'S', 'N', 0, 0, $2`)).rejects.toThrow('no principal');
    await manager.post(path, { principalAccountId, distributorAccountId, commissionRate: '5' });
    const unflag = await manager.patch<ProblemBody>(`/api/accounts/${principalAccountId}`, { isPrincipal: false });
    expect(pointers(unflag)).toEqual(['/isPrincipal']);
  });

  it.each(['100.01', '12.345', '-1', 'many'])('[CRM-058] %s is no commission rate', async commissionRate => {
    expect(pointers(await manager.post(path, { ...(await pair()), commissionRate }))).toEqual(['/commissionRate']);
  });
  it('[CRM-058] 12.5 is one, with two decimals', async () => {
    const sent = { ...(await pair()), commissionRate: 12.5 };
    const { body } = await manager.post<PrincipalDistributorRelationship>(path, sent);
    expect(body.commissionRate).toBe('12.50');
  });

  it('[CRM-059] a pair has one active relation; when that has ended, another', async () => {
    const sent = { ...(await pair()), commissionRate: '10' };
    const first = await manager.post<PrincipalDistributorRelationship>(path, sent);
    expect((await manager.post(path, sent)).status).toBe(409);
    await manager.patch(`${path}/${first.body.id}`, { status: 'inactive' });
    expect((await manager.post(path, sent)).status).toBe(201);
    expect((await manager.patch(`${path}/${first.body.id}`, { status: 'active' })).status).toBe(409);
    const answers = await Promise.all((await Promise.all([pair()])).flatMap(parties =>
      Array.from({ length: 10 }, () => manager.post(path, { ...parties, commissionRate: '1' }))));
    expect(answers.filter(a => a.status === 201)).toHaveLength(1);
    expect(answers.filter(a => a.status === 409)).toHaveLength(9);
  });

  it('relations are listed by either party, changed and deleted', async () => {
    const parties = await pair();
    const { body } = await manager.post<PrincipalDistributorRelationship>(path, { ...parties, commissionRate: '10' });
    for (const [field, id] of Object.entries(parties)) {
      const list = await sales.get<Listed<PrincipalDistributorRelationship>>(`${path}?filter[${field}]=${id}`);
      expect(list.body.items.map(r => r.id)).toEqual([body.id]);
    }
    expect((await sales.patch(`${path}/${body.id}`, { territory: 'West' })).status).toBe(403);
    const patched = await manager.patch<PrincipalDistributorRelationship>(`${path}/${body.id}`, { territory: 'West' });
    expect(patched.body.territory).toBe('West');
    expect((await manager.delete(`${path}/${body.id}`)).status).toBe(204);
  });
});

describe('products', () => {
  const [stock, catalog] = ['/api/inventory/products', '/api/products'];
  const valve = { sku: 'V-1', name: 'Valve', costPrice: 500, salePrice: 900 };

  it('[INV-001] are stored with their defaults', async () => {
    const { status, body } = await manager.post<Product>(stock, valve);
    expect(status).toBe(201);
    expect(body).toMatchObject({ currency: 'USD', trackInventory: true, isActive: true, taxRate: 0 });
    expect(body).toMatchObject({ stockLevel: 0, reorderPoint: 0, reorderQuantity: 0, hasVariants: false });
    expect(pointers(await manager.post(stock, { name: 'X', costPrice: -1, salePrice: 1 }))).toEqual(['/costPrice']);
  });

  it('[INV-002] a SKU is used once in a tenant', async () => {
    await manager.post(stock, { ...valve, sku: 'ONCE' });
    expect((await manager.post(stock, { ...valve, sku: 'ONCE' })).status).toBe(409);
    const other = await makeTenant();
    expect((await (await app.as('manager', other)).post(stock, { ...valve, sku: 'ONCE' })).status).toBe(201);
    const unnamed = { ...valve, sku: undefined };
    const answers = await Promise.all(Array.from({ length: 5 }, () => manager.post<Product>(stock, unnamed)));
    expect(new Set(answers.map(a => a.body.sku)).size).toBe(5);
  });

  it('[CRM-063] need their house name in the catalog, and belong to principals', async () => {
    expect(pointers(await manager.post(catalog, { productDescriptionHouse: 'x' }))).toEqual(['/productNameHouse']);
    const vendorAccountId = (await newAccount(manager)).id;
    const sent = { productNameHouse: 'Pump', commissionPercent: '12.5', priceEachPercent: '3.5', revenueType: 'Usage' };
    expect(pointers(await manager.post(catalog, { ...sent, vendorAccountId }))).toEqual(['/vendorAccountId']);
    const principal = await newAccount(manager, { isPrincipal: true });
    const { status, body } = await manager.post<Product>(catalog, { ...sent, vendorAccountId: principal.id });
    expect([status, body.commissionPercent, body.priceEachPercent]).toEqual([201, '12.50', '3.50']);
    expect(body).toMatchObject({ productNameHouse: 'Pump', vendorName: principal.accountName });
    expect(body.sku).toMatch(/^P-\d{6}$/);
  });

  it('[CRM-064] are the same at both paths', async () => {
    const { body } = await manager.post<Product>(catalog, { productNameHouse: 'Shared' });
    expect([body.costPrice, body.salePrice, body.trackInventory]).toEqual([0, 0, false]);
    const seen = await sales.get<Listed<Product>>(`${stock}?q=Shared`);
    expect(seen.body.items).toMatchObject([{ id: body.id, name: 'Shared' }]);
    const put = { productNameHouse: 'Renamed', costPrice: 1, salePrice: 2, trackInventory: false };
    expect((await manager.put<Product>(`${catalog}/${body.id}`, put)).body.name).toBe('Renamed');
    const patched = await manager.patch<Product>(`${catalog}/${body.id}`, { productDescriptionHouse: 'New' });
    expect(patched.body.description).toBe('New');
    expect((await sales.post(catalog, { productNameHouse: 'No' })).status).toBe(403);
  });

  it('[INV-012] a deleted one is in no list', async () => {
    const { body } = await manager.post<Product>(stock, { ...valve, sku: 'GONE' });
    expect((await manager.get<Product>(`${stock}/${body.id}`)).body.sku).toBe('GONE');
    expect((await manager.patch<Product>(`${stock}/${body.id}`, { salePrice: 1000 })).body.salePrice).toBe(1000);
    expect((await manager.delete(`${stock}/${body.id}`)).status).toBe(204);
    expect((await manager.get<Listed<Product>>(`${stock}?filter[sku]=GONE`)).body.items).toEqual([]);
  });

  it('a variant of a variant is refused', async () => {
    const parent = (await manager.post<Product>(stock, { ...valve, sku: 'P', hasVariants: true })).body;
    const child = { ...valve, sku: 'C', parentProductId: parent.id, hasVariants: true };
    const { body } = await manager.post<Product>(stock, child);
    const below = { ...valve, sku: 'G', parentProductId: body.id };
    expect(pointers(await manager.post(stock, below))).toEqual(['/parentProductId']);
  });

  it('[CRM-065] [INV-011] have their indexes', async () => {
    const query = `select indexdef from pg_indexes where tablename = 'product'`;
    const rows = await inDatabase<{ indexdef: string }>(app, query);
    const indexed = rows.map(r => /\((.*)\)/.exec(r.indexdef)![1]!);
    const sales = ['name', 'distributor_account_id', 'vendor_account_id'];
    const stocked = ['is_active', 'category', 'parent_product_id', 'deleted_at'];
    for (const column of [...sales, ...stocked])
      expect(indexed).toContain(`tenant_id, ${column}`);
  });
});

describe('opportunities by the name that they had', () => {
  const path = '/api/crm/deals';
  type Deal = Opportunity & { name: string };

  it('[CRM-077] [MIG-055] answer with headers that say until when, and are gone from that day on', async () => {
    const made = await manager.post<Deal>(path, { name: 'Cold store', stage: 'proposal' });
    expect([made.status, made.body.name, made.body.opportunityName]).toEqual([201, 'Cold store', 'Cold store']);
    const { id } = made.body;
    const beside = await manager.get<Deal>(`/api/crm/opportunities/${id}`);
    expect([beside.body.name, beside.headers.get('deprecation')]).toEqual(['Cold store', null]);
    const first = await manager.get<Listed<Deal>>(`${path}?filter[name]=Cold store`);
    expect(first.body.items.map(d => d.id)).toEqual([id]);
    expect(first.headers.get('deprecation')).toMatch(/^@\d+$/);
    expect(first.headers.get('link')).toBe('</api/crm/opportunities>; rel="successor-version"');
    expect(first.headers.get('sunset')).toBeNull();

    const warned = jest.spyOn(log, 'warn');
    await manager.get(`${path}/${id}`);
    await manager.get(`/api/crm/opportunities/${id}`);
    expect(warned.mock.calls).toEqual([
      [expect.objectContaining({ method: 'GET', path: `${path}/${id}` }), expect.stringContaining('deprecated')],
    ]);
    warned.mockRestore();

    const admin = await app.as('admin'), settings = '/api/admin/settings';
    const early = await admin.patch<ProblemBody>(settings, { dealsSunset: '2026-12-23' });
    expect(pointers(early)).toEqual(['/dealsSunset']);
    await admin.patch(settings, { dealsSunset: '2026-12-24' });
    const answers = [
      await manager.get(path), await manager.get(`${path}/${id}`),
      await manager.patch(`${path}/${id}`, { estimatedCloseDate: '2027-05-31' }),
    ];
    expect(answers.map(a => [a.status, a.headers.get('sunset')])).toEqual(
      Array(3).fill([200, 'Thu, 24 Dec 2026 00:00:00 GMT']),
    );
    expect((await manager.delete(`${path}/${id}`)).status).toBe(204);

    const later = `update tenant_clock set frozen_at = frozen_at + interval '31 days' where tenant_id = $1`;
    await inDatabase(app, later, [app.tenant.id]);
    const bodies = [
      await manager.get<ProblemBody>(path), await manager.post<ProblemBody>(path, { name: 'New' }),
      await manager.get<ProblemBody>(`${path}/${id}`), await manager.delete<ProblemBody>(`${path}/${id}`),
    ];
    expect(bodies.map(a => a.status)).toEqual([410, 410, 410, 410]);
    for (const { body } of bodies) expect(body.detail).toContain('/api/crm/opportunities');
    expect((await manager.get('/api/crm/opportunities')).status).toBe(200);
    expect((await fetch(app.url + path)).status).toBe(401);
  });
});

describe('what belongs to a record comes in parts, and all of it', () => {
  interface Item { fullName?: string; name?: string; body?: string }
  interface Part { items: Item[]; total: number; nextCursor: string | null }
  let account: Account, group: string;
  beforeAll(async () => {
    account = await newAccount(manager, { accountName: 'Crowded' });
    group = (await manager.post<{ id: string }>('/api/groups', { groupName: 'Crowd' })).body.id;
    await inDatabase(app, `with made as (
        insert into contact (id, tenant_id, created_at, updated_at, account_id, first_name, last_name, full_name)
        select gen_random_uuid(), $1, now(), now(), $2, 'P', lpad(n::text, 4, '0'), 'P ' || lpad(n::text, 4, '0')
        from generate_series(1, 612) n returning id),
      linked as (insert into crm_group_member (id, tenant_id, created_at, updated_at, group_id, contact_id)
        select gen_random_uuid(), $1, now(), now(), $3, id from made)
      select count(*) from made`, [app.tenant.id, account.id, group]);
    await inDatabase(app, `insert into contact_organization (id, tenant_id, created_at, updated_at, contact_id,
        account_id, is_primary)
      select gen_random_uuid(), $1, now(), now(), c.id, c.account_id, true from contact c
      where c.account_id = $2 and not exists (select from contact_organization o where o.contact_id = c.id)`,
      [app.tenant.id, account.id]);
    await inDatabase(app, `insert into crm_comment (id, tenant_id, created_at, updated_at, account_id, body)
      select gen_random_uuid(), $1, now() + n * interval '1 second', now(), $2, 'Comment ' || n
      from generate_series(1, 612) n`, [app.tenant.id, account.id]);
  });
  const part = async (path: string): Promise<Part> => (await manager.get<Part>(path)).body;

  it.each([
    ['people of an account', () => `/api/accounts/${account.id}/contacts`, (i: Item) => i.fullName],
    ['members of a group', () => `/api/groups/${group}/members`, (i: Item) => i.name],
  ] as const)('%s, by name', async (_, path, name) => {
    const first = await part(path());
    expect([first.items.length, first.total]).toEqual([500, 612]);
    const rest = await part(`${path()}?cursor=${first.nextCursor}`);
    expect([rest.items.length, rest.total, rest.nextCursor]).toEqual([112, 612, null]);
    expect([...first.items, ...rest.items].map(name)).toEqual(
      Array.from({ length: 612 }, (__, n) => `P ${String(n + 1).padStart(4, '0')}`),
    );
    expect((await part(`${path()}?limit=2`)).items).toHaveLength(2);
    const strange = Buffer.from(JSON.stringify(['a', 'b'])).toString('base64url');
    for (const cursor of ['x', strange])
      expect(pointers(await manager.get<ProblemBody>(`${path()}?cursor=${cursor}`))).toEqual(['?cursor']);
    expect(pointers(await manager.get<ProblemBody>(`${path()}?limit=0`))).toEqual(['?limit']);
  });

  it('comments, the newest first of all', async () => {
    const at = `/api/accounts/${account.id}/comments`;
    const last = await part(at);
    expect([last.items.length, last.total, last.items[0]!.body, last.items[499]!.body])
      .toEqual([500, 612, 'Comment 113', 'Comment 612']);
    const before = await part(`${at}?cursor=${last.nextCursor}`);
    expect([before.items.length, before.items[0]!.body, before.items[111]!.body, before.nextCursor])
      .toEqual([112, 'Comment 1', 'Comment 112', null]);
  });
});
