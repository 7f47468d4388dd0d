import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Contact } from '../../../domain/crm/contact.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant } from '../../kit/people.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

const contacts = '/api/contacts';
let app: App, manager: Client, sales: Client, sales2: Client, accounting: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  [manager, sales] = [await app.as('manager'), await app.as('sales')];
  [sales2, accounting] = [await app.as('sales2'), await app.as('accounting')];
});
afterAll(() => app?.stop());

const read = async (id: string): Promise<Contact> => (await manager.get<Contact>(`${contacts}/${id}`)).body;
const wrong = async (more: object): Promise<string[]> => {
  const answer = await manager.post<ProblemBody>(contacts, { firstName: 'Jane', lastName: 'Doe', ...more });
  expect(answer.status).toBe(400);
  return answer.body.errors.map(e => e.pointer);
};

describe('a contact', () => {
  it.each([['firstName', 100], ['lastName', 100], ['suffix', 10], ['jobTitle', 100], ['extension', 10]])(
    '%s has at most %i characters', async (field, max) => {
      expect(await newContact(manager, { [field]: 'x'.repeat(max) })).toMatchObject({ [field]: 'x'.repeat(max) });
      expect(await wrong({ [field]: 'x'.repeat(max + 1) })).toEqual([`/${field}`]);
    },
  );

  it('[CRM-034] that an import may be making at this moment is sent again a little later', async () => {
    await inDatabase(app, 'select pg_advisory_lock(hashtextextended($1, 0))', [`import ${app.tenant.id} contact`]);
    const jane = { firstName: 'Jane', lastName: 'Held' };
    const { status, body, headers } = await manager.post<ProblemBody>(contacts, jane);
    await inDatabase(app, 'select pg_advisory_unlock_all()');
    expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'importing', '2']);
    await newContact(manager, { lastName: 'Held' });
  });

  it('[PLT-047] keeps words as they were sent, such as "null", and is found by each', async () => {
    const tags = ['null', 'NULL', 'two\nlines', 'say "x"', 'back\\slash', '{a,b}', 'a'];
    const { id } = await newContact(manager, { tags });
    expect((await read(id)).tags).toEqual(tags);
    for (const tag of tags) {
      const at = `${contacts}?${new URLSearchParams({ 'filter[tags]': tag }).toString()}`;
      expect([tag, (await manager.get<Listed<Contact>>(at)).body.items.map(c => c.id)]).toEqual([tag, [id]]);
    }
    await manager.patch(`${contacts}/${id}`, { tags: tags.toReversed() });
    expect((await read(id)).tags).toEqual(tags.toReversed());
  });

  it('[CRM-028] has its full name of the parts, and of nothing else', async () => {
    const { id, fullName } = await newContact(manager, { suffix: 'Jr.', fullName: 'Mine' });
    expect(fullName).toBe('Jane Doe Jr.');
    const { body } = await manager.patch<Contact>(`${contacts}/${id}`, { lastName: 'Roe', fullName: 'Mine' });
    expect(body.fullName).toBe('Jane Roe Jr.');
  });

  it('[CRM-029] is of the type of its account, also when that changes', async () => {
    const account = await newAccount(manager, { accountType: 'Vendor' });
    const { id, contactType } = await newContact(manager, { accountId: account.id });
    expect(contactType).toBe('Vendor');
    await manager.patch(`/api/accounts/${account.id}`, { accountType: 'Customer' });
    expect((await read(id)).contactType).toBe('Customer');
    const { body } = await manager.get<Listed<Contact>>(
      `${contacts}?filter[contactType]=Customer&filter[accountId]=${account.id}`,
    );
    expect(body.items.map(c => c.id)).toEqual([id]);
  });

  it('[CRM-030] sits where its account does, unless an address is given', async () => {
    const { id: accountId } = await newAccount(manager, { shippingStreet: 'Main St 1', shippingCity: 'Reno' });
    const there = await newContact(manager, { accountId });
    expect(there).toMatchObject({ addressLine1: 'Main St 1', city: 'Reno' });
    expect(await newContact(manager, { accountId, city: 'Elko' })).toMatchObject({ addressLine1: null, city: 'Elko' });
    const { body } = await manager.patch<Contact>(`${contacts}/${there.id}`, { city: 'Elko' });
    expect(body).toMatchObject({ addressLine1: 'Main St 1', city: 'Elko' });
  });

  it.each(['workPhone', 'mobile'])('[CRM-031] %s looks like 555-123-4567', async field => {
    expect((await newContact(manager, { [field]: '555-123-4567' }))).toMatchObject({ [field]: '555-123-4567' });
    for (const phone of ['5551234567', '555-123-456']) expect(await wrong({ [field]: phone })).toEqual([`/${field}`]);
  });

  it('[CRM-032] has an e-mail address that can be one', async () => {
    expect(await wrong({ emailAddress: 'a@' })).toEqual(['/emailAddress']);
  });

  it('[CRM-033] shares its e-mail address with nobody in the tenant, whatever the case', async () => {
    const address = `jane.${randomUUID()}@example.com`;
    const { id } = await newContact(manager, { emailAddress: address });
    const again = await manager.post<ProblemBody>(contacts, {
      firstName: 'J', lastName: 'D', emailAddress: address.toUpperCase(),
    });
    expect([again.status, again.body.error]).toEqual([409, 'A record with this information already exists']);
    const other = await makeTenant();
    const elsewhere = await app.as('manager', other);
    expect((await newContact(elsewhere, { emailAddress: address })).emailAddress).toBe(address);
    await manager.delete(`${contacts}/${id}`);
    expect((await newContact(manager, { emailAddress: address })).emailAddress).toBe(address);
  });

  it('[CRM-039] is the one primary contact of its account', async () => {
    const { id: accountId } = await newAccount(manager);
    const a = await newContact(manager, { accountId, isPrimary: true });
    const b = await newContact(manager, { accountId, isPrimary: true });
    expect([(await read(a.id)).isPrimary, (await read(b.id)).isPrimary]).toEqual([false, true]);
    await manager.patch(`${contacts}/${a.id}`, { isPrimary: true });
    expect([(await read(a.id)).isPrimary, (await read(b.id)).isPrimary]).toEqual([true, false]);
  });

  it('may be without an account as a lead alone', async () => {
    const lead = await newContact(manager);
    expect(lead).toMatchObject({ status: 'lead', accountId: null, contactType: null });
    expect(await wrong({ status: 'customer' })).toEqual(['/accountId']);
    const refused = await manager.patch<ProblemBody>(`${contacts}/${lead.id}`, { status: 'prospect' });
    expect([refused.status, refused.body.errors[0]!.pointer]).toEqual([400, '/accountId']);
  });

  it('[CRM-040] is found by its indexes', async () => {
    const indexes = `select indexdef as def from pg_indexes where tablename = 'contact'`;
    const rows = await inDatabase<{ def: string }>(app, indexes);
    const indexed = rows.map(r => /\((.*)\)/.exec(r.def)![1]);
    const wanted = ['account_id', 'full_name', 'email_address', 'status', 'lead_score', 'deleted_at'];
    // One that goes on with other columns finds as well.
    const found = (column: string): boolean =>
      indexed.some(columns => `${columns}, `.startsWith(`tenant_id, ${column}, `));
    expect(wanted.filter(column => !found(column))).toEqual([]);
  });
});

describe('contacts', () => {
  it('[CRM-041] are listed in pages, read, replaced, changed, deleted and restored', async () => {
    const lastName = randomUUID();
    const { id } = await newContact(manager, { lastName });
    const listed = (await manager.get<Listed<Contact>>(`${contacts}?q=${lastName.toUpperCase()}`)).body;
    expect(listed).toMatchObject({ total: 1, page: 1, pageSize: 20, totalPages: 1, items: [{ id }] });
    const put = await manager.put<Contact>(`${contacts}/${id}`, { firstName: 'J', lastName, jobTitle: 'CTO' });
    expect(put).toMatchObject({ status: 200, body: { fullName: `J ${lastName}`, jobTitle: 'CTO' } });
    expect((await manager.patch<Contact>(`${contacts}/${id}`, { jobTitle: null })).body.jobTitle).toBeNull();
    expect((await manager.delete(`${contacts}/${id}`)).status).toBe(204);
    expect((await manager.get(`${contacts}/${id}`)).status).toBe(404);
    expect((await manager.post(`${contacts}/${id}/restore`)).status).toBe(200);
  });

  it('[PLT-033] are for a salesperson those of their accounts, whoever entered them', async () => {
    const account = await newAccount(sales);
    const [theirs, foreign] = [
      await newContact(manager, { accountId: account.id }),
      await newContact(manager, { accountId: (await newAccount(sales2)).id }),
    ];
    expect((await sales.get(`${contacts}/${theirs.id}`)).status).toBe(200);
    expect((await sales.patch(`${contacts}/${theirs.id}`, { jobTitle: 'CTO' })).status).toBe(200);
    expect((await sales.get(`${contacts}/${foreign.id}`)).status).toBe(404);
    const into = await sales.patch(`${contacts}/${theirs.id}`, { accountId: foreign.accountId });
    expect(into.status).toBe(404);
    const ids = (await sales.get<Listed<Contact>>(`${contacts}?pageSize=100`)).body.items.map(c => c.id);
    expect([ids.includes(theirs.id), ids.includes(foreign.id)]).toEqual([true, false]);
    expect((await sales.delete(`${contacts}/${theirs.id}`)).status).toBe(403);
    expect((await accounting.post(contacts, { firstName: 'A', lastName: 'B' })).status).toBe(403);
  });
});
