import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { standardAccountTypes, type AccountType } from '../../../domain/crm/account-type.ts';
import type { AccountNode } from '../../../domain/crm/account-hierarchy.ts';
import { accounts as declared, type Account } from '../../../domain/crm/account.ts';
import { seedDefaults } from '../../../bin/tenant-defaults.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant } from '../../kit/people.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

const accounts = '/api/accounts';
let app: App, admin: Client, manager: Client, sales: Client, sales2: Client, accounting: Client, readonly: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  [admin, manager, sales] = [await app.as('admin'), await app.as('manager'), await app.as('sales')];
  [sales2, accounting, readonly] = [await app.as('sales2'), await app.as('accounting'), await app.as('readonly')];
});
afterAll(() => app?.stop());

const namesOf = async (by: Client, query: string): Promise<string[]> =>
  (await by.get<Listed<Account>>(`${accounts}?${query}`)).body.items.map(a => a.accountName);
const wrong = async (body: object): Promise<string[]> => {
  const answer = await manager.post<ProblemBody>(accounts, { accountName: 'A', accountType: 'Vendor', ...body });
  expect(answer.status).toBe(400);
  return answer.body.errors.map(e => e.pointer);
};

describe('account types', () => {
  it('[CRM-002] a fresh tenant has the seven from the start, once, and they are its own', async () => {
    const seven = ['Customer', 'Distributor', 'House', 'HouseRep', 'Others', 'Prospect', 'Vendor'];
    const named = async (by: Client): Promise<string[]> =>
      (await by.get<Listed<AccountType>>('/api/account-types?pageSize=100')).body.items.map(t => t.name);
    const fresh = await makeTenant();
    await seedDefaults(fresh.id);
    expect(await named(await app.as('readonly', fresh))).toEqual(seven);
    await seedDefaults(fresh.id);
    const there = await app.as('admin', fresh);
    expect((await there.post('/api/account-types', { name: 'Of them alone' })).status).toBe(201);
    expect([(await named(there)).length, await named(readonly)]).toEqual([8, [...standardAccountTypes].sort()]);
  });

  it('are named once, whatever the case, and stay while accounts are of them', async () => {
    expect((await admin.post<ProblemBody>('/api/account-types', { name: 'customer' })).status).toBe(409);
    const { body: partner } = await admin.post<AccountType>('/api/account-types', { name: 'Partner' });
    await newAccount(manager, { accountType: 'partner' });
    const refused = await admin.delete<ProblemBody>(`/api/account-types/${partner.id}`);
    expect([refused.status, refused.body.detail]).toEqual([409, 'Partner is the type of 1 account']);
  });
});

describe('an account', () => {
  it('[CRM-001] takes a name of 255 characters, and none of 256', async () => {
    expect((await newAccount(manager, { accountName: 'x'.repeat(255) })).accountName).toHaveLength(255);
    expect(await wrong({ accountName: 'x'.repeat(256) })).toEqual(['/accountName']);
  });

  it.each([
    ['accountLegalName', 255], ['industry', 255], ['shippingStreet', 255], ['shippingStreet2', 255],
    ['shippingCity', 100], ['shippingState', 10], ['shippingZip', 12], ['shippingCountry', 100],
    ['billingStreet', 255], ['billingStreet2', 255],
    ['billingCity', 100], ['billingState', 10], ['billingZip', 12], ['billingCountry', 100],
  ])('[CRM-001] %s has at most %i characters', async (field, max) => {
    expect(await newAccount(manager, { [field]: 'x'.repeat(max) })).toMatchObject({ [field]: 'x'.repeat(max) });
    expect(await wrong({ [field]: 'x'.repeat(max + 1) })).toEqual([`/${field}`]);
  });

  it('[CRM-001] [CRM-003] keeps every field, as it was sent', async () => {
    const parent = await newAccount(manager);
    await admin.post('/api/custom-fields', { recordType: 'account', label: 'Region', key: 'region' });
    const address = (of: string): object => ({
      ...{ [`${of}Street`]: `${of} 1`, [`${of}Street2`]: 'Floor 2', [`${of}City`]: 'Reno', [`${of}State`]: 'NV' },
      ...{ [`${of}Zip`]: '89501', [`${of}Country`]: 'USA' },
    });
    const sent = {
      accountName: 'Whole', accountLegalName: 'Whole Ltd', accountOwner: sales.userId, parentAccountId: parent.id,
      industry: 'Food', websiteUrl: 'https://whole.example', description: 'All of it', active: false,
      ...address('shipping'), ...address('billing'),
      employeeCount: '11-50', annualRevenue: '10M', phone: '+47 22 22 22 22', email: 'office@whole.example',
      status: 'prospect', organizationType: 'Cooperative', isPrincipal: true, isDistributor: true,
      customFields: { region: 'North' }, sector: 'Private', size: 'Middle',
    };
    const made = await newAccount(manager, sent);
    const kept = (await manager.get<Account>(`${accounts}/${made.id}`)).body;
    expect([made, kept]).toMatchObject([sent, sent]);
    expect(kept).toMatchObject({
      accountType: 'Customer', accountTypeId: made.accountTypeId,
      createdBy: manager.userId, version: 1,
    });
    const others = ['accountTypeId', 'accountType', 'ownerId'];
    expect(Object.keys(declared.create.shape).filter(field => !(field in sent))).toEqual(others);
  });

  it('[CRM-003] needs a name and one of the types, and nothing else', async () => {
    const empty = await manager.post<ProblemBody>(accounts, { accountName: '', accountType: 'Vendor' });
    expect([empty.status, empty.body.error, empty.body.details.length]).toEqual([400, 'Validation failed', 1]);
    expect(await wrong({ accountType: 'X' })).toEqual(['/accountType']);
    expect(await wrong({ accountType: undefined })).toEqual(['/accountType']);
    expect(await wrong({ accountType: undefined, accountTypeId: randomUUID() })).toEqual(['/accountTypeId']);
    const least = await newAccount(sales, { accountName: 'Least' });
    expect(least).toMatchObject({ accountOwner: sales.userId, active: true, status: 'active', isPrincipal: false });
  });

  it('[CRM-005] is billed where goods are shipped to, unless said', async () => {
    const shipping = { shippingStreet: 'Main St 1', shippingCity: 'Reno', shippingZip: '89501' };
    expect(await newAccount(manager, shipping)).toMatchObject({
      billingStreet: 'Main St 1', billingCity: 'Reno', billingZip: '89501', billingCountry: null,
    });
    const other = await newAccount(manager, { ...shipping, billingCity: 'Elko' });
    expect(other).toMatchObject({ billingStreet: null, billingCity: 'Elko' });
  });

  it('[CRM-006] has a web address, or none', async () => {
    expect(await wrong({ websiteUrl: 'abc' })).toEqual(['/websiteUrl']);
    expect(await wrong({ websiteUrl: 'javascript:alert(1)' })).toEqual(['/websiteUrl']);
    expect((await newAccount(manager, { websiteUrl: 'https://acme.example' })).websiteUrl).toBe('https://acme.example');
  });

  it('[CRM-007] is never above itself', async () => {
    const a = await newAccount(manager);
    const b = await newAccount(manager, { parentAccountId: a.id });
    const c = await newAccount(manager, { parentAccountId: b.id });
    for (const parentAccountId of [a.id, b.id, c.id]) {
      const refused = await manager.patch<ProblemBody>(`${accounts}/${a.id}`, { parentAccountId });
      expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([400, '/parentAccountId']);
    }
    expect((await manager.get<Account>(`${accounts}/${c.id}`)).body.parentAccountName).toBe(b.accountName);
  });

  it('[CRM-008] shows the whole tree that it belongs to, from any account of it', async () => {
    const a = await newAccount(manager, { accountName: 'Tree A' });
    const b = await newAccount(manager, { accountName: 'Tree B', parentAccountId: a.id });
    const c = await newAccount(manager, { accountName: 'Tree C', parentAccountId: b.id });
    const d = await newAccount(sales, { accountName: 'Tree D' });
    await manager.patch(`${accounts}/${d.id}`, { parentAccountId: a.id });
    const tree = async (by: Client, id: string): Promise<[string, number][]> => {
      const { body } = await by.get<{ items: AccountNode[] }>(`${accounts}/${id}/hierarchy`);
      return body.items.map(n => [n.accountName, n.depth]);
    };
    const whole = [['Tree A', 0], ['Tree B', 1], ['Tree C', 2], ['Tree D', 1]];
    for (const { id } of [a, b, c, d]) expect(await tree(manager, id)).toEqual(whole);
    expect(await tree(sales, d.id)).toEqual([['Tree D', 0]]);
    expect((await sales.get(`${accounts}/${a.id}/hierarchy`)).status).toBe(404);
  });

  it('[CRM-007] two moves at once close no circle', async () => {
    const [a, b] = [await newAccount(manager), await newAccount(manager)];
    const answers = await Promise.all([
      manager.patch(`${accounts}/${a.id}`, { parentAccountId: b.id }),
      manager.patch(`${accounts}/${b.id}`, { parentAccountId: a.id }),
    ]);
    expect(answers.map(answer => answer.status).sort()).toEqual([200, 400]);
  });

  it('[CRM-015] is answered with 201, the name of its owner and its counts', async () => {
    const made = await newAccount(sales);
    expect(made).toMatchObject({
      accountType: 'Customer', owner: { id: sales.userId, fullName: 'Sales Example' }, _count: { contacts: 0 },
    });
  });

  it('[CRM-017] is read, replaced, changed and deleted; one that is not there is 404', async () => {
    const { id } = await newAccount(manager, { industry: 'Dairy' });
    expect((await manager.get(`${accounts}/${id}`)).status).toBe(200);
    const put = await manager.put<Account>(`${accounts}/${id}`, { accountName: 'Put', accountType: 'Vendor' });
    expect(put).toMatchObject({ status: 200, body: { accountName: 'Put', accountType: 'Vendor', industry: null } });
    const patched = await manager.patch<Account>(`${accounts}/${id}`, { industry: 'Steel', version: put.body.version });
    expect(patched).toMatchObject({ status: 200, body: { accountName: 'Put', industry: 'Steel' } });
    expect((await manager.patch(`${accounts}/${id}`, { industry: 'No', version: 1 })).status).toBe(409);
    expect((await manager.delete(`${accounts}/${id}`)).status).toBe(204);
    for (const gone of [id, randomUUID()]) {
      const { status, body } = await manager.get<ProblemBody>(`${accounts}/${gone}`);
      expect([status, body.error]).toEqual([404, 'Record not found']);
    }
  });

  it('that has contacts is deleted softly: lists omit it, they stay and say so', async () => {
    const account = await newAccount(manager, { accountName: `Closing ${randomUUID()}` });
    const contact = await newContact(manager, { accountId: account.id });
    await manager.delete(`${accounts}/${account.id}`);
    expect(await namesOf(manager, `q=${account.accountName}`)).toEqual([]);
    const { body } = await manager.get(`/api/contacts/${contact.id}`);
    expect(body).toMatchObject({ accountName: account.accountName, accountDeleted: true });
  });

  it('[CRM-011] is found by its indexes', async () => {
    const indexes = `select indexdef as def from pg_indexes where tablename = 'account'`;
    const rows = await inDatabase<{ def: string }>(app, indexes);
    const indexed = rows.map(r => /\((.*)\)/.exec(r.def)![1]);
    expect(indexed).toEqual(expect.arrayContaining([
      'tenant_id, account_name', 'tenant_id, account_type_id', 'tenant_id, account_owner, id', 'tenant_id, status',
      'tenant_id, parent_account_id', 'tenant_id, industry', 'tenant_id, deleted_at',
    ]));
  });
});

describe('the list of accounts', () => {
  it('[CRM-012] comes in pages of 20, at most 100, the newest first', async () => {
    const word = `Paged${randomUUID().slice(0, 8)}`;
    for (let n = 0; n < 45; n++) await newAccount(manager, { accountName: `${word} ${n}` });
    const page = async (query: string): Promise<Listed<Account>> =>
      (await manager.get<Listed<Account>>(`${accounts}?q=${word}${query}`)).body;
    expect(await page('')).toMatchObject({ total: 45, page: 1, pageSize: 20, totalPages: 3 });
    expect((await page('')).items[0]!.accountName).toBe(`${word} 44`);
    expect((await page('&page=3&pageSize=20')).items).toHaveLength(5);
    expect(await page('&pageSize=500')).toMatchObject({ pageSize: 100, totalPages: 1 });
  });

  it('[CRM-013] is searched in name and legal name, anywhere, whatever the case', async () => {
    const legal = `Zeta ${randomUUID()} GmbH`;
    const { accountName } = await newAccount(manager, { accountName: `Acme ${randomUUID()}`, accountLegalName: legal });
    expect(await namesOf(manager, `q=${accountName.toUpperCase().slice(2)}`)).toEqual([accountName]);
    expect(await namesOf(manager, `q=${legal.toLowerCase().slice(3)}`)).toEqual([accountName]);
  });

  it('says who owns each and how many contacts it has, and is sorted by it', async () => {
    const industry = randomUUID();
    const [none, two] = [await newAccount(manager, { industry }), await newAccount(manager, { industry })];
    for (const lastName of ['One', 'Two']) await newContact(manager, { accountId: two.id, lastName });
    const { body } = await manager.get<Listed<Account>>(`${accounts}?filter[industry]=${industry}&sort=-contactCount`);
    expect(body.items.map(a => [a.id, a.owner?.fullName, a._count.contacts])).toEqual([
      [two.id, 'Manager Example', 2],
      [none.id, 'Manager Example', 0],
    ]);
  });

  it('is filtered by industry', async () => {
    const industry = `Dairy ${randomUUID()}`;
    const { accountName } = await newAccount(manager, { industry });
    await newAccount(manager, { industry: 'Steel' });
    expect(await namesOf(manager, `filter[industry]=${industry}`)).toEqual([accountName]);
  });
});

describe('a list that is asked with 300 filters', () => {
  it.each([
    ['of 300 fields', (n: number) => `filter[field${n}]=x`, 'must have at most 40 conditions'],
    ['of one field, each another value', (n: number) => `filter[industry]=x${n}`, expect.any(String)],
    ['of one field, as a list', (n: number) => `filter[industry][in]=x${n}`, expect.any(String)],
  ])('%s is refused, and says so', async (_, filter, message) => {
    const query = Array.from({ length: 300 }, (_none, n) => filter(n)).join('&');
    const { status, body } = await manager.get<ProblemBody>(`${accounts}?${query}`);
    expect([status, body.errors?.[0]?.message]).toEqual([400, message]);
    expect(body.errors?.[0]?.pointer).toMatch(/^\?filter/);
  });
});

describe('who may do what with accounts', () => {
  it('[PLT-035] [PLT-033] a salesperson sees their own alone, in lists and counts too', async () => {
    const industry = randomUUID();
    const [mine, other] = [await newAccount(sales, { industry }), await newAccount(sales2, { industry })];
    expect((await sales.get(`${accounts}/${mine.id}`)).status).toBe(200);
    expect((await sales.get(`${accounts}/${other.id}`)).status).toBe(404);
    expect((await sales.patch(`${accounts}/${other.id}`, { industry: 'No' })).status).toBe(404);
    const counted = async (by: Client): Promise<number | undefined> =>
      (await by.get<Listed<Account>>(`${accounts}?filter[industry]=${industry}`)).body.total;
    expect([await counted(sales), await counted(sales2), await counted(manager)]).toEqual([1, 1, 2]);
    for (const by of [admin, manager, accounting, readonly])
      expect((await by.get(`${accounts}/${other.id}`)).status).toBe(200);
    expect((await sales.delete(`${accounts}/${mine.id}`)).status).toBe(403);
  });

  it('accounting reads all of them and writes none', async () => {
    const { id } = await newAccount(sales);
    expect((await accounting.get(accounts)).status).toBe(200);
    expect((await accounting.post(accounts, { accountName: 'A', accountType: 'Vendor' })).status).toBe(403);
    expect((await accounting.patch(`${accounts}/${id}`, { industry: 'No' })).status).toBe(403);
    expect((await accounting.delete(`${accounts}/${id}`)).status).toBe(403);
  });

  it('is given to another owner by managers, not by salespeople', async () => {
    const { id } = await newAccount(sales);
    expect((await sales.patch(`${accounts}/${id}`, { accountOwner: sales2.userId })).status).toBe(403);
    const foreign = { accountName: 'A', accountType: 'Vendor', ownerId: sales2.userId };
    expect((await sales.post(accounts, foreign)).status).toBe(403);
    const given = await manager.patch<Account>(`${accounts}/${id}`, { ownerId: sales2.userId });
    expect([given.status, given.body.owner?.id]).toEqual([200, sales2.userId]);
    expect((await sales.get(`${accounts}/${id}`)).status).toBe(404);
  });
});

it('[PLT-034] accounting reads all accounts and contacts, and does nothing else with them', async () => {
  const { accountName, id } = await newAccount(sales, { industry: 'Kept' });
  const contact = await newContact(sales, { accountId: id, source: 'Kept' });
  for (const [path, one, query, body] of [
    ['/api/accounts', id, 'filter[industry]=Kept', { accountName, accountType: 'Customer' }],
    ['/api/contacts', contact.id, 'filter[source]=Kept', { firstName: 'Jane', lastName: 'Doe' }],
  ] as const) {
    const list = await accounting.get<Listed<{ id: string }>>(`${path}?${query}`);
    expect([list.status, list.body.items.map(row => row.id)]).toEqual([200, [one]]);
    const answers = [
      await accounting.post(path, body), await accounting.patch(`${path}/${one}`, { active: false }),
      await accounting.put(`${path}/${one}`, body), await accounting.delete(`${path}/${one}`),
      await accounting.post('/api/exports', { record: path.slice(5, -1), format: 'csv' }),
    ];
    expect(answers.map(a => a.status)).toEqual(Array(5).fill(403));
  }
});
