import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { BoardColumn, ForecastMonth, ForecastQuarter, Outcomes, StageStay } from '../../../domain/crm/opportunity.contract.ts';
import type { OpportunityLineItem } from '../../../domain/crm/opportunity-line-item.ts';
import type { OpportunityParticipant } from '../../../domain/crm/opportunity-participant.ts';
import { standardStages, type OpportunityStage } from '../../../domain/crm/opportunity-stage.ts';
import type { Opportunity } from '../../../domain/crm/opportunity.ts';
import type { History } from '../../../domain/platform/record.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, newOpportunity, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant } from '../../kit/people.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

const path = '/api/opportunities', lines = '/api/opportunity-line-items', parts = '/api/opportunity-participants';
let app: App, admin: Client, manager: Client, sales: Client, sales2: Client, readonly: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [admin, manager, readonly] = [await app.as('admin'), await app.as('manager'), await app.as('readonly')];
  [sales, sales2] = [await app.as('sales'), await app.as('sales2')];
});
afterAll(() => app?.stop());

const read = async (id: string): Promise<Opportunity> => (await manager.get<Opportunity>(`${path}/${id}`)).body;
const told = async (id: string, name: string): Promise<number> =>
  (await inDatabase(app, 'select 1 from outbox_event where entity_id = $1 and name = $2', [id, name])).length;
const refused = async (id: string, body: object): Promise<string[]> => {
  const answer = await manager.patch<ProblemBody>(`${path}/${id}`, body);
  expect(answer.status).toBe(400);
  return answer.body.errors.map(e => e.pointer);
};
const column = async (stage: string, query = ''): Promise<BoardColumn> =>
  (await manager.get<{ columns: BoardColumn[] }>(`${path}/board?${query}`)).body.columns
    .find(c => c.stage.key === stage)!;
/** A seller of their own, so that nobody else's figures are in theirs. */
const alone = async (): Promise<Client> => {
  const tenant = await makeTenant();
  await withStages(tenant.id);
  return app.as('manager', tenant);
};

describe('stages', () => {
  it('[CRM-067] are six from the start; an administrator adds others, which opportunities can use', async () => {
    await withStages(app.tenant.id);
    const { body } = await readonly.get<Listed<OpportunityStage>>('/api/opportunity-stages?pageSize=100');
    expect(body.items.map(s => s.key)).toEqual(standardStages.map(s => s.key));
    expect((await manager.post('/api/opportunity-stages', { name: 'Trial' })).status).toBe(403);
    const trial = await admin.post<OpportunityStage>('/api/opportunity-stages', { name: 'Trial', probability: 30 });
    expect(trial).toMatchObject({ status: 201, body: { key: 'trial', position: 70, outcome: 'open' } });
    const { id, probability } = await newOpportunity(manager, { stage: 'trial' });
    expect(probability).toBe(30);
    const unknown = await manager.post<ProblemBody>(path, { opportunityName: 'A', stage: 'nowhere' });
    expect([unknown.status, unknown.body.errors[0]!.pointer]).toEqual([400, '/stage']);
    const used = await admin.delete<ProblemBody>(`/api/opportunity-stages/${trial.body.id}`);
    expect(used.status).toBe(409);
    await manager.patch(`${path}/${id}`, { stage: 'lead' });
    expect((await admin.delete(`/api/opportunity-stages/${trial.body.id}`)).status).toBe(204);
  });

  it('[CRM-067] stand in their order, and a new one may be won or lost', async () => {
    const stages = '/api/opportunity-stages';
    const said = { name: 'Signed', position: 45, probability: 100, outcome: 'won' };
    const signed = (await admin.post<OpportunityStage>(stages, said)).body;
    expect(signed).toMatchObject({ key: 'signed', ...said });
    const lost = { name: 'Given up', position: 46, outcome: 'lost' };
    const gone = (await admin.post<OpportunityStage>(stages, lost)).body;
    const order = async (): Promise<string[]> =>
      (await readonly.get<Listed<OpportunityStage>>(`${stages}?pageSize=100`)).body.items.map(s => s.key);
    const onBoard = async (): Promise<string[]> =>
      (await manager.get<{ columns: BoardColumn[] }>(`${path}/board`)).body.columns.map(c => c.stage.key);
    const standard = standardStages.map(s => s.key);
    expect(await order()).toEqual([...standard.slice(0, 4), 'signed', 'given_up', ...standard.slice(4)]);
    const first = { position: 5, name: 'Signed at once' };
    const moved = await admin.patch<OpportunityStage>(`${stages}/${signed.id}`, first);
    expect(moved.body).toMatchObject({ key: 'signed', ...first });
    expect(await order()).toEqual(['signed', ...standard.slice(0, 4), 'given_up', ...standard.slice(4)]);
    expect(await onBoard()).toEqual(await order());
    const { id } = await newOpportunity(manager, { stage: 'signed' });
    expect(await read(id)).toMatchObject({ stageOutcome: 'won', probability: 100, stageName: 'Signed at once' });
    await manager.patch(`${path}/${id}`, { stage: 'given_up', lostReason: 'Price' });
    expect(await read(id)).toMatchObject({ stageOutcome: 'lost', probability: 0, lostReason: 'Price' });
    await manager.patch(`${path}/${id}`, { stage: 'lead' });
    for (const stage of [signed, gone]) expect((await admin.delete(`${stages}/${stage.id}`)).status).toBe(204);
  });

  it('ask for fields before an opportunity enters them', async () => {
    const requiredFields = ['value', 'expectedCloseDate'];
    await admin.post('/api/opportunity-stages', { name: 'Checked', requiredFields });
    const { id } = await newOpportunity(manager);
    expect(await refused(id, { stage: 'checked' })).toEqual(['/value', '/expectedCloseDate']);
    const body = { stage: 'checked', value: 5, estimatedCloseDate: '2027-05-01' };
    expect((await manager.patch(`${path}/${id}`, body)).status).toBe(200);
    expect(await refused(id, { expectedCloseDate: null })).toEqual(['/expectedCloseDate']);
  });
});

describe('an opportunity', () => {
  it('[CRM-066] needs a name alone', async () => {
    const { status, body } = await sales.post<Opportunity>(path, { name: 'Cold store' });
    expect([status, body]).toMatchObject([201, {
      opportunityName: 'Cold store', currency: 'USD', probability: 0, stage: 'lead', stageName: 'Lead', value: 0,
      ownerId: sales.userId, active: true, tags: [],
    }]);
    expect((await sales.post<ProblemBody>(path, {})).body.errors[0]!.pointer).toBe('/opportunityName');
  });

  it('[CRM-066] keeps all that is said of it, also by the other names of its fields', async () => {
    const account = await newAccount(manager), vendor = await newAccount(manager);
    const admin = await app.as('admin');
    await admin.post('/api/custom-fields', { recordType: 'opportunity', label: 'A', type: 'number' });
    const made = await newOpportunity(manager, {
      estimatedCloseDate: '2027-05-31', companyId: account.id, opportunityOwnerId: sales.userId, value: 12_345,
      currency: 'EUR', vendorAccountId: vendor.id, orderIdHouse: 'H-1', expectedUsageGrossTotal: 10.5, source: 'Fair',
      tags: ['cold'], description: 'Racks', customFields: { a: 1 },
    });
    expect(made).toMatchObject({
      expectedCloseDate: '2027-05-31T00:00:00.000Z', accountId: account.id, ownerId: sales.userId, value: 12_345,
      currency: 'EUR', vendor: { id: vendor.id, name: vendor.accountName }, orderIdHouse: 'H-1', source: 'Fair',
      expectedUsageGrossTotal: '10.50', tags: ['cold'], description: 'Racks', customFields: { a: 1 },
      account: { name: account.accountName },
    });
  });

  it('[CRM-068] says what an amount looks like, in cents to programs', async () => {
    const { id } = await newOpportunity(manager);
    for (const value of ['12,5x', 12.345]) {
      const { body } = await manager.patch<ProblemBody>(`${path}/${id}`, { value });
      expect(body.errors.map(e => e.message)).toEqual(['must be a whole number of cents, such as 125050']);
    }
  });

  it.each([['probability', 101], ['probability', -1], ['value', 12.345], ['value', -1], ['currency', 'usd']])(
    '[CRM-068] has no %s of %p', async (field, value) => {
      expect(await refused((await newOpportunity(manager)).id, { [field]: value })).toEqual([`/${field}`]);
    },
  );

  it('[CRM-069] is lost for a reason, and won without a doubt; each stage is kept, with who and when', async () => {
    const { id } = await newOpportunity(manager, { stage: 'proposal' });
    expect(await refused(id, { stage: 'closed_lost' })).toEqual(['/lostReason']);
    expect((await read(id)).stage).toBe('proposal');
    await manager.patch(`${path}/${id}`, { stage: 'closed_lost', lostReason: 'Price' });
    const lost = await read(id);
    expect(lost).toMatchObject({ probability: 0, lostReason: 'Price', stageOutcome: 'lost' });
    expect(lost.actualCloseDate).not.toBeNull();
    await manager.patch(`${path}/${id}`, { stage: 'negotiation' });
    expect(await read(id)).toMatchObject({ probability: 75, lostReason: null, actualCloseDate: null });
    await manager.patch(`${path}/${id}`, { stage: 'closed_won' });
    const won = await read(id);
    expect(won).toMatchObject({ probability: 100, stageOutcome: 'won' });
    expect(won.actualCloseDate).not.toBeNull();
    expect([await told(id, 'crm.opportunity.won'), await told(id, 'crm.opportunity.lost')]).toEqual([1, 1]);
    const { items } = (await manager.get<{ items: StageStay[] }>(`${path}/${id}/stage-history`)).body;
    expect(items.map(s => [s.from?.key ?? null, s.to.key])).toEqual([
      ['negotiation', 'closed_won'], ['closed_lost', 'negotiation'], ['proposal', 'closed_lost'], [null, 'proposal'],
    ]);
    const [{ name }] = await inDatabase<{ name: string }>(app, 'select full_name as name from app_user where id = $1', [
      manager.userId,
    ]) as [{ name: string }];
    expect(items.every(s => s.by === name && s.at <= won.updatedAt)).toBe(true);
    expect(await refused(id, { probability: 50 })).toEqual(['/probability']);
  });

  it('[CRM-071] shows who changed what, the old value and the new one', async () => {
    const { id } = await newOpportunity(manager, { value: 100 });
    await manager.patch(`${path}/${id}`, { value: 200 });
    await manager.patch(`${path}/${id}`, { source: 'Fair' });
    const { items } = (await manager.get<History>(`${path}/${id}/history`)).body;
    expect(items.slice(0, 2).map(e => e.changes)).toEqual([
      [{ field: 'source', from: null, to: 'Fair' }], [{ field: 'value', from: 100, to: 200 }],
    ]);
  });

  it('[CRM-071] names in a history whom and what its changes mean, as far as the reader may know them', async () => {
    const account = await newAccount(manager, { accountName: 'Hidden in a history' });
    const { id } = await newOpportunity(manager, { ownerId: sales.userId, stage: 'lead', tags: ['a, b', 'c'] });
    await manager.patch(`${path}/${id}`, { accountId: account.id });
    await manager.patch(`${path}/${id}`, { stage: 'qualified' });
    await manager.patch(`${path}/${id}`, { tags: ['d'] });
    const history = async (by: Client) => (await by.get<History>(`${path}/${id}/history`)).body;
    const { items, names = {}, total } = await history(manager);
    expect(total).toBe(items.length);
    expect([names[account.id], names['qualified']]).toEqual([account.accountName, 'Qualified']);
    expect(Object.keys(names)).toEqual(expect.arrayContaining([sales.userId]));
    expect(items[0]?.changes).toEqual([{ field: 'tags', from: ['a, b', 'c'], to: ['d'] }]);
    const theirs = await history(sales);
    expect(theirs.items).toEqual(items);
    expect(JSON.stringify(theirs)).not.toContain(account.accountName);
    await inDatabase(app, `insert into audit_log
      select (jsonb_populate_record(a, jsonb_build_object('id', uuidv7()))).* from audit_log a, generate_series(1, 500)
      where record_id = $1 and action = 'CREATE' and table_name = 'opportunity'`, [id]);
    const many = await history(manager);
    expect([many.items.length, many.total]).toEqual([500, items.length + 500]);
  });
});

describe('lines', () => {
  const line = async (opportunityId: string, more: object = {}): Promise<OpportunityLineItem> => {
    const body = { opportunityId, description: 'Racks', quantity: 2, unitPrice: 5_000, discountPercent: 10, ...more };
    const answer = await manager.post<OpportunityLineItem>(lines, body);
    expect(answer.status).toBe(201);
    return answer.body;
  };

  it('[CRM-074] have a total, and the value of the opportunity follows from them', async () => {
    const { id } = await newOpportunity(manager, { value: 1 });
    const first = await line(id);
    expect(first).toMatchObject({ lineTotal: 9_000, sortOrder: 0 });
    expect((await read(id)).value).toBe(9_000);
    const second = await line(id, { discountPercent: 0 });
    expect([second.sortOrder, (await read(id)).value]).toEqual([1, 19_000]);
    const { body } = await manager.patch<OpportunityLineItem>(`${lines}/${first.id}`, { quantity: 1 });
    expect([body.lineTotal, (await read(id)).value]).toEqual([4_500, 14_500]);
    expect(await refused(id, { value: 5 })).toEqual(['/value']);
    await manager.delete(`${lines}/${second.id}`);
    expect((await read(id)).value).toBe(4_500);
    await manager.post(`${lines}/${second.id}/restore`);
    expect((await read(id)).value).toBe(14_500);
  });

  it('that are added at once are all in the value', async () => {
    const { id } = await newOpportunity(manager);
    await Promise.all(Array.from({ length: 5 }, () => line(id)));
    expect((await read(id)).value).toBe(45_000);
  });

  it('belong to whoever the opportunity belongs to', async () => {
    const { id } = await newOpportunity(sales);
    const { id: lineId } = await line(id);
    expect((await sales.patch(`${lines}/${lineId}`, { quantity: 3 })).status).toBe(200);
    expect((await sales2.get(`${lines}/${lineId}`)).status).toBe(404);
    expect((await sales2.post(lines, { opportunityId: id, description: 'X' })).status).toBe(404);
    expect((await sales.delete(`${lines}/${lineId}`)).status).toBe(204);
  });
});

it('[CRM-075] a principal and a distributor show on the opportunity and on their accounts', async () => {
  const [principal, distributor] = [await newAccount(manager, { isPrincipal: true }), await newAccount(manager)];
  const contact = await newContact(manager, { accountId: principal.id });
  const { id } = await newOpportunity(manager);
  await manager.post(parts, { opportunityId: id, accountId: principal.id, role: 'principal', contactId: contact.id });
  await manager.post(parts, { opportunityId: id, accountId: distributor.id, role: 'distributor' });
  const { items } = (await manager.get<Listed<OpportunityParticipant>>(`${parts}?filter[opportunityId]=${id}`)).body;
  expect(items.map(p => [p.role, p.accountName, p.contactName])).toEqual([
    ['principal', principal.accountName, 'Jane Doe'], ['distributor', distributor.accountName, null],
  ]);
  expect(await read(id)).toMatchObject({ contacts: [{ id: contact.id }], _count: { participants: 2 } });
  for (const filter of [
    `involvedAccountId]=${principal.id}`, `involvedAccountId]=${distributor.id}`, `contactId]=${contact.id}`,
  ])
    expect((await manager.get<Listed<Opportunity>>(`${path}?filter[${filter}`)).body.items).toMatchObject([{ id }]);
  const again = { opportunityId: id, accountId: distributor.id, role: 'distributor' };
  expect((await manager.post(parts, again)).status).toBe(409);
  const foreign = { ...again, role: 'other', contactId: contact.id };
  expect((await manager.post<ProblemBody>(parts, foreign)).body.errors[0]!.pointer).toBe('/contactId');
});

it('[CRM-050] [CRM-075] a contact acts for each of its organizations, and stays named where it left', async () => {
  const [first, other, third] = [await newAccount(sales), await newAccount(sales), await newAccount(sales)];
  const { id: contactId } = await newContact(sales, { accountId: first.id });
  const at = `/api/contacts/${contactId}/organizations`;
  expect((await sales.post(at, { accountId: other.id })).status).toBe(201);
  const { id: opportunityId } = await newOpportunity(sales);
  const add = (accountId: string) => sales.post<OpportunityParticipant & ProblemBody>(
    parts, { opportunityId, accountId, role: 'partner', contactId },
  );
  const [own, beside] = [await add(first.id), await add(other.id)];
  expect([own.status, beside.status]).toEqual([201, 201]);
  expect((await add(third.id)).body.errors.map(e => e.pointer)).toEqual(['/contactId']);
  expect((await sales.post(at, { accountId: third.id, endDate: '2020-01-31' })).status).toBe(201);
  expect((await add(third.id)).body.errors.map(e => e.pointer)).toEqual(['/contactId']);
  await sales.patch(`/api/contacts/${contactId}`, { accountId: third.id });
  const change = async (fields: object): Promise<unknown> => {
    const { status, body } = await sales.patch<ProblemBody>(`${parts}/${own.body.id}`, fields);
    return [status, body.errors?.map(e => e.pointer)];
  };
  expect(await change({ role: 'other' })).toEqual([200, undefined]);
  expect((await manager.delete(`/api/contacts/${contactId}`)).status).toBe(204);
  expect(await change({ role: 'vendor' })).toEqual([200, undefined]);
  expect(await change({ accountId: third.id })).toEqual([400, ['/contactId']]);
});

describe('the board', () => {
  const move = (id: string, body: object) => manager.post<Opportunity & ProblemBody>(`${path}/${id}/move`, body);
  const order = async (ownerId: string): Promise<string[]> =>
    (await column('negotiation', `ownerId=${ownerId}`)).items.map(o => o.id);

  it('keeps the order that cards are put in, also when they are moved at once', async () => {
    const [a, b, c] = await Promise.all(['A', 'B', 'C'].map(name =>
      newOpportunity(manager, { name, opportunityOwnerId: sales2.userId }))) as [Opportunity, Opportunity, Opportunity];
    for (const { id } of [c, b, a]) expect((await move(id, { stage: 'negotiation' })).status).toBe(200);
    expect(await order(sales2.userId)).toEqual([a.id, b.id, c.id]);
    await move(a.id, { stage: 'negotiation', after: c.id });
    expect(await order(sales2.userId)).toEqual([b.id, c.id, a.id]);
    await move(a.id, { stage: 'negotiation', before: c.id });
    expect(await order(sales2.userId)).toEqual([b.id, a.id, c.id]);
    // Two cards between which no number is left.
    await Promise.all([b, a].map(({ id }) => manager.patch(`${path}/${id}`, { kanbanIndex: 7 })));
    const [upper] = (await order(sales2.userId)).filter(id => id !== c.id);
    await move(c.id, { stage: 'negotiation', after: upper });
    expect(await order(sales2.userId)).toEqual([upper, c.id, upper === a.id ? b.id : a.id]);
    await Promise.all(Array.from({ length: 8 }, (_, i) =>
      move([a, b, c][i % 3]!.id, { stage: 'negotiation', after: [b, c, a][i % 3]!.id })));
    expect((await order(sales2.userId)).sort()).toEqual([a.id, b.id, c.id].sort());
    const wrong = await move(a.id, { stage: 'lead', before: b.id });
    expect([wrong.status, wrong.body.errors[0]!.pointer]).toEqual([400, '/before']);
    expect((await move(a.id, { stage: 'closed_lost' })).body.errors[0]!.pointer).toBe('/lostReason');
    const { version } = (await manager.get<Opportunity>(`${path}/${a.id}`)).body;
    const two = [await move(a.id, { stage: 'lead', version }), await move(a.id, { stage: 'proposal', version })];
    expect(two.map(({ status, body }) => [status, body.stage])).toEqual([[200, 'lead'], [409, undefined]]);
    expect((await move(a.id, { stage: 'lead', version: two[0]!.body.version })).status).toBe(200);
  });

  it('[CRM-078] reads names from the view, and counts, adds and weighs each column', async () => {
    const account = await newAccount(manager);
    const contact = await newContact(manager, { accountId: account.id });
    const { id } = await newOpportunity(manager, { companyId: account.id, value: 1_001, stage: 'proposal' });
    await newOpportunity(manager, { companyId: account.id, value: 10, stage: 'proposal', currency: 'EUR' });
    await manager.post(parts, { opportunityId: id, accountId: account.id, role: 'customer', contactId: contact.id });
    expect(await column('proposal', `accountId=${account.id}`)).toMatchObject({
      count: 2,
      amounts: [{ currency: 'EUR', value: 10, weighted: 5 }, { currency: 'USD', value: 1_001, weighted: 501 }],
      items: [{}, { id, accountName: account.accountName, contactName: 'Jane Doe', weightedValue: 501 }],
    });
    const [view] = await inDatabase<{ name: string }>(
      app, 'select account_name || contact_name as name from opportunities_summary where id = $1', [id],
    );
    expect(view).toEqual({ name: `${account.accountName}Jane Doe` });
  });
});

it('[CRM-073] the forecast is Σ value × probability by month of the expected close', async () => {
  const seller = await alone();
  const may = { value: 10_000_000, probability: 40, stage: 'proposal', expectedCloseDate: '2027-05-20' };
  await newOpportunity(seller, may);
  await newOpportunity(seller, { ...may, stage: 'closed_won', probability: 100 });
  await newOpportunity(seller, { value: 100, probability: 50 });
  const { months } = (await seller.get<{ months: ForecastMonth[] }>(`${path}/forecast`)).body;
  expect(months).toEqual([
    { month: '2027-05', currency: 'USD', count: 1, value: 10_000_000, weighted: 4_000_000 },
    { month: null, currency: 'USD', count: 1, value: 100, weighted: 50 },
  ]);
  const counted = async (query: string): Promise<number> =>
    (await seller.get<{ months: ForecastMonth[] }>(`${path}/forecast?${query}`)).body.months
      .reduce((sum, { count }) => sum + count, 0);
  const named = await newOpportunity(seller, { name: 'Glacier', value: 5 });
  const queries = [
    'from=2027-06-01&to=2027-06-30', 'q=Glacier', `ownerId=${named.ownerId}`, 'q=Glacier&from=2027-01-01',
  ];
  expect(await Promise.all(queries.map(counted))).toEqual([0, 1, 3, 0]);
  type Total = { total: { won: number } };
  const won = async (q: string) => (await seller.get<Total>(`${path}/win-loss?q=${q}`)).body.total.won;
  expect([await won(''), await won('Glacier')]).toEqual([1, 0]);
});

it('[PLT-042] the quarters of the forecast are those of the fiscal year, which is set and audited', async () => {
  const tenant = await makeTenant();
  await withStages(tenant.id);
  const [seller, admin] = [await app.as('manager', tenant), await app.as('admin', tenant)];
  for (const expectedCloseDate of ['2027-03-31', '2027-04-01', '2027-05-20'])
    await newOpportunity(seller, { value: 100_000, probability: 50, stage: 'proposal', expectedCloseDate });
  const quarters = async (): Promise<unknown[]> =>
    (await seller.get<{ quarters: ForecastQuarter[] }>(`${path}/forecast`)).body.quarters
      .map(q => [q.quarter, q.count, q.value, q.weighted]);
  expect(await quarters()).toEqual([['2027-Q1', 1, 100_000, 50_000], ['2027-Q2', 2, 200_000, 100_000]]);
  for (const fiscalYearStart of [0, 13, 1.5, 'May'])
    expect((await admin.patch('/api/admin/settings', { fiscalYearStart })).status).toBe(400);
  const changed = await admin.patch('/api/admin/settings', { fiscalYearStart: 5 });
  expect([changed.status, changed.body]).toMatchObject([200, { fiscalYearStart: 5 }]);
  expect(await quarters()).toEqual([['2027-Q4', 2, 200_000, 100_000], ['2028-Q1', 1, 100_000, 50_000]]);
  const audited = await admin.get<{ items: object[] }>('/api/admin/audit-logs?tableName=tenant&sort=-createdAt');
  expect(audited.body.items[0]).toMatchObject({
    action: 'UPDATE', userId: admin.userId, newValues: { settings: expect.stringContaining('"fiscalYearStart":5') },
  });
});

it('[CRM-072] three won and one lost are a rate of 75 %, by reason, source, owner and month', async () => {
  const seller = await alone();
  const closed = { value: 100, source: 'Fair', actualCloseDate: '2027-02-10' };
  for (const source of ['Fair', 'Fair', 'Web'])
    await newOpportunity(seller, { ...closed, source, stage: 'closed_won' });
  await newOpportunity(seller, { ...closed, stage: 'closed_lost', lostReason: 'Price' });
  const { body } = await seller.get<Record<'byReason' | 'bySource' | 'byOwner' | 'byPeriod', Outcomes[]> & {
    total: Outcomes;
  }>(`${path}/win-loss?from=2027-01-01&to=2027-12-31`);
  const amounts = [{ currency: 'USD', won: 300, lost: 100 }];
  expect(body.total).toMatchObject({ won: 3, lost: 1, winRate: 75, amounts });
  expect(body.byReason).toMatchObject([{ key: 'Price', lost: 1, won: 0 }]);
  const rates = body.bySource.map(s => [s.key, s.won, s.lost, s.winRate]);
  expect(rates).toEqual([['Fair', 2, 1, 66.7], ['Web', 1, 0, 100]]);
  expect(body.byOwner).toMatchObject([{ key: seller.userId, won: 3, lost: 1, label: expect.any(String) }]);
  expect(body.byPeriod).toMatchObject([{ key: '2027-02', won: 3, lost: 1 }]);
});

describe('opportunities', () => {
  it('[CRM-076] are listed in pages, read, replaced, changed, deleted and restored', async () => {
    const opportunityName = randomUUID();
    const { id } = await newOpportunity(manager, { opportunityName, source: 'Fair' });
    const listed = (await manager.get<Listed<Opportunity>>(`${path}?q=${opportunityName.toUpperCase()}`)).body;
    const items = [{ id, stageName: 'Lead' }];
    expect(listed).toMatchObject({ total: 1, page: 1, pageSize: 20, totalPages: 1, items });
    const put = await manager.put<Opportunity>(`${path}/${id}`, { opportunityName, value: 7 });
    expect(put).toMatchObject({ status: 200, body: { value: 7, source: null, stage: 'lead' } });
    expect((await manager.patch<ProblemBody>(`${path}/${id}`, { value: 8, version: 1 })).status).toBe(409);
    expect((await manager.delete(`${path}/${id}`)).status).toBe(204);
    expect((await manager.get(`${path}/${id}`)).status).toBe(404);
    expect((await manager.post(`${path}/${id}/restore`)).status).toBe(200);
  });

  it('are for a salesperson their own', async () => {
    const [own, other] = [await newOpportunity(sales), await newOpportunity(sales2)];
    const ids = (await sales.get<Listed<Opportunity>>(`${path}?pageSize=100`)).body.items.map(o => o.id);
    expect([ids.includes(own.id), ids.includes(other.id)]).toEqual([true, false]);
    expect((await sales.patch(`${path}/${other.id}`, { value: 1 })).status).toBe(404);
    expect((await sales.post(`${path}/${other.id}/move`, { stage: 'proposal' })).status).toBe(404);
    expect((await sales.get(`${path}/${other.id}/stage-history`)).status).toBe(404);
    expect((await sales.patch(`${path}/${own.id}`, { ownerId: sales2.userId })).status).toBe(403);
    expect((await sales.delete(`${path}/${own.id}`)).status).toBe(403);
    const foreign = await newAccount(sales2);
    const answer = await sales.patch<ProblemBody>(`${path}/${own.id}`, { accountId: foreign.id });
    expect([answer.status, answer.body.errors[0]!.pointer]).toEqual([400, '/accountId']);
    expect((await readonly.post(path, { name: 'A' })).status).toBe(403);
  });

  it('[CRM-055] [CRM-014] are counted on their account, as its contacts are', async () => {
    const { id: accountId, accountName, owner } = await newAccount(manager);
    for (let i = 0; i < 3; i++) await newOpportunity(manager, { companyId: accountId });
    for (let i = 0; i < 2; i++) await newContact(manager, { accountId });
    const { items } = (await manager.get<Listed<Account>>(`/api/accounts?q=${accountName}`)).body;
    expect(items).toMatchObject([{ _count: { contacts: 2, opportunities: 3 }, owner: { fullName: owner!.fullName } }]);
    const [summary] = await inDatabase(
      app, 'select opportunity_count as o, contact_count as c from companies_summary where id = $1', [accountId],
    );
    expect(summary).toEqual({ o: 3, c: 2 });
  });

  it('[CRM-079] are found by their indexes', async () => {
    const rows = await inDatabase<{ def: string }>(
      app, `select indexdef as def from pg_indexes where tablename = 'opportunity'`,
    );
    expect(rows.map(r => /\((.*)\)/.exec(r.def)![1])).toEqual(expect.arrayContaining([
      'tenant_id, stage', 'tenant_id, owner_id', 'tenant_id, account_id', 'tenant_id, expected_close_date',
      'tenant_id, opportunity_name', 'tenant_id, deleted_at',
    ]));
  });
});
