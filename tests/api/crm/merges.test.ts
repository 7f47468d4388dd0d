import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { Interaction } from '../../../domain/crm/activity/interaction.ts';
import type { Merge } from '../../../domain/crm/duplicate/merge.contract.ts';
import type { HistoryEntry } from '../../../domain/platform/record.ts';
import { bootApp, type App } from '../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, withAccountTypes, withStages,
} from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newPov, readPov, type Listed } from '../../kit/pov.fixture.ts';
import { rowCounts } from '../../kit/row-counts.ts';

interface Merged<Row> {
  mergeId: string | null;
  record: Row;
  moved: { table: string; count: number }[];
  undoUntil: string | null;
}
let app: App, admin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [admin, manager, sales] = [await app.as('admin'), await app.as('manager'), await app.as('sales')];
});
afterAll(() => app?.stop());

const person = (more: object): Promise<Contact> => newContact(manager, { lastName: randomUUID(), ...more });
const merge = <Row>(of: 'contacts' | 'accounts', survivorId: string, mergedIds: string[], more: object = {}) =>
  manager.post<Merged<Row> & ProblemBody>(`/api/${of}/merge`, { survivorId, mergedIds, ...more });
const undo = (id: string | null) => manager.post<ProblemBody>(`/api/merges/${id}/undo`, {});
const read = async <T>(path: string): Promise<T> => (await manager.get<T>(path)).body;
const interactionsOf = async (contactId: string): Promise<string[]> =>
  (await read<Listed<Interaction>>(`/api/crm/interactions?filter[contactId]=${contactId}`)).items
    .map(i => i.subject).sort();
const linksOf = (contactId: string) =>
  inDatabase<{ account_id: string; is_primary: boolean }>(
    app, `select account_id, is_primary from contact_organization where contact_id = $1 and deleted_at is null
     order by is_primary desc`, [contactId],
  ).then(rows => rows.map(r => [r.account_id, r.is_primary]));

describe('contacts that are merged', () => {
  it('[CRM-035] become one: chosen values win, what belongs to them moves, the others are deleted softly', async () => {
    const [acme, brava] = [await newAccount(manager), await newAccount(manager)];
    const mail = `${randomUUID()}@acme.example`;
    const kept = await person({ firstName: 'Jon', jobTitle: 'CTO', accountId: acme.id, tags: ['vip'] });
    const gone = await person({
      firstName: 'John', jobTitle: 'Chief', emailAddress: mail, accountId: brava.id, tags: ['fair'], status: 'customer',
    });
    const third = await person({ firstName: 'J.', mobile: '555-222-3333' });
    await newInteraction(manager, { subject: 'kept', contactId: kept.id });
    await newInteraction(manager, { subject: 'gone', contactId: gone.id });
    const task = await newTask(manager, { contactId: third.id });
    const group = (await manager.post<{ id: string }>('/api/groups', { groupName: randomUUID() })).body.id;
    for (const contactId of [kept.id, gone.id, third.id])
      await manager.post(`/api/groups/${group}/members`, { contactId });
    const request = { choices: { firstName: gone.id, jobTitle: kept.id } };

    const before = await rowCounts(app);
    const tried = await merge<Contact>('contacts', kept.id, [gone.id, third.id], { ...request, dryRun: true });
    expect([tried.status, tried.body.mergeId, tried.body.record.firstName]).toEqual([200, null, 'John']);
    expect([await rowCounts(app), await interactionsOf(kept.id)]).toEqual([before, ['kept']]);

    const { status, body } = await merge<Contact>('contacts', kept.id, [gone.id, third.id], request);
    expect([status, body.record]).toMatchObject([200, {
      ...{ id: kept.id, firstName: 'John', jobTitle: 'CTO', emailAddress: mail, mobile: '555-222-3333' },
      ...{ tags: ['vip', 'fair'], accountId: acme.id, fullName: `John ${kept.lastName}` },
    }]);
    expect(tried.body.moved).toEqual(body.moved);
    expect(await interactionsOf(kept.id)).toEqual(['gone', 'kept']);
    expect((await read<{ contactId: string }>(`/api/crm/tasks/${task.id}`)).contactId).toBe(kept.id);
    expect(await linksOf(kept.id)).toEqual([[acme.id, true], [brava.id, false]]);
    expect((await read<{ items: unknown[] }>(`/api/groups/${group}/members`)).items).toHaveLength(1);
    for (const { id } of [gone, third]) expect((await manager.get(`/api/contacts/${id}`)).status).toBe(404);
    const back = await manager.post<ProblemBody>(`/api/contacts/${gone.id}/restore`);
    expect([back.status, back.body.detail]).toEqual([409, 'It was merged into another: take that apart']);
    const { items: history } = await read<{ items: HistoryEntry[] }>(`/api/contacts/${kept.id}/history`);
    expect(history.filter(h => h.action === 'DELETE').map(h => h.part?.name).sort())
      .toEqual([gone.fullName, third.fullName].sort());
    expect(history.filter(h => h.action === 'CREATE')).toHaveLength(3);

    expect((await undo(body.mergeId)).status).toBe(200);
    expect(await read(`/api/contacts/${kept.id}`))
      .toMatchObject({ firstName: 'Jon', emailAddress: null, tags: ['vip'] });
    expect(await read(`/api/contacts/${gone.id}`)).toMatchObject({ emailAddress: mail, accountId: brava.id });
    expect([await interactionsOf(kept.id), await interactionsOf(gone.id)]).toEqual([['kept'], ['gone']]);
    expect([await linksOf(kept.id), await linksOf(gone.id)]).toEqual([[[acme.id, true]], [[brava.id, true]]]);
    expect((await read<{ items: unknown[] }>(`/api/groups/${group}/members`)).items).toHaveLength(3);
    expect((await undo(body.mergeId)).status).toBe(409);
  });

  it('take along who was told of them, and their addresses name the one that stayed', async () => {
    const [kept, gone, later] = [await person({}), await person({}), await person({})];
    await manager.post(`/api/contacts/${gone.id}/comments`, { body: 'Look', mentionIds: [admin.userId] });
    const told = async (id: string) =>
      (await admin.get<Listed<unknown>>(`/api/notifications?filter[referenceId]=${id}`)).body.items.length;
    const stayed = async (id: string) => {
      const { status, body } = await manager.get<ProblemBody>(`/api/contacts/${id}`);
      return [status, body.mergedIntoId];
    };
    const first = await merge<Contact>('contacts', kept.id, [gone.id]);
    expect([await told(gone.id), await told(kept.id), await stayed(gone.id)]).toEqual([0, 1, [404, kept.id]]);
    const second = await merge<Contact>('contacts', later.id, [kept.id]);
    expect([await told(later.id), await stayed(gone.id), await stayed(kept.id)])
      .toEqual([1, [404, later.id], [404, later.id]]);
    for (const { body } of [second, first]) expect((await undo(body.mergeId)).status).toBe(200);
    expect([await told(gone.id), await told(kept.id), await stayed(gone.id)]).toEqual([1, 0, [200, undefined]]);
    await manager.delete(`/api/contacts/${gone.id}`);
    expect(await stayed(gone.id)).toEqual([404, undefined]);
  });

  it('are refused with the field that is wrong, and by who may not; nothing changes', async () => {
    const [a, b, deleted] = [await person({}), await person({}), await person({})];
    await manager.delete(`/api/contacts/${deleted.id}`);
    const before = await rowCounts(app);
    for (const [body, pointer] of [
      [{ survivorId: a.id, mergedIds: [] }, '/mergedIds'],
      [{ survivorId: a.id, mergedIds: [a.id] }, '/mergedIds'],
      [{ survivorId: a.id, mergedIds: [deleted.id] }, '/mergedIds/0'],
      [{ survivorId: randomUUID(), mergedIds: [b.id] }, '/survivorId'],
      [{ survivorId: a.id, mergedIds: Array.from({ length: 10 }, () => randomUUID()) }, '/mergedIds'],
      [{ survivorId: a.id, mergedIds: [b.id], choices: { leadScore: b.id } }, '/choices/leadScore'],
      [{ survivorId: a.id, mergedIds: [b.id], choices: { jobTitle: deleted.id } }, '/choices/jobTitle'],
    ] as const) {
      const { status, body: problem } = await manager.post<ProblemBody>('/api/contacts/merge', body);
      expect([body, status, problem.errors?.[0]?.pointer]).toEqual([body, 400, pointer]);
    }
    expect((await sales.post('/api/contacts/merge', { survivorId: a.id, mergedIds: [b.id] })).status).toBe(403);
    expect(await rowCounts(app)).toEqual(before);
  });

  it('read a number as one of the country where it was typed, and have it as typed when they are apart', async () => {
    const numbers = (...values: string[]) => values.map(value => ({ type: 'work', value }));
    const oslo = await newAccount(manager, { shippingCountry: 'Norway' });
    const kept = await person({ country: 'Denmark' });
    const gone = await person({ accountId: oslo.id });
    const typed: [string, string | null, { type: string; value: string }[]][] = [
      [kept.id, 'Denmark', numbers('32 10 10 10', '+4722334455')], [gone.id, null, numbers('22 33 44 55')],
    ];
    const set = 'update contact set country = $2, phones = $3 where id = $1';
    for (const [id, country, phones] of typed) await inDatabase(app, set, [id, country, JSON.stringify(phones)]);
    for (const choices of [{}, { country: gone.id }]) {
      const { status, body } = await merge<Contact>('contacts', kept.id, [gone.id], { choices });
      expect([status, body.record.phones]).toEqual([200, numbers('+4532101010', '+4722334455')]);
      expect((await undo(body.mergeId)).status).toBe(200);
      for (const [id, country, phones] of typed)
        expect(await read(`/api/contacts/${id}`)).toMatchObject({ country, phones });
    }
  });

  it('[CRM-035] keep each address and number of all of them, once, and the extension with its number', async () => {
    const mail = (who: string): string => `${who}-${suffix}@acme.example`;
    const suffix = randomUUID();
    const kept = await person({
      emailAddress: mail('kept'), workPhone: '555-222-1111', mobile: '555-222-2222',
      emails: [{ type: 'home', value: mail('home') }],
    });
    const gone = await person({
      emailAddress: mail('gone'), workPhone: '555-222-3333', extension: '34', mobile: '555-222-2222', country: 'Norway',
      phones: [{ type: 'home', value: '22 33 44 55' }],
    });
    const third = await person({
      emailAddress: mail('HOME'), workPhone: '555-222-1111', mobile: '555-222-4444',
      phones: [{ type: 'car', value: '+47 22334455' }],
    });
    const { status, body } = await merge<Contact>('contacts', kept.id, [gone.id, third.id]);
    expect([status, body.record]).toMatchObject([200, {
      emailAddress: mail('kept'), workPhone: '555-222-1111', extension: null, mobile: '555-222-2222',
      emails: [{ type: 'home', value: mail('home') }, { type: 'other', value: mail('gone') }],
      phones: [
        { type: 'work ext. 34', value: '555-222-3333' }, { type: 'home', value: '+4722334455' },
        { type: 'mobile', value: '555-222-4444' },
      ],
    }]);
    expect((await undo(body.mergeId)).status).toBe(200);
    for (const one of [kept, gone, third]) {
      const { emailAddress, workPhone, extension, mobile, emails, phones } = one;
      expect(await read(`/api/contacts/${one.id}`))
        .toMatchObject({ emailAddress, workPhone, extension, mobile, emails, phones });
    }

    const chosen = await merge<Contact>('contacts', kept.id, [gone.id], {
      choices: { emailAddress: gone.id, workPhone: gone.id },
    });
    expect(chosen.body.record).toMatchObject({
      emailAddress: mail('gone'), workPhone: '555-222-3333', extension: '34',
      emails: [{ type: 'home', value: mail('home') }, { type: 'other', value: mail('kept') }],
      phones: [{ type: 'work', value: '555-222-1111' }, { type: 'home', value: '+4722334455' }],
    });
    const since = await person({ firstName: 'Since', emailAddress: mail('kept') });
    const refused = await undo(chosen.body.mergeId);
    const said = `${since.fullName} has the e-mail ${mail('kept')} by now: change it there first`;
    expect([refused.status, refused.body.detail, refused.body.errors?.[0]?.pointer])
      .toEqual([409, said, '/emailAddress']);
    await manager.delete(`/api/contacts/${since.id}`);
    expect((await undo(chosen.body.mergeId)).status).toBe(200);
  });

  it('that have more addresses together than one can have ask whose are kept, before anything is merged', async () => {
    const emails = () => Array.from({ length: 11 }, () => ({ type: 'other', value: `${randomUUID()}@acme.example` }));
    const [kept, gone] = [await person({ emails: emails() }), await person({ emails: emails() })];
    const tried = (choices: object) => merge<Contact>('contacts', kept.id, [gone.id], { choices, dryRun: true });
    const refused = await tried({});
    expect([refused.status, refused.body.errors.map(e => e.pointer)])
      .toEqual([400, ['/choices/emails']]);
    const chosen = await tried({ emails: gone.id });
    expect([chosen.status, chosen.body.record.emails]).toEqual([200, gone.emails]);
  });

  it('keep what was changed since when they are taken apart, for thirty days', async () => {
    const [kept, gone] = [await person({ jobTitle: 'CTO' }), await person({ jobTitle: 'CEO', department: 'IT' })];
    const note = await newInteraction(manager, { subject: 'note', contactId: gone.id });
    const { body } = await merge<Contact>('contacts', kept.id, [gone.id], { choices: { jobTitle: gone.id } });
    await manager.patch(`/api/contacts/${kept.id}`, { jobTitle: 'Owner' });
    await manager.patch(`/api/crm/interactions/${note.id}`, { contactId: null });
    const { items } = await read<{ items: Merge[] }>(`/api/merges?recordId=${kept.id}`);
    const merged = [{ id: gone.id, title: gone.fullName }];
    expect(items).toMatchObject([{ id: body.mergeId, merged, undoneAt: null }]);
    await undo(body.mergeId);
    expect(await read(`/api/contacts/${kept.id}`)).toMatchObject({ jobTitle: 'Owner', department: null });
    expect(await read(`/api/crm/interactions/${note.id}`)).toMatchObject({ contactId: null });

    const again = await merge<Contact>('contacts', kept.id, [gone.id]);
    const longAgo = `update record_merge set created_at = created_at - interval '31 days' where id = $1`;
    await inDatabase(app, longAgo, [again.body.mergeId]);
    const late = await undo(again.body.mergeId);
    expect([late.status, late.body.detail]).toEqual([409, 'A merge can be taken apart for 30 days']);
    expect((await manager.post(`/api/merges/${randomUUID()}/undo`, {})).status).toBe(404);
  });
});

it('[CRM-035] fields that an administrator gave are chosen one by one, and come back when taken apart', async () => {
  for (const label of ['Region', 'Fleet', 'Old'])
    await admin.post('/api/custom-fields', { recordType: 'account', label, active: label !== 'Old' });
  const [kept, gone] = [
    await newAccount(manager, { customFields: { region: 'North', fleet: 'Vans' } }),
    await newAccount(manager, { customFields: { region: 'South' } }),
  ];
  const choose = (...of: string[]) =>
    merge<Account>('accounts', kept.id, [gone.id], {
      choices: Object.fromEntries(of.map(key => [`customFields.${key}`, gone.id])),
    });
  for (const key of ['old', 'moon']) {
    const { errors } = (await choose(key)).body;
    expect(errors.map(e => e.pointer)).toEqual([`/choices/customFields.${key}`]);
  }
  const { body } = await choose('region', 'fleet');
  expect(body.record.customFields).toEqual({ region: 'South' });
  expect((await undo(body.mergeId)).status).toBe(200);
  expect((await read<Account>(`/api/accounts/${kept.id}`)).customFields).toEqual({ region: 'North', fleet: 'Vans' });
  const again = await choose('region');
  expect(again.body.record.customFields).toEqual({ region: 'South', fleet: 'Vans' });
});

describe('the primary contact of an account', () => {
  const flags = (...of: Contact[]) =>
    Promise.all(of.map(async ({ id }) => (await read<Contact>(`/api/contacts/${id}`)).isPrimary));

  it('[CRM-039] steps back for who comes along with a merge, and is it again when that is taken apart', async () => {
    const [acme, brava] = [await newAccount(manager), await newAccount(manager)];
    const kept = await person({ accountId: acme.id, isPrimary: true });
    const gone = await person({ accountId: brava.id });
    const theirs = await person({ accountId: brava.id, isPrimary: true });
    const { body } = await merge<Contact>('contacts', kept.id, [gone.id], { choices: { accountId: gone.id } });
    expect(await flags(kept, theirs)).toEqual([true, false]);
    expect((await undo(body.mergeId)).status).toBe(200);
    expect(await flags(kept, gone, theirs)).toEqual([true, false, true]);
  });

  it('[CRM-039] stays whoever became it meanwhile, when another comes back from a merge or the trash', async () => {
    const acme = await newAccount(manager);
    const [first, second, kept] = [
      await person({ accountId: acme.id, isPrimary: true }), await person({ accountId: acme.id }), await person({}),
    ];
    const { body } = await merge<Contact>('contacts', kept.id, [first.id], { choices: { accountId: kept.id } });
    await manager.patch(`/api/contacts/${second.id}`, { isPrimary: true });
    expect((await undo(body.mergeId)).status).toBe(200);
    expect(await flags(first, second)).toEqual([false, true]);
    await manager.delete(`/api/contacts/${second.id}`);
    await manager.patch(`/api/contacts/${first.id}`, { isPrimary: true });
    expect((await manager.post(`/api/contacts/${second.id}/restore`)).status).toBe(200);
    expect(await flags(first, second)).toEqual([true, false]);
  });
});

describe('accounts that are merged', () => {
  it('are taken apart only where none comes to stand below itself', async () => {
    const above = await newAccount(manager);
    const gone = await newAccount(manager, { accountName: 'Gone', parentAccountId: above.id });
    const below = await newAccount(manager, { accountName: 'Below', parentAccountId: gone.id });
    const kept = await newAccount(manager);
    const { body } = await merge<Account>('accounts', kept.id, [gone.id]);
    await manager.patch(`/api/accounts/${above.id}`, { parentAccountId: below.id });
    const refused = await undo(body.mergeId);
    expect([refused.status, refused.body.detail])
      .toEqual([409, '"Gone" and "Below" would stand below each other: move one of them first']);
    expect(await read(`/api/accounts/${below.id}`)).toMatchObject({ parentAccountId: kept.id });
    await manager.patch(`/api/accounts/${above.id}`, { parentAccountId: null });
    expect((await undo(body.mergeId)).status).toBe(200);
    expect(await read(`/api/accounts/${below.id}`)).toMatchObject({ parentAccountId: gone.id });
  });

  it('[CRM-057] leave a principal where one came to stand as such since', async () => {
    const [kept, gone, plain] = [
      await newAccount(manager), await newAccount(manager, { isPrincipal: true }), await newAccount(manager),
    ];
    const apart = async (survivor: Account, principal: Account, between: () => Promise<unknown>): Promise<unknown> => {
      const { body } = await merge<Account>('accounts', survivor.id, [principal.id]);
      await between();
      expect((await undo(body.mergeId)).status).toBe(200);
      return (await read<Account>(`/api/accounts/${survivor.id}`)).isPrincipal;
    };
    expect(await apart(plain, gone, async () => {})).toBe(false);
    expect(await apart(kept, gone, () => manager.post('/api/principal-distributor-relationships', {
      principalAccountId: kept.id, distributorAccountId: plain.id, commissionRate: '5',
    }))).toBe(true);
  });

  it('take contacts, opportunities and relations along, and the tree stays a tree', async () => {
    const top = await newAccount(manager);
    const between = await newAccount(manager, { parentAccountId: top.id });
    const kept = await newAccount(manager, { parentAccountId: between.id });
    const vendor = await newAccount(manager, { isPrincipal: true });
    await manager.post('/api/principal-distributor-relationships', {
      principalAccountId: vendor.id, distributorAccountId: kept.id, commissionRate: '5',
    });
    const [boss, first] = [
      await newContact(manager, { firstName: 'Boss', accountId: kept.id, isPrimary: true }),
      await newContact(manager, { firstName: 'First', accountId: top.id, isPrimary: true }),
    ];
    const both = await newContact(manager, { firstName: 'Both', accountId: top.id });
    await manager.post(`/api/contacts/${both.id}/organizations`, { accountId: kept.id });
    const deal = await newOpportunity(manager, { accountId: top.id });
    const { status, body } = await merge<Account>('accounts', kept.id, [top.id, vendor.id]);
    expect([status, body.record]).toMatchObject([200, { id: kept.id, parentAccountId: null, isPrincipal: true }]);
    expect(await read(`/api/accounts/${between.id}`)).toMatchObject({ parentAccountId: kept.id });
    expect(await read(`/api/opportunities/${deal.id}`)).toMatchObject({ accountId: kept.id });
    const { items } = await read<Listed<Contact>>(`/api/contacts?filter[accountId]=${kept.id}`);
    expect(items.map(c => [c.firstName, c.isPrimary]).sort())
      .toEqual([['Boss', true], ['Both', false], ['First', false]]);
    for (const { id } of [boss, first, both]) expect(await linksOf(id)).toEqual([[kept.id, true]]);

    expect((await undo(body.mergeId)).status).toBe(200);
    expect(await read(`/api/accounts/${kept.id}`)).toMatchObject({ parentAccountId: between.id, isPrincipal: false });
    expect(await read(`/api/accounts/${between.id}`)).toMatchObject({ parentAccountId: top.id });
    expect(await read(`/api/contacts/${first.id}`)).toMatchObject({ accountId: top.id, isPrimary: true });
    expect(await linksOf(both.id)).toEqual([[top.id, true], [kept.id, false]]);
    expect(await read(`/api/opportunities/${deal.id}`)).toMatchObject({ accountId: top.id });
  });
});

describe('merges beside each other and beside POVs', () => {
  it('[CRM-035] move the POVs of an account along, and back', async () => {
    const [kept, gone] = [await newAccount(manager), await newAccount(manager)];
    const named = { accountId: gone.id, customerName: gone.accountName };
    const pov = await newPov(manager, named);
    const own = await newPov(manager, { ...named, customerName: 'As they say it' });
    const lost = await newPov(manager, named);
    await inDatabase(app, `update pov set status = 'LOST' where id = $1`, [lost.id]);
    const { status, body } = await merge<Account>('accounts', kept.id, [gone.id]);
    expect([status, body.moved]).toEqual([200, expect.arrayContaining([{ table: 'pov', count: 3 }])]);
    const at = async (account: Account, customerName: string) =>
      expect(await readPov(manager, pov.id)).toMatchObject({ accountId: account.id, customerName });
    await at(kept, kept.accountName);
    for (const [{ id }, customerName] of [[own, 'As they say it'], [lost, gone.accountName]] as const)
      expect(await readPov(manager, id)).toMatchObject({ accountId: kept.id, customerName });
    expect((await undo(body.mergeId)).status).toBe(200);
    await at(gone, gone.accountName);
    // Who said another name since keeps it.
    const again = await merge<Account>('accounts', kept.id, [gone.id]);
    await manager.patch(`/api/povs/${pov.id}`, { customerName: 'Said since' });
    expect((await undo(again.body.mergeId)).status).toBe(200);
    await at(gone, 'Said since');
  });

  it('are listed for who may read the record that stays, with the names that they may read', async () => {
    const permissions = [['duplicate', 'all'], ['account', 'own'], ['contact', 'own']]
      .map(([subject, scope]) => ({ subject, action: 'read', scope }));
    await admin.post('/api/admin/roles', { code: 'LOOKS', name: 'Looks', permissions });
    const { body: key } = await admin.post<{ key: string }>('/api/api-keys', { name: 'Looks', role: 'LOOKS' });
    const looks = client(app.url, { Authorization: `Bearer ${key.key}` });
    const [mine, theirs] = [await newAccount(admin), await newAccount(manager)];
    const [also, gone] = [await newAccount(admin), await newAccount(manager)];
    await merge('accounts', mine.id, [also.id, gone.id]);
    const other = await newAccount(admin);
    await merge('accounts', theirs.id, [other.id]);
    const listed = async (by: Client) => (await by.get<{ items: Merge[] }>('/api/merges')).body.items
      .filter(({ survivorId }) => [mine.id, theirs.id].includes(survivorId))
      .map(({ survivorId, merged }) => [survivorId, merged.map(m => m.id)]);
    const stayed = async (id: string) => (await looks.get<ProblemBody>(`/api/accounts/${id}`)).body.mergedIntoId;
    expect([await stayed(gone.id), await stayed(other.id)]).toEqual([mine.id, undefined]);
    expect(await listed(looks)).toEqual([[mine.id, [also.id]]]);
    expect(await listed(manager)).toEqual([[theirs.id, [expect.any(String)]], [mine.id, [also.id, gone.id]]]);
  });

  it('[CRM-035] of one contact at once into two others: one is made, the other is refused', async () => {
    for (let round = 0; round < 5; round++) {
      const [gone, one, two] = [await person({}), await person({}), await person({})];
      const note = await newInteraction(manager, { subject: 'note', contactId: gone.id });
      const answers = await Promise.all([one, two].map(({ id }) => merge<Contact>('contacts', id, [gone.id])));
      expect(answers.map(a => a.status).sort()).toEqual([200, 400]);
      const winner = answers[0]!.status === 200 ? one : two;
      expect(await inDatabase(app, 'select merged_into_id as into from contact where id = $1', [gone.id]))
        .toEqual([{ into: winner.id }]);
      expect(await read(`/api/crm/interactions/${note.id}`)).toMatchObject({ contactId: winner.id });
      const byWhom = 'select survivor_id as id from record_merge where $1 = any(merged_ids)';
      expect(await inDatabase(app, byWhom, [gone.id])).toEqual([{ id: winner.id }]);
    }
  });
});

it('every column that names a contact or an account is a reference, so that a merge finds it', async () => {
  const rows = await inDatabase(app, `
    select c.relname || '.' || a.attname as named from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' and a.attnum > 0 and not a.attisdropped
      and a.atttypid = 'uuid'::regtype and a.attname ~ '(contact|account|company)(_id)?$'
      and not exists (select 1 from pg_constraint f where f.conrelid = c.oid and f.contype = 'f'
        and f.conkey[1] = a.attnum and f.confrelid in ('contact'::regclass, 'account'::regclass))`);
  expect(rows).toEqual([]);
  const hard = await inDatabase(app, `
    select distinct c.relname as named from pg_constraint f join pg_class c on c.oid = f.conrelid
    where f.contype = 'f' and f.confrelid in ('contact'::regclass, 'account'::regclass)
      and not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attname = 'deleted_at')`);
  expect(hard).toEqual([]);
});
