import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SearchGroup } from '../../../domain/platform/search/search.contract.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import {
  newAccount, newContact, newInteraction, newOpportunity, newTask, withAccountTypes, withStages,
} from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { makeTenant } from '../../kit/people.ts';
import { join, newPov } from '../../kit/pov.fixture.ts';

let app: App, manager: Client, sales: Client, sales2: Client, acme: string, pov: Pov;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [manager, sales, sales2] = [await app.as('manager'), await app.as('sales'), await app.as('sales2')];
  acme = (await newAccount(manager, { accountName: 'Acme', industry: 'Steel', phone: '555-867-5309' })).id;
  await newAccount(manager, { accountName: 'Müller & Söhne GmbH' });
  await newAccount(manager, { accountName: '株式会社東京電子' });
  await newContact(manager, {
    ...{ accountId: acme, firstName: 'Renée', lastName: 'Larsen', workPhone: '555-123-4567' },
    ...{ emailAddress: 'renee@acme.example', description: 'Prefers to be called\nKnows the furnace well' },
  });
  await newOpportunity(manager, { name: 'Acme furnace', companyId: acme });
  await newTask(manager, { title: 'Send the Acme drawings' });
  await manager.post('/api/tickets', { issue: 'Acme was billed twice' });
  await manager.post('/api/inventory/products', { name: 'Acme valve', sku: 'VLV-77', costPrice: 1, salePrice: 2 });
  pov = await newPov(manager, { title: 'Acme line balancing', customerName: 'Acme' });
});
afterAll(() => app?.stop());

async function groupsOf(by: Client, q: string, more = ''): Promise<SearchGroup[]> {
  const { body } = await by.get<{ groups: SearchGroup[] }>(`/api/search?q=${encodeURIComponent(q)}${more}`);
  return body.groups;
}
/** A file that has arrived. */
async function storedFile(account: string, name: string): Promise<string> {
  const [file] = await inDatabase<{ id: string }>(app, `insert into attachment (id, tenant_id, created_at, updated_at,
      subject, subject_id, name, media_type, size, state)
    values (gen_random_uuid(), $1, now(), now(), 'account', $2, $3, 'application/pdf', 1, 'stored') returning id`,
    [app.tenant.id, account, name]);
  return file!.id;
}
const titles = async (by: Client, q: string, more = ''): Promise<string[]> =>
  (await groupsOf(by, q, more)).flatMap(group => group.finds.map(find => find.title));

describe('one box over all records', () => {
  it('answers by type, in one order', async () => {
    const groups = await groupsOf(manager, 'acme');
    expect(groups.map(({ type, finds }) => [type, finds[0]!.title])).toEqual([
      ['account', 'Acme'], ['contact', 'Renée Larsen'], ['opportunity', 'Acme furnace'], ['pov', 'Acme line balancing'],
      ['product', 'Acme valve'], ['task', 'Send the Acme drawings'], ['ticket', 'Acme was billed twice'],
    ]);
  });

  it('[CRM-120] finds accounts, contacts and opportunities, also with a slip, and by type', async () => {
    expect((await groupsOf(manager, 'Acmee', '&types=account'))[0]?.finds).toEqual([
      { id: acme, title: 'Acme', hint: 'Customer · Steel', snippet: null, of: null },
    ]);
    expect(await titles(manager, 'Larson')).toEqual(['Renée Larsen']);
    expect(await titles(manager, 'furnce')).toContain('Acme furnace');
    const groups = await groupsOf(manager, 'acme', '&types=contact,opportunity');
    expect(groups.map(group => group.type)).toEqual(['contact', 'opportunity']);
  });

  it('[CRM-120] finds calls, groups, warehouses, templates, comments and files, and what these belong to', async () => {
    const about = await newAccount(manager, { accountName: 'Brass Works' });
    await newInteraction(manager, { type: 'call', subject: 'Asked for gaskets', accountId: about.id });
    await manager.post('/api/groups', { groupName: 'Gasket buyers', groupType: 'Newsletter' });
    await manager.post('/api/inventory/warehouses', {
      ...{ name: 'Gasket depot', code: 'GSK-1', addressLine1: 'Quay 1', city: 'Bergen', postalCode: '5003' },
      country: 'Norway',
    });
    await manager.post('/api/email-templates', { name: 'Gasket offer', subject: 'Your offer', body: 'Here it is' });
    const said = `Let us talk. ${'So much was said. '.repeat(20)}All of it about gaskets`;
    await manager.post(`/api/accounts/${about.id}/comments`, { body: said });
    const file = await storedFile(about.id, 'Gaskets.pdf');
    const of = { type: 'account', id: about.id };
    const found = await groupsOf(manager, 'gasket');
    expect(found.map(({ type, finds: [f] }) => [type, f!.title, f!.hint, f!.of])).toEqual([
      ['interaction', 'Asked for gaskets', 'Call · Brass Works', null],
      ['group', 'Gasket buyers', 'Newsletter', null],
      ['warehouse', 'Gasket depot', 'GSK-1 · Bergen', null],
      ['email-template', 'Gasket offer', 'Your offer', null],
      ['comment', said.slice(0, 120), 'Brass Works', of],
      ['file', 'Gaskets.pdf', 'Brass Works', of],
    ]);
    const [comments] = await groupsOf(manager, 'gasket', '&types=comment');
    expect(comments!.finds[0]!.snippet).toContain('about gaskets');
    await inDatabase(app, `update attachment set state = 'awaited' where id = $1`, [file]);
    expect(await groupsOf(manager, 'gasket', '&types=file')).toEqual([]);
    await manager.delete(`/api/accounts/${about.id}`);
    expect(await groupsOf(manager, 'gasket', '&types=comment,file')).toEqual([]);
  });

  it.each([
    ['without accents', 'muller', 'Müller & Söhne GmbH'],
    ['with other accents', 'RÉNÉE', 'Renée Larsen'],
    ['by the beginnings of its words, in any order', 'gmbh mull', 'Müller & Söhne GmbH'],
    ['by a piece of a word', 'nace', 'Acme furnace'],
    ['by part of a phone number', '555-12', 'Renée Larsen'],
    ['by digits alone', '8675', 'Acme'],
    ['in full-width letters', 'ＶＬＶ', 'Acme valve'],
    ['inside a name that has no spaces', '東京', '株式会社東京電子'],
    ['by one character of such a name', '電', '株式会社東京電子'],
    ['by a mail address', 'renee@acme', 'Renée Larsen'],
  ])('finds %s: %s', async (_, q, title) => {
    expect(await titles(manager, q)).toContain(title);
  });

  it('shows where the words stand, if not in the title', async () => {
    const [contacts] = await groupsOf(manager, 'furnace', '&types=contact');
    expect(contacts!.finds).toMatchObject([{ title: 'Renée Larsen', hint: 'Acme', snippet: 'Knows the furnace well' }]);
  });

  it('puts what is called so first, and says when there is more', async () => {
    for (const name of ['Zenith Alpha', 'The Zenith', 'Zenith']) await newAccount(manager, { accountName: name });
    const [group] = await groupsOf(manager, 'zenith', '&limit=2');
    expect([group!.more, group!.finds.map(f => f.title)]).toEqual([true, ['Zenith', 'Zenith Alpha']]);
  });

  it.each(['%', '_', `'`, '\\', '& | !', '""', ':*', '()', '-', 'a', ' ', 'x'.repeat(200), '🙂'])(
    'takes %s as it is', async q => {
      const answer = await manager.get<{ groups: SearchGroup[] }>(`/api/search?q=${encodeURIComponent(q)}`);
      expect([answer.status, Array.isArray(answer.body.groups)]).toEqual([200, true]);
    },
  );

  it('refuses unknown types and limits by name', async () => {
    const fields = async (query: string): Promise<(string | undefined)[]> => {
      const answer = await manager.get<ProblemBody>(`/api/search?${query}`);
      return [String(answer.status), ...answer.body.errors.map(e => e.pointer)];
    };
    expect(await fields('q=a&types=account,planet')).toEqual(['400', '?types']);
    expect(await fields('q=a&limit=0')).toEqual(['400', '?limit']);
    expect(await fields(`q=${'x'.repeat(201)}`)).toEqual(['400', '?q']);
  });
});

describe('follows the records:', () => {
  it('a new name is found and the old one is not; what is deleted is gone until it is restored', async () => {
    const { id } = await newAccount(manager, { accountName: 'Quokka Mills' });
    await manager.patch(`/api/accounts/${id}`, { accountName: 'Wombat Mills' });
    expect([await titles(manager, 'quokka'), await titles(manager, 'wombat')]).toEqual([[], ['Wombat Mills']]);
    const admin = await app.as('admin');
    await admin.delete(`/api/accounts/${id}`);
    expect(await titles(manager, 'wombat')).toEqual([]);
    await admin.post(`/api/accounts/${id}/restore`, {});
    expect(await titles(manager, 'wombat')).toEqual(['Wombat Mills']);
  });
});

describe('all that a contact is reached by', () => {
  it('[CRM-120] finds it by further addresses and by figures of further numbers, as they are now', async () => {
    const { id } = await newContact(manager, {
      firstName: 'Yrsa', lastName: 'Reached', description: 'word '.repeat(1_900),
      emails: [{ type: 'home', value: 'Quetzal@home.example' }], phones: [{ type: 'car', value: '+47 22 33 44 77' }],
    });
    const asked = ['quetzal', 'quetzal@home.example', '223344', '22 33 44 77', '+4722334477'];
    const found = (): Promise<string[][]> => Promise.all(asked.map(q => titles(manager, q)));
    expect(await found()).toEqual(asked.map(() => ['Yrsa Reached']));
    expect((await groupsOf(manager, 'quetzal'))[0]?.finds[0]?.snippet).toContain('Quetzal@home.example');
    await manager.patch(`/api/contacts/${id}`, { emails: [{ type: 'home', value: 'okapi@home.example' }], phones: [] });
    expect(await found()).toEqual(asked.map(() => []));
    expect(await titles(manager, 'okapi')).toEqual(['Yrsa Reached']);
  });
});

describe('what somebody may not read is not found:', () => {
  it('a salesperson finds what is theirs or their team’s, and what everybody may read', async () => {
    const own = await newAccount(manager, { accountName: 'Acme of Sales', accountOwner: app.tenant.users.sales });
    await newContact(manager, { accountId: own.id, firstName: 'Acme', lastName: 'Buyer' });
    expect((await titles(sales, 'acme')).sort()).toEqual(['Acme Buyer', 'Acme of Sales', 'Acme valve']);
    expect(await titles(sales2, 'acme')).toEqual(['Acme valve']);
    await join(manager, pov.id, app.tenant.users.sales2, 'SALES_ENGINEER');
    expect(await titles(sales2, 'acme')).toEqual(['Acme line balancing', 'Acme valve']);
  });

  it('not even where more fit than are ranked', async () => {
    await inDatabase(app, `insert into account (id, tenant_id, created_at, updated_at, account_name, account_type_id,
        account_owner) select gen_random_uuid(), a.tenant_id, now(), now(), 'Crowd ' || n, a.account_type_id,
        a.account_owner from account a, generate_series(1, 1500) n where a.id = $1`, [acme]);
    await newAccount(manager, { accountName: 'The last of the Crowd', accountOwner: app.tenant.users.sales });
    expect(await titles(sales, 'crowd')).toEqual(['The last of the Crowd']);
    expect(await titles(manager, 'crowd', '&limit=50')).toHaveLength(50);
  });

  it('[CRM-120] what is common comes from the newest, what is rare from all, by words and by digits', async () => {
    await newAccount(manager, {
      accountName: 'A small part of the Throng', accountOwner: app.tenant.users.sales, phone: '777-99-0031',
    });
    await inDatabase(app, `insert into account (id, tenant_id, created_at, updated_at, account_name, account_type_id,
        account_owner, phone) select gen_random_uuid(), a.tenant_id, now(), now(), 'Throng ' || n || case n when 7 then
        ' Quillfeather' else '' end, a.account_type_id, a.account_owner, '777-' || lpad(n::text, 4, '0') || '-31'
      from account a, generate_series(1, 3300) n where a.id = $1`, [acme]);
    const found = async (q: string): Promise<string[]> => (await titles(manager, q, '&types=account')).slice(0, 1);
    expect(await found('throng quillfeather')).toEqual(['Throng 7 Quillfeather']);
    expect(await found('illfeath')).toEqual(['Throng 7 Quillfeather']);
    expect(await found('quilfeather')).toEqual(['Throng 7 Quillfeather']);
    expect(await found('777-0007')).toEqual(['Throng 7 Quillfeather']);
    expect(await found('0007 777')).toEqual(['Throng 7 Quillfeather']);
    expect(await found('70007')).toEqual(['Throng 7 Quillfeather']);
    const [crowd] = await groupsOf(manager, '777', '&types=account&limit=50');
    expect([crowd!.more, crowd!.finds.length]).toEqual([true, 50]);
    for (const q of ['throng', '777', '(777) 99', 'part of']) expect(await titles(sales, q)).toEqual([
      'A small part of the Throng',
    ]);
  });

  it('what stands under a record is found by whoever may read that one', async () => {
    const mine = await newAccount(manager, { accountName: 'Mine', accountOwner: app.tenant.users.sales });
    const other = await newAccount(manager, { accountName: 'Other', accountOwner: app.tenant.users.sales2 });
    const task = await newTask(manager, { title: 'Ask', accountId: mine.id, assigneeId: app.tenant.users.sales });
    for (const [id, word] of [[mine.id, 'mine'], [other.id, 'other']] as const) {
      await manager.post(`/api/accounts/${id}/comments`, { body: `Flanges of ${word}` });
      await storedFile(id, `Flanges of ${word}.pdf`);
      await newInteraction(manager, { type: 'note', subject: `Flanges for ${word}`, accountId: id });
      await manager.post('/api/groups', { groupName: `Flanges in ${word}` });
    }
    await manager.post(`/api/crm/tasks/${task.id}/comments`, { body: 'Flanges to ask for' });
    expect(await titles(sales, 'flanges')).toEqual([
      'Flanges for mine', 'Flanges of mine', 'Flanges to ask for', 'Flanges of mine.pdf',
    ]);
    expect(await titles(sales2, 'flanges')).toEqual(['Flanges for other', 'Flanges of other', 'Flanges of other.pdf']);
    expect(await titles(manager, 'flanges')).toHaveLength(9);
  });

  it('also where more comments fit than are ranked', async () => {
    await inDatabase(app, `insert into crm_comment (id, tenant_id, created_at, updated_at, account_id, body)
      select gen_random_uuid(), $1, now(), now(), $2, 'Bolts ' || n from generate_series(1, 1200) n`,
      [app.tenant.id, acme]);
    const mine = await newAccount(manager, { accountName: 'Bolted', accountOwner: app.tenant.users.sales });
    await manager.post(`/api/accounts/${mine.id}/comments`, { body: 'The last of the bolts' });
    await inDatabase(app, `update search_entry set recorded_at = now() - interval '1 day'
      where title = 'The last of the bolts'`);
    expect(await titles(sales, 'bolts')).toEqual(['The last of the bolts']);
  });

  it('another tenant finds none of it', async () => {
    const stranger = await app.as('manager', await makeTenant());
    expect(await titles(stranger, 'acme')).toEqual([]);
  });
});
