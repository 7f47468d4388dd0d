import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sheetRowsOf, workbookOf } from '../../../activities/platform/job/write-table.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import type { JobError } from '../../../domain/platform/job/job.contract.ts';
import { bootApp, type App } from '../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../kit/client.ts';
import { espo, hubspot, salesforce } from '../../kit/crm/exports.fixture.ts';
import { withCustomFields } from '../../kit/crm/varied.fixture.ts';
import { newAccount, newContact, newOpportunity, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { jobIs, newImport, ran, uploaded } from '../../kit/job/jobs.fixture.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, manager: Client;
beforeAll(async () => {
  app = await bootApp();
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  manager = await app.as('manager');
  for (const accountName of ['North & Co', 'Müller Söhne', 'Kita Foods']) await newAccount(manager, { accountName });
  const since = { recordType: 'contact', label: 'Since', type: 'date' };
  expect((await (await app.as('admin')).post('/api/custom-fields', since)).status).toBe(201);
});
afterAll(() => app?.stop());

const contacts = async (query: string): Promise<Contact[]> =>
  (await manager.get<Listed<Contact>>(`/api/contacts?pageSize=100&sort=createdAt&${query}`)).body.items;
const errorsOf = async (id: string): Promise<[nth: number, problems: string][]> =>
  (await manager.get<{ items: JobError[] }>(`/api/imports/${id}/errors`)).body.items
    .map(({ nth, problems }) => [nth, problems.join('; ')]);
/** Who has no address, by their last name. */
const named = async (lastName: string): Promise<Contact[]> => contacts(`filter[lastName]=${lastName}`);

describe('contacts that another program exported', () => {
  it('[CRM-048] HubSpot: new lines, a mark, extensions, and people without an address', async () => {
    const job = await newImport(manager, 'contact', hubspot, 'hubspot-crm-exports-all-contacts.csv');
    expect(job).toMatchObject({
      file: { encoding: 'utf-8', delimiter: ',', header: true },
      mapping: {
        columns: [
          null, 'firstName', 'lastName', 'emailAddress', 'workPhone', 'accountId', null, 'addressLine1', null,
        ],
        keys: ['emailAddress'],
      },
    });
    expect((await ran(manager, job)).counts).toEqual({ created: 3, updated: 1, failed: 1 });
    expect(await errorsOf(job.id)).toEqual([[5, 'Work phone (workPhone): must look like 555-123-4567']]);
    const [zoe, ...more] = await contacts('q=zoe@hubspot.example');
    expect(more).toEqual([]);
    // The last row changed what it says, and left what it does not.
    expect(zoe).toMatchObject({
      firstName: 'Zoë', lastName: "O'Neill-Berg", accountName: 'North & Co', addressLine1: '12 High Street\nFloor 3',
      workPhone: '555-123-4569', extension: '89',
    });
    const nobody = await named('Nobody');
    expect(nobody.map(c => [c.firstName, c.emailAddress, c.workPhone, c.extension, c.accountId])).toEqual(
      expect.arrayContaining([['Noah', null, '555-123-4568', '7', null], ['Nora', null, null, null, null]]),
    );
    expect(nobody).toHaveLength(2);
  });

  it('[CRM-048] Salesforce: Latin-1, ragged rows, and lines about the report', async () => {
    const job = await newImport(manager, 'contact', salesforce, 'report1764.csv');
    expect(job.file?.encoding).toBe('windows-1252');
    expect(job.mapping?.columns).toEqual([
      'firstName', 'lastName', 'jobTitle', 'accountId', 'addressLine1', 'city', 'workPhone', 'mobile', 'emailAddress',
      null, null,
    ]);
    expect((await ran(manager, job)).counts).toEqual({ created: 2, failed: 3 });
    expect((await errorsOf(job.id)).map(([nth, text]) => [nth, text.split(';')[0]])).toEqual([
      [4, 'Account (accountId): There is no account a'],
      [6, expect.stringMatching(/^Last name \(lastName\): /)],
      [7, expect.stringMatching(/^Last name \(lastName\): /)],
    ]);
    expect((await named('Groß'))[0]).toMatchObject({
      firstName: 'Jürgen', jobTitle: 'Geschäftsführer', accountName: 'Müller Söhne', mobile: '555-222-3333',
      addressLine1: 'Straße 1\r\nHinterhaus', city: 'Köln',
    });
    expect((await named('Peña'))[0]).toMatchObject({ jobTitle: 'Jefa', emailAddress: null });
  });

  it('[CRM-048] Espo: Shift_JIS; what cannot be read of it is said, not imported', async () => {
    const job = await newImport(manager, 'contact', espo, 'Contact.csv');
    expect(job.file).toMatchObject({ encoding: 'shift_jis', delimiter: ';' });
    expect((await ran(manager, job)).counts).toEqual({ created: 3, failed: 1 });
    expect(await errorsOf(job.id)).toEqual([[4, 'First name (firstName): holds characters that cannot be read']]);
    expect((await named('佐藤'))[0]).toMatchObject({
      firstName: '花子', jobTitle: 'ソフト開発', description: '表示', workPhone: '555-123-4567', extension: '89',
    });
    expect((await named('山田'))[0]).toMatchObject({ description: '東京都千代田区\n１丁目', accountName: 'Kita Foods' });
    expect((await named('高橋'))[0]).toMatchObject({ emailAddress: null });
  });

  it('[CRM-113] a second time makes nobody twice, says whom a row may be, and its dry run says the same', async () => {
    const count = async (): Promise<number> => (await manager.get<Listed<Contact>>('/api/contacts')).body.total!;
    const before = await count();
    const skipped: [string, string][] = [];
    for (const [file, name, counts] of [
      [hubspot, 'hubspot-crm-exports-all-contacts.csv', { updated: 2, skipped: 2, failed: 1 }],
      [salesforce, 'report1764.csv', { skipped: 2, failed: 3 }],
      [espo, 'Contact.csv', { skipped: 3, failed: 1 }],
    ] as const) {
      const job = await newImport(manager, 'contact', file, name);
      expect([name, (await ran(manager, job, 'check')).checked]).toEqual([name, counts]);
      const { items: errors } = (await manager.get<{ items: JobError[] }>(`/api/imports/${job.id}/errors`)).body;
      expect([name, (await ran(manager, job)).counts]).toEqual([name, counts]);
      const { items } = (await manager.get<{ items: JobError[] }>(`/api/imports/${job.id}/errors`)).body;
      expect(items).toEqual(errors);
      for (const { outcome, problems, cells } of items)
        if (outcome === 'skipped') skipped.push([cells.slice(0, 3).join(' '), problems.join()]);
      expect((await ran(manager, job, 'undo')).counts.failed ?? 0).toBe(0);
    }
    expect(skipped).toEqual([
      ['102 Noah Nobody', 'May be Noah Nobody, which is there already: same name, same phone number'],
      ['103 Nora Nobody', 'May be Nora Nobody, which is there already: same name'],
      ['Ana Peña Jefa', 'May be Ana Peña, which is there already: same name'],
      ['健 高橋 Kita Foods', 'May be 健 高橋, which is there already: same name, same account'],
    ]);
    expect(await count()).toBe(before);
  });

  it('[CRM-113] a row without an address is told from the rows before it, and from who is there', async () => {
    const { id: accountId } = await newAccount(manager, { accountName: 'Alike & Co' });
    await newContact(manager, { firstName: 'Robert', lastName: 'Alike', accountId });
    const file = [
      'First name,Last name,Account,Title,E-mail', 'Bob,Alike,Alike & Co,,', 'Ann,Alike,Alike & Co,,ann@alike.example',
      'Ann,Alike,Alike & Co,,', 'Uma,Alike,,Chief,', 'Uma,Alike,,Chief,', 'Uma,Alike,,Clerk,', '',
    ].join('\n');
    const job = await newImport(manager, 'contact', file);
    const counts = { created: 3, skipped: 3 };
    expect((await ran(manager, job, 'check')).checked).toEqual(counts);
    expect((await ran(manager, job)).counts).toEqual(counts);
    expect((await errorsOf(job.id)).map(([nth, said]) => [nth, said.split(',')[0]]))
      .toEqual([[2, 'May be Robert Alike'], [4, 'May be Ann Alike'], [6, 'May be Uma Alike']]);
    const alike = async () => (await named('Alike')).map(c => c.firstName).sort();
    expect(await alike()).toEqual(['Ann', 'Robert', 'Uma', 'Uma']);
    expect((await ran(manager, job, 'undo')).counts).toEqual({ undone: 3 });
    expect(await alike()).toEqual(['Robert']);
  });

  it('[CRM-113] a file without a column of addresses makes nobody twice, unless each row is to be new', async () => {
    const file = [
      'First name,Last name,Account,Mobile', 'Kim,Bare,North & Co,', 'Kim,Bare,Kita Foods,',
      'Lee,Bare,,555-321-0001', 'Lee,Bare,,555-321-0001', '',
    ].join('\n');
    const both = await Promise.all([1, 2].map(() => newImport(manager, 'contact', file)));
    expect(both.map(job => [job.alike, job.mapping?.keys])).toEqual(Array(2).fill([true, []]));
    expect((await ran(manager, both[0]!, 'check')).checked).toEqual({ created: 3, skipped: 1 });
    const counts = (await Promise.all(both.map(job => ran(manager, job)))).map(job => job.counts);
    expect(counts).toEqual(expect.arrayContaining([{ created: 3, skipped: 1 }, { skipped: 4 }]));
    const again = await newImport(manager, 'contact', file);
    expect((await ran(manager, again, 'check')).checked).toEqual({ skipped: 4 });
    expect((await ran(manager, again)).counts).toEqual({ skipped: 4 });
    expect(await named('Bare')).toHaveLength(3);
    const anew = await newImport(manager, 'contact', file);
    await manager.put(`/api/imports/${anew.id}/mapping`, { ...anew.mapping, eachNew: true });
    expect((await ran(manager, anew, 'check')).checked).toEqual({ created: 4 });
    expect((await ran(manager, anew)).counts).toEqual({ created: 4 });
    const next = await newImport(manager, 'contact', file);
    expect(next.mapping?.eachNew).toBeUndefined();
    expect((await ran(manager, next, 'check')).checked).toEqual({ skipped: 4 });
  });

  it('[CRM-113] names nobody whom the importer may not read', async () => {
    const admin = await app.as('admin');
    await newContact(manager, { firstName: 'Seen', lastName: 'Person', mobile: '555-765-4321' });
    const cells = ['import:create', 'job:read', 'job:update', 'contact:read', 'contact:create', 'account:read'];
    const permissions = cells.map(cell => cell.split(':'))
      .map(([subject, action]) => ({ subject, action, scope: subject === 'account' ? 'own' : 'all' }));
    await admin.post('/api/admin/roles', { code: 'IMPORTS', name: 'Imports', permissions });
    const { body: key } = await admin.post<{ key: string }>('/api/api-keys', { name: 'K', role: 'IMPORTS' });
    const imports = client(app.url, { Authorization: `Bearer ${key.key}` });
    const { id: accountId } = await newAccount(manager);
    await newContact(manager, { firstName: 'Quite', lastName: 'Hidden', mobile: '555-765-4322', accountId });
    const file = 'First name,Last name,Mobile,E-mail\nSeen,Person,555-765-4321,\nQuite,Hidden,555-765-4322,\n';
    const job = await newImport(imports, 'contact', file);
    expect((await ran(imports, job)).counts).toEqual({ created: 1, skipped: 1 });
  });

  it.each([
    ['31.01.2026', null, '2026-01-31'],
    ['31/01/2026', null, '2026-01-31'],
    ['01/31/2026', null, '2026-01-31'],
    ['2026-01-31', null, '2026-01-31'],
    ['03/04/2026', null, '2026-03-04'],
    ['03/04/2026', 'DD/MM/YYYY', '2026-04-03'],
  ] as const)('[CRM-048] a day as %s, said to be %s, is %s', async (written, said, day) => {
    const email = `${randomUUID()}@days.example`;
    const job = await newImport(manager, 'contact', `First name;Last name;E-mail;Since\nAda;Day;${email};${written}\n`);
    expect(job.mapping?.columns[3]).toBe('customFields.since');
    if (said) await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, dateFormat: said });
    expect((await ran(manager, job)).counts).toEqual({ created: 1 });
    expect((await contacts(`q=${email}`))[0]?.customFields).toEqual({ since: day });
  });

  it('[CRM-048] an impossible day is named; how days are written is corrected and remembered', async () => {
    const file = 'Last name;First name;Since\nImpossible;Ada;31.02.2026\n';
    const job = await newImport(manager, 'contact', file);
    expect(job).toMatchObject({ file: { dateFormat: 'DD.MM.YYYY' }, mapping: { dateFormat: 'DD.MM.YYYY' } });
    expect((await ran(manager, job)).counts).toEqual({ failed: 1 });
    const problem = 'Since (customFields.since): is no day that is written as DD.MM.YYYY';
    expect(await errorsOf(job.id)).toEqual([[2, problem]]);
    const said = await newImport(manager, 'contact', 'Last name,First name,Since,Made\nA,B,03/04/2026,C\n');
    const mapping = { ...said.mapping, dateFormat: 'DD/MM/YYYY' };
    expect((await manager.put(`/api/imports/${said.id}/mapping`, { ...mapping, dateFormat: 'D' })).status).toBe(400);
    await manager.put(`/api/imports/${said.id}/mapping`, mapping);
    await ran(manager, said);
    const again = await newImport(manager, 'contact', 'Last name,First name,Since,Made\nA,B,05/06/2026,C\n');
    expect(again.mapping?.dateFormat).toBe('DD/MM/YYYY');
  });

  it('a text in an encoding that is not known is refused, and says what to do', async () => {
    // Имя,Фамилия in Windows-1251.
    const russian = Buffer.from('c8ecff2cd4e0ece8ebe8ff0ac8e2e0ed2cc8e2e0edeee20a', 'hex');
    const fileId = await uploaded(manager, 'names.csv', russian);
    const { status, body } = await manager.post<ProblemBody>('/api/imports', { record: 'contact', fileId });
    expect([status, body.errors?.[0]?.message]).toEqual([400, 'Its encoding cannot be told: save it as UTF-8']);
  });
});

describe('any file', () => {
  it('[CRM-113] rows of nothing are no rows of it, and each has its number there, as in a workbook', async () => {
    const rows = [
      ['Account name', 'Account type'], ['', ''], ['Sparse', 'Vendor'], ['', ''], ['Sparse too', 'Moon'], ['', ''],
    ];
    const text = '\nAccount name,Account type\n,\nSparse,Vendor\n\nSparse too,Moon\n,\n ,\n';
    for (const [name, bytes, nth] of [
      ['a.csv', Buffer.from(text), 6], ['a.xlsx', workbookOf([sheetRowsOf(rows, 0)]), 5],
    ] as const) {
      const job = await newImport(manager, 'account', bytes, name);
      expect([name, job.file!.columns]).toEqual([name, ['Account name', 'Account type']]);
      expect([name, (await ran(manager, job, 'check')).checked]).toEqual([name, { created: 1, failed: 1 }]);
      // The cells that are corrected are those of that row, however often the file is read.
      for (const header of [false, true])
        await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, header });
      await ran(manager, job, 'check');
      expect([name, (await errorsOf(job.id)).map(([at]) => at)]).toEqual([name, [nth]]);
      const cells = [{ nth, at: 1, text: 'Customer' }];
      expect((await manager.patch(`/api/imports/${job.id}/cells`, { cells })).status).toBe(200);
      if (name === 'a.xlsx') expect((await ran(manager, job)).counts).toEqual({ created: 2 });
    }
  });

  it('[CRM-113] a row with more cells than columns is corrected to those that it has', async () => {
    const even = Array.from({ length: 20 }, (_, n) => `Even ${n},Vendor\n`).join('');
    const job = await newImport(manager, 'account', `Account name,Account type\n${even}Odd, one,Vendor\n`);
    expect((await ran(manager, job, 'check')).checked).toEqual({ created: 20, failed: 1 });
    expect(await errorsOf(job.id)).toEqual([[22, 'row: has 3 cells, the file 2 columns']]);
    const put = async (...texts: string[]): Promise<number> => (await manager.patch(`/api/imports/${job.id}/cells`, {
      cells: texts.map((text, at) => ({ nth: 22, at, text })),
    })).status;
    expect([await put('Odd, one', 'Vendor', '', ''), await put('Odd, one', 'Vendor', '')]).toEqual([400, 200]);
    expect((await ran(manager, job)).counts).toEqual({ created: 21 });
  });

  it('[CRM-113] says times by the clocks of the workspace; a day by which a task is due is all of it', async () => {
    const zone = (timeZone: string) => inDatabase(app, 'update tenant set time_zone = $1', [timeZone]);
    await zone('Europe/Berlin');
    const calls = 'Type,Subject,Took place\nCall,Timed,28.11.2026 14:30\nCall,Odd,28.11.2026 25:00\n';
    const call = await newImport(manager, 'interaction', calls);
    expect((await ran(manager, call)).counts).toEqual({ created: 1, failed: 1 });
    const problem = 'Took place (completedAt): says a time that cannot be read: write it as 14:30';
    expect(await errorsOf(call.id)).toEqual([[3, problem]]);
    const file = 'Title,Due,Remind at\nTimed,11/28/2199,11/28/2199 8:15 AM\nTimed,11/28/2199 17:00,11/27/2199\n';
    expect((await ran(manager, await newImport(manager, 'task', file))).counts).toEqual({ created: 2 });
    await zone('UTC');
    const of = async (path: string): Promise<Record<string, unknown>[]> =>
      (await manager.get<Listed<Record<string, unknown>>>(`${path}?sort=createdAt&q=Timed`)).body.items;
    expect((await of('/api/crm/interactions')).map(row => row['completedAt'])).toEqual(['2026-11-28T13:30:00.000Z']);
    expect((await of('/api/crm/tasks')).map(row => [row['dueDate'], row['reminderAt']])).toEqual([
      ['2199-11-28T22:59:59.000Z', '2199-11-28T07:15:00.000Z'],
      ['2199-11-28T16:00:00.000Z', '2199-11-26T23:00:00.000Z'],
    ]);
  });
});

describe('what was exported here', () => {
  type Row = Record<string, unknown> & { id: string; version: number };
  const fileOf = async (record: string, format: string, id: string): Promise<Buffer> => {
    const query = { filter: { id: { in: [id] } } };
    const { body } = await manager.post<Job>('/api/exports', { record, format, query });
    const { resultFileId } = await jobIs(manager, body.id, 'completed');
    const headers = { Authorization: `Bearer ${manager.token}` };
    return Buffer.from(await (await fetch(`${app.url}/api/files/${resultFileId}/content`, { headers })).arrayBuffer());
  };
  const whole = {
    account: {
      accountName: 'Round trip', accountLegalName: 'Round Trip AS', accountType: 'Vendor', active: false,
      industry: 'Sea', websiteUrl: 'https://round.example', description: 'Two\nlines, "said"; and more',
      shippingStreet: '=1', shippingStreet2: 'B', shippingCity: 'Oslo', shippingState: 'OS',
      shippingZip: '0150', shippingCountry: 'Norway', billingStreet: 'C', billingStreet2: 'D',
      billingCity: 'Åre', billingState: 'J', billingZip: '0001', billingCountry: 'Sweden', employeeCount: '11-50',
      annualRevenue: '1,200.50', phone: '+47 22 33 44 55', email: 'round@trip.example', status: 'prospect',
      organizationType: 'AS', isPrincipal: true, isDistributor: true, sector: 'Boats', size: 'Small',
      customFields: {
        region: 'Øst', seats: 5.25, since: '2026-03-04', partner: false, tier: 'Gold', uses: ['Cold', 'Dry'],
      },
    },
    contact: {
      suffix: 'Jr.', firstName: 'Ada', lastName: 'Trip', jobTitle: 'CTO', department: 'IT', workPhone: '555-222-1111',
      extension: '12', mobile: '555-222-2222', emailAddress: 'ada@trip.example',
      emails: [{ type: 'home', value: 'ada@home.example' }, { type: 'other', value: 'a.d+a@other.example' }],
      phones: [{ type: 'work ext. 3', value: '+4722334455' }, { type: 'car: old', value: '555 22' }],
      isPrimary: true, addressLine1: 'A', addressLine2: 'B', city: 'Oslo', state: 'OS', postalCode: '0150',
      country: 'Norway', source: '-none', status: 'customer', tags: ['vip', 'two words'], active: false,
      description: '- one\n- two', customFields: { since: '2026-04-03' },
    },
  };
  /** What people entered of it; what others it names is said apart. */
  const entered = (record: keyof typeof whole, row: Row): object =>
    Object.fromEntries(Object.keys(whole[record]).map(name => [name, row[name]]));

  it('[CRM-113] whole, changes nothing when it comes again, and makes the same where it is gone', async () => {
    await withCustomFields(await app.as('admin'), 'account');
    const above = await newAccount(manager, { accountName: 'Above the trip' });
    const account = await newAccount(manager, { ...whole.account, parentAccountId: above.id });
    const deal = await newOpportunity(manager);
    const contact = await newContact(manager, { ...whole.contact, accountId: account.id, opportunityId: deal.id });
    const before = { account, contact } as unknown as Record<keyof typeof whole, Row>;
    const files = new Map<string, Buffer>();
    for (const record of ['account', 'contact'] as const) {
      const { id } = before[record];
      const now = (await manager.get<Row>(`/api/${record}s/${id}`)).body;
      expect(entered(record, now)).toEqual(whole[record]);
      for (const format of ['csv', 'xlsx']) {
        files.set(`${record}.${format}`, await fileOf(record, format, id));
        const job = await newImport(manager, record, files.get(`${record}.${format}`)!, `a.${format}`);
        expect([record, format, (await ran(manager, job)).counts, await errorsOf(job.id)])
          .toEqual([record, format, { skipped: 1 }, []]);
      }
      expect((await manager.get<Row>(`/api/${record}s/${id}`)).body).toEqual(now);
    }
    await manager.delete(`/api/contacts/${contact.id}`);
    await manager.delete(`/api/accounts/${account.id}`);
    for (const record of ['account', 'contact'] as const) {
      const job = await newImport(manager, record, files.get(`${record}.csv`)!);
      // The account that the file names by its id is not there any more, but one of its name.
      const byName = job.file!.columns.indexOf('Account (2)');
      const columns = job.mapping!.columns.map((name, at) =>
        (at === byName ? 'accountId' : name === 'accountId' ? null : name));
      if (record === 'contact') await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, columns });
      expect([record, (await ran(manager, job)).counts, await errorsOf(job.id)]).toEqual([record, { created: 1 }, []]);
    }
    const made = {
      account: (await manager.get<Listed<Row>>('/api/accounts?filter[accountName]=Round trip')).body.items,
      contact: (await manager.get<Listed<Row>>('/api/contacts?filter[lastName]=Trip')).body.items,
    };
    for (const record of ['account', 'contact'] as const)
      expect(made[record].map(row => entered(record, row))).toEqual([whole[record]]);
    expect(made.account[0]).toMatchObject({ parentAccountId: above.id });
    expect(made.contact[0]).toMatchObject({ accountId: made.account[0]!.id, opportunityId: deal.id });
  });

  it('[CRM-113] knows a contact by a further address, and changes neither that nor its own', async () => {
    const emails = [{ type: 'home', value: 'Lea@home.example' }];
    const lea = await newContact(manager, { lastName: 'Further', emailAddress: 'lea@work.example', emails });
    await newContact(manager, { lastName: 'Owner', emailAddress: 'shared@home.example' });
    await newContact(manager, { lastName: 'Also', emails: [{ type: 'home', value: 'shared@home.example' }] });
    const file = 'First name,Last name,E-mail,Job title,Further e-mail addresses\n' +
      'Lea,Further,lea@HOME.example,CTO,new: lea@new.example\nJane,Owner,shared@home.example,,\n' +
      'Max,Made,max@work.example,,home: max@home.example\nMax,Made,max@home.example,CEO,\n';
    for (const counts of [{ updated: 2, created: 1, failed: 1 }, { skipped: 3, failed: 1 }]) {
      const job = await newImport(manager, 'contact', file);
      const { checked } = await ran(manager, job, 'check');
      const done = await ran(manager, job);
      expect([checked, done.counts]).toEqual([counts, counts]);
      expect(await errorsOf(job.id)).toContainEqual([3, 'Two records have the same E-mail (emailAddress)']);
      expect((await manager.get<Contact>(`/api/contacts/${lea.id}`)).body).toMatchObject({
        emailAddress: 'lea@work.example', jobTitle: 'CTO',
        emails: [{ type: 'new', value: 'lea@new.example' }, { type: 'home', value: 'Lea@home.example' }],
      });
      expect(await named('Made')).toMatchObject([{ emailAddress: 'max@work.example', jobTitle: 'CEO' }]);
    }
  });

  it('[CRM-048] several addresses in one cell are read as other programs write them', async () => {
    const file = 'First name,Last name,E-mail,Further e-mail addresses\n' +
      'Eva,Many,eva@many.example,e@many.example; home: e2@many.example\n' +
      'Eva,Odd,odd@many.example,"e@many.example, nobody"\n';
    const job = await newImport(manager, 'contact', file);
    expect((await ran(manager, job)).counts).toEqual({ created: 1, failed: 1 });
    expect((await named('Many'))[0]?.emails)
      .toEqual([{ type: 'other', value: 'e@many.example' }, { type: 'home', value: 'e2@many.example' }]);
    expect(await errorsOf(job.id)).toEqual([[3, expect.stringContaining('Further e-mail addresses (emails)')]]);
  });
});
