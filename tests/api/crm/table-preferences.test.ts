import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { SavedView } from '../../../domain/platform/table/saved-view.ts';
import type { TablePreference } from '../../../domain/platform/table/table-preference.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client, sales2: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  [manager, sales, sales2] = [await app.as('manager'), await app.as('sales'), await app.as('sales2')];
});
afterAll(() => app?.stop());

type Kept = { data: TablePreference };
const path = '/api/table-preferences/accounts';
const rows = async (): Promise<number> =>
  (await inDatabase<{ n: number }>(app, 'select count(*)::int as n from table_preference'))[0]!.n;
const settings = {
  columnOrder: ['owner', 'accountName'],
  columnWidths: { accountName: 240 },
  hiddenColumns: ['industry'],
  sortSettings: [{ field: 'accountName', descending: true }],
  filterSettings: { industry: 'Food' },
};

describe('how somebody arranged a table', () => {
  it('[CRM-106] is kept once for a person and a page, by POST and PUT, also of ten at once', async () => {
    expect((await sales.get<{ data: null }>(path)).body).toEqual({ data: null });
    expect((await sales.post<Kept>(path, settings)).body.data).toMatchObject({ ...settings, pageType: 'accounts' });
    expect((await sales.post<Kept>(path, { ...settings, density: 'dense' })).status).toBe(200);
    const before = await rows();
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => sales.put<Kept>(path, { ...settings, pinnedColumns: i % 3 })),
    );
    expect(new Set(answers.map(a => a.status))).toEqual(new Set([200]));
    expect(await rows()).toBe(before);
    const at = '/api/table-preferences/contacts';
    const first = await Promise.all(Array.from({ length: 10 }, () => sales.post<Kept>(at, settings)));
    expect(first.map(a => a.status)).toEqual(Array(10).fill(200));
    expect(await rows()).toBe(before + 1);
  });

  it('[CRM-108] is seen by nobody else', async () => {
    await sales.post(path, settings);
    expect((await sales2.get<{ data: null }>(path)).body.data).toBeNull();
    await sales2.post(path, { columnOrder: ['accountType'] });
    expect((await sales.get<Kept>(path)).body.data.columnOrder).toEqual(settings.columnOrder);
  });

  it.each([
    ['a width below 80', { columnWidths: { accountName: 79 } }, '/columnWidths/accountName'],
    ['a width above 400', { columnWidths: { accountName: 401 } }, '/columnWidths/accountName'],
    ['a thousand columns', { columnOrder: Array.from({ length: 1000 }, (_, i) => `c${i}`) }, '/columnOrder'],
    ['a name that is none', { hiddenColumns: ['a b'] }, '/hiddenColumns/0'],
    ['filters without end', { filterSettings: { q: 'x'.repeat(5_000) } }, '/filterSettings/q'],
    ['a setting of its own', { colour: 'red' }, '/'],
    ['a view that is none', { defaultViewId: randomUUID() }, '/defaultViewId'],
  ])('is refused with %s, and stays as it was', async (_, wrong, pointer) => {
    await sales.post(path, settings);
    const refused = await sales.post<ProblemBody>(path, wrong);
    expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([400, pointer]);
    expect((await sales.get<Kept>(path)).body.data).toMatchObject(settings);
  });

  it('is of pages that are there', async () =>
    expect((await sales.get('/api/table-preferences/moons')).status).toBe(404));
});

describe('a saved view', () => {
  const save = (by: Client, more: object = {}) =>
    by.post<SavedView>('/api/saved-views', { pageType: 'contacts', name: randomUUID(), settings: {}, ...more });
  const names = async (by: Client): Promise<string[]> =>
    (await by.get<{ items: SavedView[] }>('/api/saved-views?pageType=contacts')).body.items.map(v => v.name);

  it('is its owner’s, until it is shared; sharing is for managers, changing for its owner', async () => {
    const { body: own } = await save(sales, { name: 'My people' });
    expect(await names(sales)).toContain('My people');
    expect(await names(manager)).not.toContain('My people');
    expect((await manager.patch(`/api/saved-views/${own.id}`, { name: 'Mine' })).status).toBe(404);
    expect((await sales.patch(`/api/saved-views/${own.id}`, { shared: true })).status).toBe(403);
    const { body: shared } = await save(manager, { name: 'Our people', shared: true });
    expect(await names(sales)).toContain('Our people');
    expect((await sales.patch(`/api/saved-views/${shared.id}`, { name: 'Mine' })).status).toBe(403);
    expect((await sales.delete(`/api/saved-views/${shared.id}`)).status).toBe(403);
    expect((await manager.patch(`/api/saved-views/${shared.id}`, { name: 'All', version: 9 })).status).toBe(409);
  });

  it('has a name of its own, also of two at once', async () => {
    const both = await Promise.all([save(sales, { name: 'Twice' }), save(sales, { name: 'twice' })]);
    expect(both.map(a => a.status).sort()).toEqual([201, 409]);
    expect((await save(sales2, { name: 'Twice' })).status).toBe(201);
  });

  it('opens the page while it is there', async () => {
    const { body: view } = await save(sales);
    const at = '/api/table-preferences/contacts';
    const kept = await sales.post<Kept>(at, { ...settings, defaultViewId: view.id });
    expect(kept.body.data.defaultViewId).toBe(view.id);
    expect((await sales.post<Kept>(at, settings)).body.data.defaultViewId).toBe(view.id);
    expect((await sales2.post(at, { defaultViewId: view.id })).status).toBe(400);
    await sales.delete(`/api/saved-views/${view.id}`);
    expect((await sales.get<Kept>(at)).body.data.defaultViewId).toBeNull();
  });
});

describe('a list', () => {
  const where = (tree: object): string => `where=${encodeURIComponent(JSON.stringify(tree))}`;
  const named = async (by: Client, query: string): Promise<string[]> =>
    (await by.get<Listed<Account>>(`/api/accounts?sort=accountName&${query}`)).body.items.map(a => a.accountName);

  it('[CRM-009] is filtered by industry, whose values are offered to who may see them', async () => {
    await newAccount(manager, { accountName: 'Fish', industry: 'Food' });
    await newAccount(manager, { accountName: 'Bread', industry: 'Food' });
    await newAccount(manager, { accountName: 'Ships', industry: 'Logistics' });
    await newAccount(sales, { accountName: 'Wine', industry: 'Drinks' });
    expect(await named(manager, 'filter[industry][in]=Food')).toEqual(['Bread', 'Fish']);
    const offered = async (by: Client) =>
      (await by.get<{ values: object[] }>('/api/field-catalog/accounts/values/industry')).body.values;
    expect(await offered(manager)).toEqual([
      { value: 'Food', label: 'Food', count: 2 }, { value: 'Drinks', label: 'Drinks', count: 1 },
      { value: 'Logistics', label: 'Logistics', count: 1 },
    ]);
    expect(await offered(sales)).toEqual([{ value: 'Drinks', label: 'Drinks', count: 1 }]);
    for (const at of ['accounts/values/customFields', 'accounts/values/__proto__', 'moons/values/name'])
      expect((await manager.get(`/api/field-catalog/${at}`)).status).toBe(404);
  });

  it('is filtered by conditions that are joined by and, or, in each other', async () => {
    const food = { field: 'industry', op: 'eq', value: 'Food' };
    const ships = { field: 'accountName', op: 'contains', value: 'hip' };
    expect(await named(manager, where({ any: [ships, { all: [food, { ...ships, value: 'rea' }] }] }))).toEqual([
      'Bread', 'Ships',
    ]);
    expect(await named(manager, `${where({ any: [ships, food] })}&filter[accountName]=Fish`)).toEqual(['Fish']);
    const other = { ...food, op: 'ne' };
    expect(await named(sales, where({ any: [food, other] }))).toEqual(['Wine']);
    for (const tree of ['{"all":', '{"any":[]}', '{"field":"password","op":"eq","value":"x"}']) {
      const refused = await manager.get<ProblemBody>(`/api/accounts?where=${encodeURIComponent(tree)}`);
      expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([400, '?where']);
    }
  });

  it('[CRM-035] [CRM-105] that names a merged record names the one that stays, until both are back', async () => {
    const [kept, gone] = [await newAccount(manager), await newAccount(manager)];
    await newContact(manager, { accountId: kept.id, firstName: 'Kept' });
    const person = await newContact(manager, { accountId: gone.id, firstName: 'Gone' });
    const people = async (query: string): Promise<string[]> =>
      (await manager.get<Listed<Contact>>(`/api/contacts?sort=firstName&${query}`)).body.items.map(c => c.firstName);
    const view = async (name: string, by: Client, filterSettings: object): Promise<SavedView> =>
      (await by.post<SavedView>('/api/saved-views', { pageType: 'contacts', name, settings: { filterSettings } })).body;
    const conditions = (...ids: string[]): string =>
      JSON.stringify({ any: ids.map(value => ({ field: 'accountId', op: 'eq', value })) });
    const views = [
      await view('Of it', manager, { accountId: gone.id }),
      await view('Of both', sales, { where: conditions(gone.id, kept.id), q: 'o' }),
      await view('Changed since', manager, { accountId: gone.id }),
      await view('Of another', manager, { accountId: person.id }),
    ];
    const left = { ...settings, filterSettings: { accountId: gone.id.toUpperCase() } };
    await sales.post('/api/table-preferences/opportunities', left);
    const read = async (by: Client): Promise<SavedView[]> =>
      (await by.get<{ items: SavedView[] }>('/api/saved-views?pageType=contacts')).body.items;
    const asked = async () => {
      const all = [...await read(manager), ...await read(sales)];
      const { data } = (await sales.get<Kept>('/api/table-preferences/opportunities')).body;
      const of = views.map(({ id }) => all.find(v => v.id === id)!);
      return [...of.map(v => v.settings.filterSettings), data.filterSettings];
    };
    const before = await asked();
    expect(await people(`filter[accountId]=${gone.id}`)).toEqual(['Gone']);
    const merge = { survivorId: kept.id, mergedIds: [gone.id] };
    await manager.post('/api/accounts/merge', { ...merge, dryRun: true });
    expect(await asked()).toEqual(before);
    const merged = await manager.post<{ mergeId: string }>('/api/accounts/merge', merge);
    const [first, both, since, ...rest] = await asked();
    expect([first, since, ...rest]).toEqual([
      { accountId: kept.id }, { accountId: kept.id }, { accountId: person.id }, { accountId: kept.id },
    ]);
    expect(both).toEqual({ where: conditions(kept.id, kept.id), q: 'o' });
    expect(await people(`filter[accountId]=${first!['accountId']}`)).toEqual(['Gone', 'Kept']);
    const { version, settings: now } = (await read(manager)).find(v => v.id === views[2]!.id)!;
    const changed = { ...now, filterSettings: { accountId: kept.id, q: 'x' } };
    expect((await manager.patch(`/api/saved-views/${views[2]!.id}`, { version, settings: changed })).status).toBe(200);
    expect((await manager.post(`/api/merges/${merged.body.mergeId}/undo`, {})).status).toBe(200);
    expect(await asked()).toEqual([before[0], before[1], changed.filterSettings, ...before.slice(3)]);
    const twin = await newContact(manager, { lastName: 'Twin' });
    await manager.post('/api/table-preferences/tasks', { ...settings, filterSettings: { contactId: twin.id } });
    await manager.post('/api/contacts/merge', { survivorId: person.id, mergedIds: [twin.id] });
    expect((await manager.get<Kept>('/api/table-preferences/tasks')).body.data.filterSettings)
      .toEqual({ contactId: person.id });
  });

  it('[CRM-036] of a saved segment has exactly the contacts with its tag', async () => {
    const tagged = (firstName: string, tags: string[]) => newContact(manager, { firstName, lastName: 'T', tags });
    await tagged('Ada', ['vip', 'board']);
    await tagged('Bo', ['vip']);
    await tagged('Cy', ['vipers']);
    await tagged('Di', []);
    const people = async (query: string): Promise<string[]> =>
      (await manager.get<Listed<Contact>>(`/api/contacts?sort=firstName&${query}`)).body.items.map(c => c.firstName);
    const { body: segment } = await manager.post<SavedView>('/api/saved-views', {
      ...{ pageType: 'contacts', name: 'VIP', shared: true, settings: { filterSettings: { tags: 'vip' } } },
    });
    const { tags } = segment.settings.filterSettings!;
    expect(await people(`filter[tags][in]=${tags}`)).toEqual(['Ada', 'Bo']);
    expect(await people('filter[tags][eq]=board')).toEqual(['Ada']);
    expect(await people('filter[tags][ne]=vip&filter[lastName]=T')).toEqual(['Cy', 'Di']);
    expect(await people('filter[tags][empty]=true&filter[lastName]=T')).toEqual(['Di']);
    expect((await manager.get('/api/contacts?filter[tags][gt]=a')).status).toBe(400);
    expect((await manager.get('/api/contacts?sort=tags')).status).toBe(400);
    const { body } = await manager.get<{ values: object[] }>('/api/field-catalog/contacts/values/tags');
    expect(body.values[0]).toEqual({ value: 'vip', label: 'vip', count: 2 });
  });
});
