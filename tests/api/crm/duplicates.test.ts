import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import { lookAtDuplicateScan, scanForDuplicates } from '../../../activities/crm/duplicate/scan-verbs.ts';
import { systemActor } from '../../../activities/platform/system-actor.ts';
import { run } from '../../../activities/platform/verb.ts';
import { connected } from '../../../bin/database-roles.ts';
import { initialsOfNicknames, nameLikeness } from '../../../domain/crm/duplicate/person-name.ts';
import { phoneKey } from '../../../domain/crm/duplicate/phone.ts';
import type { Candidate } from '../../../domain/crm/duplicate/match.ts';
import type { DuplicateScan } from '../../../domain/crm/duplicate/scan.contract.ts';
import type { Problem } from '../../../domain/platform/problem.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  [manager, sales] = [await app.as('manager'), await app.as('sales')];
});
afterAll(() => app?.stop());

const candidates = async (of: 'contacts' | 'accounts', typed: object, by = manager): Promise<Candidate[]> =>
  (await by.post<{ items: Candidate[] }>(`/api/${of}/duplicates`, typed)).body.items;
const titles = (found: Candidate[]): string[] => found.map(c => c.title);

it('[CRM-034] a number has the same key in the database as where it is compared', async () => {
  const numbers = [
    '+49 30 1234567', '0049 (0)30 123-4567', '030 1234567', '+1 (555) 123-4567', '555-123-4567', '+47 22 33 44 55',
    '22 33 44 55', '00352 26 12 34 56', '+39 06 698 1234', '06 6981234', '+7 495 123 45 67', '+999', '00', '+',
    '12', '', '+44 (0)20 (0)7946 0000', '1+2 345 6789', '0000 000 0000',
  ];
  const keys = 'select phone_key(n) as key from unnest($1::text[]) with ordinality as numbers (n, nth) order by nth';
  const rows = await inDatabase<{ key: string | null }>(app, keys, [numbers]);
  expect(rows.map((row, nth) => [numbers[nth], row.key])).toEqual(numbers.map(number => [number, phoneKey(number)]));
});

it('[CRM-034] names that are near share the keys by which the database finds them', async () => {
  const nicknamed = Object.keys(initialsOfNicknames);
  const firsts = [...nicknamed, 'Jo', 'J', 'Karl', 'Carl', 'Zsofia', 'Sofia', 'Aleksander', 'Jhon', 'Ojhn', 'Bärbel'];
  const lasts = ['Smith', 'Smiht', 'Smyth', 'Smit', 'Msith', 'Smiths', 'Zsmith', 'van der Berg', 'van der Bergh', 'Li',
    'Ötzmann', 'Otzman', 'Weber 2', 'Weber 3', 'Christensen', 'Kristensen', 'Christenesn', 'Hristensen'];
  const names = [
    ...firsts.map(firstName => ({ firstName, lastName: 'Smith' })),
    ...lasts.map(lastName => ({ firstName: 'Jo', lastName })),
  ];
  const near = names.flatMap(a => names.filter(b => nameLikeness(a, b) === 'near').map(b => [a, b] as const));
  expect(near.length).toBeGreaterThan(300);
  const missed = await inDatabase(app, `select * from jsonb_array_elements($1::jsonb) pair (of),
    lateral (select of -> 0 ->> 'firstName', of -> 0 ->> 'lastName', of -> 1 ->> 'firstName', of -> 1 ->> 'lastName')
      names (first, last, other_first, other_last)
    where not (last_keys(last) && last_keys(other_last) and first_keys(other_first) && (first_keys(first)
      || array(select jsonb_array_elements_text($2::jsonb -> lower(first)))))`,
  [JSON.stringify(near), JSON.stringify(initialsOfNicknames)]);
  expect(missed).toEqual([]);
});

describe('[CRM-034] a scan over the whole base', () => {
  const actor = () => systemActor(app.tenant.id);
  const started = async (): Promise<string> => (await manager.post<{ id: string }>('/api/duplicate-scans', {})).body.id;
  const now = async (): Promise<DuplicateScan> =>
    (await manager.get<{ items: DuplicateScan[] }>('/api/duplicate-scans')).body.items[0]!;
  const stage = async (entityId: string): Promise<string> =>
    (await run(lookAtDuplicateScan, { entityId }, { actor: actor() })).plan.stage;
  const step = async (scanId: string, subject: 'contact' | 'account' = 'contact'): Promise<void> => {
    await run(scanForDuplicates, { scanId, subject, done: (await now()).done }, { actor: actor() });
  };
  const finished = async (scanId: string): Promise<DuplicateScan> => {
    for (const subject of ['contact', 'account'] as const) for (let n = 0; n < 4; n++) await step(scanId, subject);
    return now();
  };

  it('says of how many it cannot compare all that have one name, and finds all others', async () => {
    const people = (count: number, values: string) => inDatabase(app, `insert into contact (id, tenant_id, created_at,
      updated_at, first_name, last_name, full_name, email_address) select uuidv7(), $1, now(), now(), ${values}
      from generate_series(1, ${count}) n`, [app.tenant.id]);
    await people(25, `'Test', 'Person', 'Test Person', null`);
    await people(2, `left('Karla', 3 + n), 'Nordmann', 'Karl Nordmann', n || '@nordmann.example'`);
    await people(2, `(array['Zofie', 'Sofie'])[n], (array['Lindqvist', 'Lindqivst'])[n], 'Sofie', n || '@lq.example'`);
    await people(2, `(array['Zofie', 'Sofie'])[n], (array['Holmberg', 'Holmbreg'])[n], 'Sofie', n || '@gmail.com'`);
    await people(3, `(array['Anna', 'Bo', 'Cato'])[n], 'Fjeld', 'Fjeld', n || '@fjeld.example'`);
    await inDatabase(app, `update contact set mobile = '900 11 444',
      country = (array['Norway', 'Norge', 'Latvia'])[left(email_address, 1)::int] where last_name = 'Fjeld'`);
    const scan = await finished(await started());
    expect(scan).toMatchObject({ status: 'done', crowded: 5, passed: 0, total: scan.done });
    const found = await inDatabase<{ name: string; n: number }>(app, `select c.last_name as name, count(*)::int as n
      from duplicate_pair p join contact c on c.id = p.first_id
      where c.last_name in ('Person', 'Nordmann', 'Lindqvist', 'Holmberg', 'Fjeld') group by 1 order by 1`);
    // Of 25 all pairs would be 300: the first four leave out four, three, two and one; the fifth has just its twenty.
    expect(found).toEqual([
      // One number of one country, and the same figures in another.
      { name: 'Fjeld', n: 1 },
      { name: 'Lindqvist', n: 1 }, { name: 'Nordmann', n: 1 }, { name: 'Person', n: 290 },
    ]);
  });

  it('halves a step that takes longer than it may, says so, and passes over a record that does so alone', async () => {
    const id = await started();
    const holder = await connected(app.database.ownerUrl);
    const [{ made }] = (await holder.query<{ made: string }>(
      `select pg_get_functiondef('first_keys(text)'::regprocedure) as made`,
    )).rows as [{ made: string }];
    const { total } = await now();
    try {
      await holder.query('select pg_advisory_lock(5)');
      await holder.query(`create or replace function first_keys(text) returns text[] language plpgsql
        immutable strict parallel safe as 'begin perform pg_advisory_xact_lock(5); return null; end'`);
      await step(id);
      expect([(await now()).done, await stage(id)]).toEqual([0, 'Comparing 250 at a time: more took too long']);
      await holder.query('update duplicate_scan set at_once = 1 where id = $1', [id]);
      await step(id);
      expect(await now()).toMatchObject({ done: 1, passed: 1, status: 'running' });
    } finally {
      await holder.query(made);
      await holder.end();
    }
    await step(id);
    expect([(await now()).done, await stage(id)]).toEqual([2, 'Comparing 2 at a time: more took too long']);
    await inDatabase(app, 'update duplicate_scan set at_once = 500 where id = $1', [id]);
    expect(await finished(id)).toMatchObject({ status: 'done', done: total, passed: 1 });
  });
});

describe('[CRM-034] a contact that seems to be there already', () => {
  it('is found by a number with and without its country, where that has eight figures too', async () => {
    const phones = [{ type: 'mobile', value: '22 33 44 55' }];
    await newContact(manager, { firstName: 'Kari', lastName: 'Berge', phones });
    const typed = { firstName: 'K.', lastName: 'Berg', mobile: '+47 22 33 44 55' };
    expect(titles(await candidates('contacts', typed))).toEqual(['Kari Berge']);
    expect(await candidates('contacts', { ...typed, mobile: '+47 22 33 44 56' })).toEqual([]);
  });

  it('is offered while it is typed, and refused with the candidates unless it is forced', async () => {
    const acme = await newAccount(manager, { accountName: 'Acme Foods' });
    const jon = await newContact(manager, {
      firstName: 'Jon', lastName: 'Smith', jobTitle: 'CTO', workPhone: '555-123-4567', accountId: acme.id,
    });
    const typed = { firstName: 'John', lastName: 'Smith', accountId: acme.id };
    const [first] = await candidates('contacts', typed);
    expect(first).toEqual({
      id: jon.id, title: 'Jon Smith', about: 'CTO · Acme Foods', score: 80, reasons: ['Similar name', 'Same account'],
    });
    expect(await candidates('contacts', { ...typed, exceptId: jon.id })).toEqual([]);
    const refused = await manager.post<Problem>('/api/contacts', typed);
    expect([refused.status, refused.body.code, refused.body.candidates?.map(c => c.id)])
      .toEqual([409, 'possible-duplicate', [jon.id]]);
    expect(refused.body.details).toEqual(['Jon Smith: similar name, same account']);
    expect((await manager.post('/api/crm/contacts', { ...typed, accountId: undefined, companyId: acme.id })).status)
      .toBe(409);
    const forced = await manager.post<Contact>('/api/contacts?force=true', typed);
    expect([forced.status, forced.body.fullName]).toEqual([201, 'John Smith']);
    expect((await manager.post<Problem>('/api/contacts?force=yes', typed)).status).toBe(400);
  });

  it('is found by name, e-mail, phone and account, as far as it may be read', async () => {
    const account = await newAccount(manager, { accountName: 'Quellwerk' });
    const mail = `${randomUUID()}@quellwerk.example`;
    await newContact(manager, {
      ...{ firstName: 'Bärbel', lastName: 'Ötzmann', accountId: account.id },
      ...{ emailAddress: mail, mobile: '555-987-6543' },
    });
    for (const typed of [
      { firstName: 'Ötzmann', lastName: 'Barbel' },
      { firstName: 'x', lastName: 'y', emailAddress: mail.toUpperCase() },
      { firstName: 'Bärbel', lastName: 'Oetzmann', mobile: '(555) 987-6543' },
      { firstName: 'B.', lastName: 'Otzmann', accountId: account.id },
    ])
      expect([typed, titles(await candidates('contacts', typed))]).toEqual([typed, ['Bärbel Ötzmann']]);
    const further = [{ type: 'home', value: mail.toUpperCase() }];
    const phones = [{ type: 'Mobile', value: '+1 555 987 6543' }];
    expect((await candidates('contacts', { firstName: 'x', lastName: 'y', emails: further }))[0]?.reasons)
      .toEqual(['Same further e-mail']);
    expect((await candidates('contacts', { firstName: 'x', lastName: 'y', phones }))[0]?.reasons)
      .toEqual(['Same mobile number']);
    expect(await candidates('contacts', { firstName: 'Barbel', lastName: 'Otzmann' }, sales)).toEqual([]);
    expect(await candidates('contacts', { firstName: 'Somebody', lastName: 'Else' })).toEqual([]);
    const again = { firstName: 'Other', lastName: 'Person', emailAddress: mail };
    const taken = await manager.post<Problem>('/api/contacts', again);
    expect([taken.status, taken.body.detail]).toEqual([409, 'A record with this information already exists']);
    expect((await manager.post('/api/contacts?force=true', again)).status).toBe(409);
  });

  it('is found by further e-mails and phones of those that are there', async () => {
    const mail = `${randomUUID()}@further.example`;
    await newContact(manager, {
      ...{ firstName: 'Ida', lastName: 'Further', emails: [{ type: 'home', value: mail }] },
      ...{ phones: [{ type: 'mobile', value: '+47 900 11 222' }] },
    });
    const typed = { firstName: 'Else', lastName: 'Wholly' };
    const byMail = await candidates('contacts', { ...typed, emailAddress: mail.toUpperCase() });
    expect(titles(byMail)).toEqual(['Ida Further']);
    const called = (value: string) => candidates('contacts', { ...typed, phones: [{ type: 'mobile', value }] });
    expect(titles(await called('0047 90011222'))).toEqual(['Ida Further']);
    expect(titles(await called('+46 7 900 11 222'))).toEqual([]);
    const { body } = await manager.post<Contact>('/api/contacts', { ...typed, emailAddress: mail });
    expect(body.fullName).toBe('Else Wholly');
  });

  it('is found by a number of its country however that is written, and not by the figures of another', async () => {
    const account = await newAccount(manager, { billingCountry: 'Norway' });
    const sent = [{ type: 'mobile', value: '900 11 333' }];
    const { id, phones, country } = await newContact(manager, {
      firstName: 'Siri', lastName: 'Dahl', accountId: account.id, phones: sent,
    });
    expect([phones, country]).toEqual([[{ type: 'mobile', value: '+4790011333' }], null]);
    const called = async (value: string, from?: string): Promise<string[]> => {
      const typed = { firstName: 'Olga', lastName: 'Unlike', country: from, phones: [{ type: 'mobile', value }] };
      return titles(await candidates('contacts', typed));
    };
    const all = async () => [
      await called('90011333'), await called('+47 (0)900 11 333'), await called('0011 47 900 11 333', 'Australia'),
      await called('900 11 333 ext. 4', 'NO'), await called('+371 900 11 333'), await called('900 11 333', 'Latvia'),
    ];
    const found = [['Siri Dahl'], ['Siri Dahl'], ['Siri Dahl'], ['Siri Dahl'], [], []];
    expect(await all()).toEqual(found);
    // As it was written before numbers were kept in one way.
    await inDatabase(app, `update contact set phones = $2 where id = $1`, [id, JSON.stringify(sent)]);
    expect(await all()).toEqual(found);
  });

  it('is told from who has the same figures in the country of another account', async () => {
    const [oslo, aarhus, odense] = [
      await newAccount(manager, { billingCountry: 'Norway' }),
      await newAccount(manager, { shippingCountry: 'Denmark' }),
      await newAccount(manager, { shippingCountry: 'Denmark' }),
    ];
    const phones = [{ type: 'mobile', value: '40 11 22 33' }];
    const typed = { firstName: 'Bo', lastName: 'Figures', phones };
    const { id } = await newContact(manager, { ...typed, accountId: aarhus.id });
    const saidOf = async (accountId: string): Promise<unknown> =>
      (await candidates('contacts', { ...typed, accountId })).find(found => found.id === id)?.reasons;
    expect([await saidOf(oslo.id), await saidOf(odense.id)])
      .toEqual([['Same name'], ['Same name', 'Same mobile number']]);
    expect((await manager.post('/api/contacts', { ...typed, accountId: oslo.id })).status).toBe(201);
    const refused = await manager.post<Problem>('/api/contacts', { ...typed, accountId: odense.id });
    expect([refused.status, refused.body.candidates?.map(found => found.id)]).toEqual([409, [id]]);
  });

  it.each([
    ['a name and its nickname', 'Robert', 'Bob'], ['another spelling', 'Cathy', 'Kathy'],
    ['a middle name', 'Jon', 'John Alan'],
  ])('is added once by ten who add it at the same moment, under %s', async (_, one, other) => {
    const account = await newAccount(manager);
    const lastName = `Rasch${randomUUID().replace(/[^a-f]/g, '')}`;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        manager.post('/api/contacts', { firstName: i % 2 ? one : other, lastName, accountId: account.id }),
      ),
    );
    expect(answers.map(a => a.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    const { body } = await manager.get<Listed<Contact>>(`/api/contacts?filter[accountId]=${account.id}`);
    expect(body.total).toBe(1);
  });
});

it('further numbers are kept as they are dialled from anywhere, where that is known', async () => {
  const phones = (...values: string[]) => values.map(value => ({ type: 'home', value }));
  const { id } = await newContact(manager, { country: 'Italien', phones: phones('06 698 1234', '0047 22 33 44 55') });
  const kept = async () => (await manager.get<Contact>(`/api/contacts/${id}`)).body.phones?.map(({ value }) => value);
  expect(await kept()).toEqual(['+39066981234', '+4722334455']);
  const patched = await manager.patch<Contact>(`/api/contacts/${id}`, {
    country: 'Atlantis', phones: phones('22 33 44 55', '+47 22 33', '+44 (0)20 7946 0000'),
  });
  expect(patched.status).toBe(200);
  expect(await kept()).toEqual(['22 33 44 55', '+47 22 33', '+442079460000']);
  await manager.patch(`/api/contacts/${id}`, { country: 'Norway' });
  expect(await kept()).toEqual(['22 33 44 55', '+47 22 33', '+442079460000']);
  await manager.patch(`/api/contacts/${id}`, { phones: phones('22 33 44 55') });
  expect(await kept()).toEqual(['+4722334455']);
  await manager.patch(`/api/contacts/${id}`, { phones: null });
  expect(await kept()).toBeUndefined();
});

describe('an account that seems to be there already', () => {
  it('is found by name without its legal form, by domain and by phone', async () => {
    const account = await newAccount(manager, {
      ...{ accountName: 'Halvorsen Foods AS', websiteUrl: 'https://www.halvorsen-foods.example/about' },
      ...{ phone: '+47 22 33 44 55' },
    });
    expect(titles(await candidates('accounts', { accountName: 'HALVORSEN FOODS AS Ltd.' })))
      .toEqual([account.accountName]);
    expect(titles(await candidates('accounts', { accountName: 'Other', email: 'me@halvorsen-foods.example' })))
      .toEqual([account.accountName]);
    expect(titles(await candidates('accounts', { accountName: 'Halvorsen Food AS', phone: '22334455' })))
      .toEqual([account.accountName]);
    expect(await candidates('accounts', { accountName: 'Unrelated Metals', email: 'me@gmail.com' })).toEqual([]);
    const body = { accountName: 'Halvorsen Foods AS Inc', accountType: 'Customer' };
    const refused = await manager.post<Problem>('/api/accounts', body);
    expect([refused.status, refused.body.candidates?.[0]?.id]).toEqual([409, account.id]);
    expect((await manager.post<Problem>('/api/crm/companies', { name: 'Halvorsen Foods AS' })).status).toBe(409);
    expect((await manager.post<Account>('/api/accounts?force=true', body)).status).toBe(201);
  });

  it.each([
    ['its legal form', {}, { accountName: ' Inc' }],
    ['a name that is near and one phone', { phone: '+47 22 33 44 66' }, { accountName: 's', phone: '22 33 44 66' }],
  ])('[CRM-034] is added once by ten who add it at the same moment, under %s', async (_, one, other) => {
    const accountName = `Racing ${randomUUID().replace(/[^a-f]/g, '')} Foods`;
    const named = { accountName, accountType: 'Customer', ...one };
    const answers = await Promise.all(Array.from({ length: 10 }, (_, i) => manager.post('/api/accounts', i % 2
      ? named : { ...named, ...other, accountName: accountName + other.accountName })));
    expect(answers.map(a => a.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
  });
});
