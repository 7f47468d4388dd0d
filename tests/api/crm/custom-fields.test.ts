import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { CatalogField } from '../../../domain/crm/field-catalog.ts';
import type { HistoryEntry } from '../../../domain/platform/record.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, newOpportunity, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { jobIs, newImport, ran } from '../../kit/job/jobs.fixture.ts';
import { makeTenant } from '../../kit/people.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [admin, manager, sales] = [await app.as('admin'), await app.as('manager'), await app.as('sales')];
});
afterAll(() => app?.stop());

interface Field { id: string; key: string; position: number; version: number }
const field = async (more: object): Promise<Field> => {
  const answer = await admin.post<Field>('/api/custom-fields', { recordType: 'account', ...more });
  if (answer.status !== 201) throw new Error(JSON.stringify(answer.body));
  return answer.body;
};
const faults = ({ body }: { body: ProblemBody }): [string, string][] =>
  body.errors.map(e => [e.pointer, e.message] as [string, string]);
const found = async (query: string, path = '/api/accounts'): Promise<string[]> => {
  const { status, body } = await manager.get<Listed<Account>>(`${path}?pageSize=100&sort=accountName&${query}`);
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body.items.map(a => a.accountName);
};
const type = 'Customer';

describe('a custom field', () => {
  it('is defined by administrators alone, once for a record, with a key that is possible', async () => {
    const color = await field({ label: 'House colour', type: 'select', options: ['Red', 'Blue', 'Red'] });
    expect(color).toMatchObject({ key: 'houseColour', options: ['Red', 'Blue'], required: false, active: true });
    expect((await manager.post('/api/custom-fields', { recordType: 'account', label: 'X' })).status).toBe(403);
    const refused = async (body: object): Promise<[string, string][]> =>
      faults(await admin.post<ProblemBody>('/api/custom-fields', { recordType: 'account', ...body }));
    const again = await refused({ label: 'Again', key: 'houseColour' });
    expect(again).toEqual([['/key', 'There is a field houseColour already']]);
    expect((await refused({ label: 'X', key: 'constructor' }))[0]![0]).toBe('/key');
    expect((await refused({ label: '½' }))[0]![0]).toBe('/key');
    expect((await refused({ label: 'X', type: 'select' }))[0]![0]).toBe('/options');
    expect((await refused({ label: 'X', type: 'select', options: ['a,b'] }))[0]![0]).toBe('/options/0');
    expect((await refused({ label: 'X', recordType: 'pov' }))[0]![0]).toBe('/recordType');
    const renamed = await admin.patch<ProblemBody>(`/api/custom-fields/${color.id}`, { key: 'colour' });
    expect(faults(renamed)).toEqual([['/key', 'stays as it is: values are found by it']]);
    const other = await field({ recordType: 'contact', label: 'House colour' });
    expect((await admin.delete(`/api/custom-fields/${other.id}`)).status).toBe(204);
    expect((await admin.delete(`/api/custom-fields/${color.id}`)).status).toBe(204);
  });

  it('that is required is asked for by create, replacement and change, and named', async () => {
    const region = await field({ label: 'Region', required: true });
    const send = (more: object) =>
      manager.post<ProblemBody>('/api/accounts', { accountName: 'Acme', accountType: type, ...more });
    const wanted = [['/customFields/region', 'is required']];
    for (const customFields of [undefined, null, {}, { region: ' ' }, { region: null }]) {
      const answer = await send({ customFields });
      expect([answer.status, faults(answer)]).toEqual([400, wanted]);
    }
    expect((await manager.post('/api/crm/companies', { name: 'Acme' })).status).toBe(400);
    const acme = await newAccount(manager, { accountName: 'Acme', customFields: { region: ' North ' } });
    expect(acme.customFields).toEqual({ region: 'North' });
    const at = `/api/accounts/${acme.id}`;
    const { accountName, accountTypeId } = acme;
    expect(faults(await manager.put<ProblemBody>(at, { accountName, accountTypeId }))).toEqual(wanted);
    expect(faults(await manager.patch<ProblemBody>(at, { customFields: { region: '' } }))).toEqual(wanted);
    expect(faults(await manager.patch<ProblemBody>(at, { customFields: { moon: 1 } }))).toEqual([
      ['/customFields/moon', 'There is no such field'],
    ]);
    expect((await manager.patch(at, { industry: 'Food' })).status).toBe(200);
    const company = await manager.get<Account>(`/api/crm/companies/${acme.id}`);
    expect(company.body.customFields).toEqual({ region: 'North' });
    await admin.patch(`/api/custom-fields/${region.id}`, { required: false });
  });

  it('is filtered, sorted and paged by as any other, in filters, trees and cursors', async () => {
    await field({ label: 'Seats', type: 'number' });
    await field({ label: 'Since', type: 'date' });
    await field({ label: 'Partner', type: 'boolean' });
    await field({ label: 'Tier', type: 'select', options: ['Gold', 'Silver'] });
    await field({ label: 'Uses', type: 'multi-select', options: ['Cold', 'Dry'] });
    await field({ label: 'Shop', type: 'url' });
    await field({ label: 'Billing mail', type: 'email' });
    await field({ label: 'Coach', type: 'user' });
    const made = [
      ['Q1', { seats: 5, since: '2026-01-31', partner: true, tier: 'Gold', uses: ['Cold', 'Dry'] }],
      ['Q2', {
        ...{ seats: 10, since: '2025-01-31', partner: false, tier: 'Silver', uses: ['Dry'], coach: sales.userId },
      }],
      ['Q3', { region: 'South', shop: 'https://q.example', billingMail: 'a@q.example' }],
    ] as const;
    for (const [accountName, customFields] of made)
      await newAccount(manager, { accountName, sector: 'Q', customFields });
    const by = (query: string): Promise<string[]> => found(`filter[sector]=Q&${query}`);
    const name = (key: string, op: string, value: string): string => `filter[customFields.${key}][${op}]=${value}`;
    expect(await by(name('seats', 'eq', '5.0'))).toEqual(['Q1']);
    expect(await by(name('seats', 'gt', '5'))).toEqual(['Q2']);
    expect(await by(name('seats', 'empty', 'true'))).toEqual(['Q3']);
    expect(await by(name('since', 'lte', '2025-12-31'))).toEqual(['Q2']);
    expect(await by(name('partner', 'eq', 'true'))).toEqual(['Q1']);
    expect(await by(name('partner', 'eq', 'false'))).toEqual(['Q2', 'Q3']);
    expect(await by(name('tier', 'in', 'Gold,Silver'))).toEqual(['Q1', 'Q2']);
    expect(await by(name('tier', 'ne', 'Gold'))).toEqual(['Q2', 'Q3']);
    expect(await by(name('uses', 'in', 'Cold'))).toEqual(['Q1']);
    expect(await by(name('uses', 'ne', 'Cold'))).toEqual(['Q2', 'Q3']);
    expect(await by(name('shop', 'contains', 'Q.EX'))).toEqual(['Q3']);
    expect(await by(name('coach', 'eq', sales.userId))).toEqual(['Q2']);
    const where = { any: [
      { field: 'customFields.region', op: 'eq', value: 'South' },
      { field: 'customFields.seats', op: 'gte', value: '10' },
    ] };
    expect(await by(`where=${encodeURIComponent(JSON.stringify(where))}`)).toEqual(['Q2', 'Q3']);
    const sorted = async (sort: string): Promise<string[]> =>
      (await manager.get<Listed<Account>>(`/api/accounts?filter[sector]=Q&sort=${sort}`)).body.items
        .map(a => a.accountName);
    expect(await sorted('-customFields.seats')).toEqual(['Q2', 'Q1', 'Q3']);
    expect(await sorted('customFields.since,accountName')).toEqual(['Q2', 'Q1', 'Q3']);
    type Page = Listed<Account> & { nextCursor: string };
    const first = '/api/accounts?filter[sector]=Q&sort=customFields.seats&limit=2';
    const { body } = await manager.get<Page>(first);
    const rest = await manager.get<Page>(`${first}&cursor=${body.nextCursor}`);
    expect([...body.items, ...rest.body.items].map(a => a.accountName)).toEqual(['Q1', 'Q2', 'Q3']);
    for (const query of ['sort=customFields.moon', name('moon', 'eq', '1'), name('seats', 'eq', 'five'),
      name('since', 'eq', '2026-02-30'), 'sort=customFields.uses', 'sort=customFields.__proto__'])
      expect((await manager.get(`/api/accounts?${query}`)).status).toBe(400);
    const { body: silver } = await manager.get<Listed<Account>>(`/api/accounts?${name('tier', 'eq', 'Silver')}`);
    expect(silver.items[0]!.customFieldPeople).toEqual({ [sales.userId]: expect.any(String) });
    // A salesperson finds what is their own, and nothing more.
    expect((await sales.get<Listed<Account>>(`/api/accounts?${name('seats', 'eq', '5')}`)).body.items).toEqual([]);
  });

  it('refuses what is no value of its type, and nothing is changed', async () => {
    const acme = await newAccount(manager);
    const bad = {
      seats: '5', since: '31.01.2026', partner: 'yes', tier: 'Iron', uses: 'Dry', shop: 'q', billingMail: 'q',
      coach: 'q',
    };
    const answer = await manager.patch<ProblemBody>(`/api/accounts/${acme.id}`, { industry: 'X', customFields: bad });
    expect(answer.status).toBe(400);
    expect(faults(answer).map(f => f[0]).sort()).toEqual(Object.keys(bad).map(k => `/customFields/${k}`).sort());
    const nobody = await manager.patch<ProblemBody>(`/api/accounts/${acme.id}`, { customFields: { coach: acme.id } });
    expect(faults(nobody)).toEqual([['/customFields/coach', 'There is no such user']]);
    const after = (await manager.get<Account>(`/api/accounts/${acme.id}`)).body;
    expect([after.customFields, after.industry, after.version]).toEqual([null, null, acme.version]);
  });

  it('keeps its values when it is renamed or hidden, and its type while there are any', async () => {
    const note = await field({ label: 'Note', type: 'text' });
    const acme = await newAccount(manager, { customFields: { note: 'kept', tier: 'Gold' } });
    const at = `/api/custom-fields/${note.id}`;
    expect((await admin.patch(at, { label: 'Remark' })).status).toBe(200);
    expect(faults(await admin.patch<ProblemBody>(at, { type: 'number' }))).toEqual([
      ['/type', 'stays as it is: 1 account holds a value'],
    ]);
    const refused = await admin.delete<ProblemBody>(at);
    expect(refused.status).toBe(409);
    expect(refused.body.detail).toBe('1 account holds a value of Remark: deactivate it instead');
    await admin.patch(at, { active: false });
    const shown = async (): Promise<Account['customFields']> =>
      (await manager.get<Account>(`/api/accounts/${acme.id}`)).body.customFields;
    expect(await shown()).toEqual({ tier: 'Gold' });
    expect((await manager.get(`/api/accounts?filter[customFields.note]=kept`)).status).toBe(400);
    expect((await manager.patch(`/api/accounts/${acme.id}`, { customFields: { note: 'x' } })).status).toBe(400);
    const { accountName, accountTypeId } = acme;
    await manager.put(`/api/accounts/${acme.id}`, { accountName, accountTypeId, customFields: { tier: 'Silver' } });
    await admin.patch(at, { active: true });
    expect(await shown()).toEqual({ note: 'kept', tier: 'Silver' });
    const tiers = (await admin.get<Listed<Field>>('/api/custom-fields?filter[key]=tier')).body.items[0]!;
    const options = await admin.patch<ProblemBody>(`/api/custom-fields/${tiers.id}`, { options: ['Gold'] });
    expect(faults(options)[0]![0]).toBe('/options');
  });

  it('is united when records are merged; what only the hidden hold is left behind', async () => {
    const old = await field({ label: 'Old' });
    const [kept, other] = [
      await newAccount(manager, { customFields: { tier: 'Gold' } }),
      await newAccount(manager, { customFields: { tier: 'Silver', seats: 3, old: 'x' } }),
    ];
    await admin.patch(`/api/custom-fields/${old.id}`, { active: false });
    const answer = await manager.post('/api/accounts/merge', { survivorId: kept.id, mergedIds: [other.id] });
    expect(answer.status).toBeLessThan(300);
    const { body } = await manager.get<Account>(`/api/accounts/${kept.id}`);
    expect(body.customFields).toEqual({ tier: 'Gold', seats: 3 });
  });

  it('does not fit values that records held before it', async () => {
    const acme = await newAccount(manager);
    await inDatabase(app, `update account set custom_fields = '{"legacy": "seven"}' where id = $1`, [acme.id]);
    const send = (more: object) =>
      admin.post<ProblemBody>('/api/custom-fields', { recordType: 'account', label: 'Legacy', ...more });
    expect(faults(await send({ type: 'number' }))).toEqual([['/type', 'does not fit "seven", which records hold']]);
    expect((await send({ type: 'text' })).status).toBe(201);
  });

  it('is changed one at a time while others change other ones, and each change is told in the history', async () => {
    const acme = await newAccount(manager, { customFields: { seats: 1 } });
    const at = `/api/accounts/${acme.id}`;
    await Promise.all([
      manager.patch(at, { customFields: { tier: 'Gold' } }), manager.patch(at, { customFields: { seats: 2 } }),
      manager.patch(at, { customFields: { partner: true } }),
    ]);
    const { body } = await manager.get<Account>(at);
    expect(body.customFields).toEqual({ seats: 2, tier: 'Gold', partner: true });
    const history = await manager.get<{ items: HistoryEntry[] }>(`${at}/history`);
    const changes = history.body.items.filter(e => e.action === 'UPDATE').flatMap(e => e.changes);
    expect(changes).toEqual(expect.arrayContaining([
      { field: 'customFields.tier', from: null, to: 'Gold' }, { field: 'customFields.seats', from: 1, to: 2 },
    ]));
    expect(changes).toHaveLength(3);
    const same = await manager.patch<Account>(at, { customFields: { tier: 'Gold', seats: 2 } });
    expect(same.body.version).toBe(body.version);
  });

  it('is defined and given a value at once: the type stays or the value is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const race = await field({ label: `Race ${round}` });
      const acme = await newAccount(manager);
      const [typed, given] = await Promise.all([
        admin.patch(`/api/custom-fields/${race.id}`, { type: 'number' }),
        manager.patch(`/api/accounts/${acme.id}`, { customFields: { [race.key]: 'text' } }),
      ]);
      expect([typed.status, given.status].sort()).toEqual([200, 400]);
    }
  });

  it('is of contacts, opportunities and products too', async () => {
    for (const recordType of ['contact', 'opportunity', 'product']) await field({ recordType, label: 'Segment' });
    const customFields = { segment: 'A' };
    const contact = await newContact(manager, { customFields });
    const opportunity = await newOpportunity(manager, { customFields });
    const product = await manager.post<{ id: string }>('/api/products', { productNameHouse: 'P', customFields });
    for (const [path, { id }] of [
      ['/api/contacts', contact], ['/api/crm/contacts', contact], ['/api/opportunities', opportunity],
      ['/api/products', product.body], ['/api/inventory/products', product.body],
    ] as const) {
      type Row = { id: string; customFields: object };
      const { body } = await manager.get<Listed<Row>>(`${path}?filter[customFields.segment]=A`);
      expect(body.items.map(r => [r.id, r.customFields])).toEqual([[id, customFields]]);
      expect((await manager.patch(`${path}/${id}`, { customFields: { seats: 1 } })).status).toBe(400);
    }
  });

  it('stands in the catalog of its record', async () => {
    const { body } = await sales.get<{ items: CatalogField[] }>('/api/fields/account');
    const tier = body.items.filter(f => f.field === 'customFields.tier');
    expect(tier.map(f => [f.view, f.kind, f.options, f.filter, f.custom])).toEqual([
      ['create', 'choice', ['Gold', 'Silver'], true, true], ['detail', 'choice', ['Gold', 'Silver'], true, true],
    ]);
    expect(body.items.some(f => f.field === 'accountName' && !f.custom)).toBe(true);
    const modules = (await sales.get<{ items: CatalogField[] }>('/api/fields')).body.items.map(f => f.module);
    expect([...new Set(modules)]).toEqual(['accounts', 'contacts', 'opportunities', 'products']);
    expect((await sales.get('/api/fields/moon')).status).toBe(404);
  });

  it('[CRM-113] of a text or a number says which record a row means; options match without case', async () => {
    await field({ label: 'Other id' });
    await field({ label: 'Ledger', type: 'number' });
    await field({ label: 'Trades', type: 'multi-select', options: ['Cold', 'Dry'] });
    const [text, number] = ['customFields.otherId', 'customFields.ledger'];
    const one = await newAccount(manager, { accountName: 'Keyed', customFields: { otherId: 'AB-1', ledger: 12.5 } });
    const file = 'Account name,Account type,Other id,Ledger,Trades\n' +
      `Keyed by text,${type},ab-1,,cold; DRY\nKeyed by number,${type},,12.50,\nNew,${type},ab-2,7,Dry\n` +
      `New again,${type},AB-2,,\nTorn,${type},ab-1,7,\n`;
    const job = await newImport(manager, 'account', file);
    expect(job.fields!.filter(f => f.key && f.name.startsWith('customFields.')).map(f => f.name))
      .toEqual(expect.arrayContaining([text, number]));
    expect(job.mapping!.keys).toEqual(['accountName']);
    await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, keys: [text, number] });
    const counts = { updated: 3, created: 1, failed: 1 };
    expect((await ran(manager, job, 'check')).checked).toEqual(counts);
    expect((await ran(manager, job)).counts).toEqual(counts);
    const { body } = await manager.get<Account>(`/api/accounts/${one.id}`);
    expect(body).toMatchObject({
      accountName: 'Keyed by number', customFields: { otherId: 'ab-1', ledger: 12.5, trades: ['Cold', 'Dry'] },
    });
    const errors = await manager.get<{ items: { nth: number; problems: string[] }[] }>(`/api/jobs/${job.id}/errors`);
    expect(errors.body.items.map(e => e.problems)).toEqual([
      [`Other id (${text}) is that of one record, Ledger (${number}) that of another`],
    ]);
    expect(await found('q=New again')).toEqual(['New again']);
    expect((await ran(manager, job, 'undo')).counts).toEqual({ undone: 4 });
    expect(await found('q=Keyed')).toEqual(['Keyed']);
  });

  it('is imported, taken back and exported', async () => {
    const file = 'Account name,Account type,Seats,Tier,Uses,Partner,Coach\n'
      + 'In 1,Customer,"1,200",gold,Cold;Dry,yes,sales\nIn 2,Customer,many,Gold,,,\nIn 3,Customer,,Iron,,,\n';
    const job = await newImport(manager, 'account', file);
    expect(job.mapping!.columns).toEqual([
      ...['accountName', 'accountType', 'customFields.seats', 'customFields.tier', 'customFields.uses'],
      ...['customFields.partner', 'customFields.coach'],
    ]);
    expect((await ran(manager, job)).counts).toEqual({ created: 1, failed: 2 });
    const [made] = (await manager.get<Listed<Account>>('/api/accounts?q=In 1')).body.items;
    const values = { seats: 1200, tier: 'Gold', uses: ['Cold', 'Dry'], partner: true, coach: sales.userId };
    expect(made!.customFields).toEqual(values);

    const change = await newImport(manager, 'account', 'Account name,Seats,Remark\nIn 1,7,new\n');
    await manager.put(`/api/imports/${change.id}/mapping`, { ...change.mapping, onMatch: 'update' });
    expect((await ran(manager, change)).counts).toEqual({ updated: 1 });
    expect((await ran(manager, change, 'undo')).counts).toEqual({ undone: 1 });
    expect((await manager.get<Account>(`/api/accounts/${made!.id}`)).body.customFields).toEqual(values);

    const columns = ['accountName', 'customFields.tier', 'customFields.uses', 'customFields.coach'];
    const query = { filter: { 'customFields.seats': { eq: '1200' } } };
    const asked = await manager.post<Job>('/api/exports', { record: 'account', format: 'csv', columns, query });
    const done = await jobIs(manager, asked.body.id, 'completed', 'failed');
    const content = await fetch(`${app.url}/api/files/${done.resultFileId}/content`, {
      headers: { Authorization: `Bearer ${manager.token}` },
    });
    const [head, row] = (await content.text()).replace('\uFEFF', '').split(/\r?\n/);
    expect(head).toBe('Account name,Tier,Uses,Coach');
    expect(row).toMatch(/^In 1,Gold,"Cold, Dry",\w+/);
  });

  it('of another tenant is none', async () => {
    const theirs = await app.as('admin', await makeTenant());
    expect((await theirs.get<{ items: CatalogField[] }>('/api/fields')).body.items).toEqual([]);
    expect((await theirs.get('/api/accounts?filter[customFields.seats]=5')).status).toBe(400);
  });
});
