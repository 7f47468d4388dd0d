import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import { phoneKey } from '../../../domain/crm/duplicate/phone.ts';
import type { Candidate } from '../../../domain/crm/duplicate/match.ts';
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

  it('is added once by ten who add it at the same moment', async () => {
    const account = await newAccount(manager);
    const lastName = `Rasch${randomUUID().replace(/[^a-f]/g, '')}`;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) =>
        manager.post('/api/contacts', { firstName: i % 2 ? 'Jon' : 'John', lastName, accountId: account.id }),
      ),
    );
    expect(answers.map(a => a.status).sort()).toEqual([201, ...Array.from({ length: 9 }, () => 409)]);
    const { body } = await manager.get<Listed<Contact>>(`/api/contacts?filter[accountId]=${account.id}`);
    expect(body.total).toBe(1);
  });
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
});
