import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { connected } from '../../../bin/database-roles.ts';
import { importRows } from '../../../activities/platform/job/import-rows.ts';
import { factsOf, rowsOf } from '../../../activities/platform/job/read-table.ts';
import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import type { JobError } from '../../../domain/platform/job/job.contract.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { holdVerb } from '../../kit/faults/hold-verb.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { jobIs, newImport, ran, uploaded } from '../../kit/job/jobs.fixture.ts';
import type { Listed } from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, sales: Client, accounting: Client;
beforeAll(async () => {
  app = await bootApp();
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [admin, manager] = [await app.as('admin'), await app.as('manager')];
  [sales, accounting] = [await app.as('sales'), await app.as('accounting')];
});
afterAll(() => app?.stop());

const found = async <T>(path: string, query: string): Promise<T[]> =>
  (await manager.get<Listed<T>>(`${path}?pageSize=100&${query}`)).body.items;
const errorsOf = async (id: string): Promise<JobError[]> =>
  (await manager.get<{ items: JobError[] }>(`/api/imports/${id}/errors`)).body.items;
const contentOf = async (job: Job, by = manager): Promise<Response> =>
  fetch(`${app.url}/api/files/${job.resultFileId}/content`, { headers: { Authorization: `Bearer ${by.token}` } });

/** What is written because of a contact that has come, without ids, times and its address. */
async function followed(id: string): Promise<unknown[]> {
  const ask = (sql: string) => inDatabase<object>(app, sql, [id]);
  const rows = await Promise.all([
    ask(`select full_name, account_id, created_by, version, lead_score, status, active from contact where id = $1`),
    ask(`select action, user_id, new_values - '{id,emailAddress,createdAt,updatedAt}'::text[] as said
         from audit_log where record_id = $1::text order by table_name, action`),
    ask(`select name, seq, payload - '{id}'::text[] as said from outbox_event where entity_id = $1 order by id`),
    ask(`select title from search_entry where record_id = $1`),
  ]);
  expect(rows.filter(found => found.length === 0)).toEqual([]);
  return rows;
}

describe('an import', () => {
  const rows = (n: number, sector: string): string =>
    Array.from({ length: n }, (_, i) => `${sector} ${i};Customer;${sector};Yes\n`).join('');

  it('[CRM-113] makes 97 of 100 rows, names the 3 bad ones with reasons, and makes none twice', async () => {
    const bad = 'No type;Nothing;Dairy;Yes\n;Customer;Dairy;Yes\nOdd;Customer;Dairy;perhaps\n';
    const file = `Account name;Account Type;sector;Active\n${rows(97, 'Dairy')}${bad}`;
    const job = await newImport(manager, 'account', file);
    expect(job).toMatchObject({
      status: 'draft',
      file: { delimiter: ';', header: true },
      mapping: { columns: ['accountName', 'accountType', 'sector', 'active'], keys: ['accountName'] },
    });
    const checked = await ran(manager, job, 'check');
    expect(checked.checked).toEqual({ created: 97, failed: 3 });
    expect(await found('/api/accounts', 'filter[sector]=Dairy')).toEqual([]);

    const done = await ran(manager, job);
    expect(done).toMatchObject({ counts: { created: 97, failed: 3 }, done: 100, total: 100, status: 'completed' });
    expect(done.sentence).toBe('Imported 100 of 100 rows');
    expect(await found('/api/accounts', 'filter[sector]=Dairy')).toHaveLength(97);
    const errors = await errorsOf(job.id);
    expect(errors.map(e => e.nth)).toEqual([99, 100, 101]);
    expect(errors.map(e => e.problems[0]!.split(':')[0])).toEqual(
      ['Account type (accountType)', 'Account name (accountName)', 'Active (active)'],
    );

    const again = await newImport(manager, 'account', file);
    expect(again.mapping).toEqual(job.mapping);
    expect((await ran(manager, again)).counts).toEqual({ skipped: 97, failed: 3 });
    expect(await found('/api/accounts', 'filter[sector]=Dairy')).toHaveLength(97);
  });

  it('changes what is there by its key, says when a key hits two, and is undone row by row', async () => {
    await newAccount(manager, { accountName: 'Kept', industry: 'Steel' });
    const touched = await newAccount(manager, { accountName: 'Touched', industry: 'Steel' });
    for (const n of [1, 2]) await newAccount(manager, { accountName: 'Twice', phone: `${n}` });
    const job = await newImport(
      ...[manager, 'account'] as const,
      'accountName,accountType,industry\nkept,Vendor,Glass\nTouched,,Glass\nTwice,,Glass\nNew,Vendor,Glass\n',
    );
    expect((await ran(manager, job)).counts).toEqual({ updated: 2, failed: 1, created: 1 });
    expect((await errorsOf(job.id))[0]!.problems).toEqual(['Two records have the same Account name (accountName)']);
    await manager.patch(`/api/accounts/${touched.id}`, { industry: 'Wood' });

    const undone = await ran(manager, job, 'undo');
    expect([undone.counts, undone.sentence]).toEqual([{ undone: 2, failed: 1 }, 'Took back 3 of 3 rows']);
    const kept = await found<Account>('/api/accounts', 'q=Kept');
    expect(kept.map(a => [a.accountName, a.industry])).toEqual([['Kept', 'Steel']]);
    expect((await found<Account>('/api/accounts', 'q=Touched'))[0]!.industry).toBe('Wood');
    expect(await found('/api/accounts', 'q=New')).toEqual([]);
    expect((await manager.post<ProblemBody>(`/api/imports/${job.id}/undo`)).status).toBe(409);
  });

  it('of one file twice at once makes each row once', async () => {
    const file = `accountName,accountType,sector,active\n${rows(120, 'Twin').replaceAll(';', ',')}`;
    const both = await Promise.all([1, 2].map(() => newImport(manager, 'account', file)));
    const done = await Promise.all(both.map(job => ran(manager, job)));
    expect(done.map(d => (d.counts.created ?? 0) + (d.counts.skipped ?? 0))).toEqual([120, 120]);
    expect((await found<Account>('/api/accounts', 'filter[sector]=Twin&sort=accountName')).length).toBe(100);
    const counted = `select count(*)::int as n from account where sector = 'Twin'`;
    const [count] = await inDatabase<{ n: number }>(app, counted);
    expect(count!.n).toBe(120);
  });

  it('[CRM-034] and who adds the same accounts meanwhile make each once', async () => {
    const names = Array.from({ length: 400 }, () => randomUUID());
    const file = `accountName,accountType,sector\n${names.map(name => `${name},Customer,Meanwhile\n`).join('')}`;
    const sector = 'Meanwhile';
    const adds = async (): Promise<number[]> => {
      const answers = [];
      for (const accountName of names.slice(0, 60))
        answers.push((await manager.post('/api/accounts', { accountName, accountType: 'Customer', sector })).status);
      return answers;
    };
    const imports = newImport(manager, 'account', file).then(job => ran(manager, job));
    const [done, added] = await Promise.all([imports, adds()]);
    expect([done.counts.failed, added.filter(status => status !== 201 && status !== 409)]).toEqual([undefined, []]);
    const twice = `select account_name from account where sector = 'Meanwhile'
      group by account_name having count(*) > 1`;
    expect(await inDatabase(app, twice)).toEqual([]);
  });

  it('[PLT-009] what follows from a contact that comes by import is the same as by the API', async () => {
    await newAccount(manager, { accountName: 'Their vendor', accountType: 'Vendor' });
    const [vendor] = await found<Account>('/api/accounts', 'q=Their vendor');
    const name = { firstName: 'Ada', lastName: 'Berg', suffix: 'Jr.' };
    const byApi = await newContact(manager, { ...name, accountId: vendor!.id, emailAddress: 'ada@api.example' });
    const file = 'First name,Last name,Suffix,Account,E-mail\nAda,Berg,Jr.,Their vendor,ada@import.example\n';
    expect((await ran(manager, await newImport(manager, 'contact', file))).counts).toEqual({ created: 1 });
    const [byImport] = await found<Contact>('/api/contacts', 'q=ada@import.example');
    expect(byImport).toMatchObject({ fullName: byApi.fullName, contactType: 'Vendor', accountId: vendor!.id });
    expect(await followed(byImport!.id)).toEqual(await followed(byApi.id));
  });

  it('[CRM-048] of 500 contacts makes 500 contacts or row errors', async () => {
    await newAccount(manager, { accountName: 'Their employer' });
    const lines = Array.from({ length: 500 }, (_, i) => {
      const employer = i % 50 ? 'Their employer' : 'Nobody knows';
      return `Ann,Number ${i},${employer},(555) 123-${1000 + i},ann${i}@import.example\n`;
    }).join('');
    const job = await newImport(manager, 'contact', `First name,Last name,Account,Mobile,E-mail\n${lines}`);
    const { counts } = await ran(manager, job);
    expect(counts).toEqual({ created: 490, failed: 10 });
    const [one] = await found<Contact>('/api/contacts', 'q=ann7@import.example');
    expect(one).toMatchObject({ accountName: 'Their employer', mobile: '555-123-1007' });
    const followed = `select count(*)::int as n, count(c.score_reasons)::int as scored, count(l.id)::int as linked
      from contact c left join contact_organization l on l.contact_id = c.id and l.account_id = c.account_id
        and l.is_primary and l.deleted_at is null
      where c.email_address like 'ann%@import.example'`;
    expect(await inDatabase(app, followed)).toEqual([{ n: 490, scored: 490, linked: 490 }]);
  });

  it('of 2,000 rows makes each once, with an audit row and an event, and names those that are wrong', async () => {
    const lines = Array.from({ length: 2_000 }, (_, i) => `Steady ${i},${i % 100 ? 'Customer' : 'Nothing'},Steady\n`);
    const twice = [
      ...['Steady 7,Vendor,Steady\n', 'Steady 8,Nothing,Steady\n', `Steady 9,Vendor,${'x'.repeat(101)}\n`],
      'Steady 1999,Vendor,Steady\n',
    ];
    const job = await newImport(manager, 'account', `accountName,accountType,sector\n${[...lines, ...twice].join('')}`);
    const done = await ran(manager, job);
    expect(done).toMatchObject({ counts: { created: 1_980, failed: 22, updated: 2 }, total: 2_004 });
    const written = `select count(*)::int as n, count(distinct account_name)::int as names,
        count(*) filter (where exists (select 1 from audit_log l where l.record_id = a.id::text and action = 'CREATE'
          and verb = 'import-rows'))::int as audited,
        count(*) filter (where exists (select 1 from outbox_event e where e.entity_id = a.id and seq = 1
          and name = 'crm.account.created'))::int as told
      from account a where sector = 'Steady'`;
    expect(await inDatabase(app, written)).toEqual([{ n: 1_980, names: 1_980, audited: 1_980, told: 1_980 }]);
  }, 120_000);

  it('of contacts of whom each is to be the primary one leaves the last of them so, in its order', async () => {
    const { id } = await newAccount(manager, { accountName: 'One voice' });
    const lines = Array.from({ length: 30 }, (_, i) => `Ann,Voice ${i},One voice,Yes\n`).join('');
    const job = await newImport(manager, 'contact', `First name,Last name,Account,Primary contact\n${lines}`);
    expect((await ran(manager, job)).counts).toEqual({ created: 30 });
    const [primary, ...more] = await found<Contact>('/api/contacts', `filter[accountId]=${id}&filter[isPrimary]=true`);
    expect([primary?.lastName, more]).toEqual(['Voice 29', []]);
  });

  it('names a row that holds the header again, and tells columns of one name apart', async () => {
    const header = 'Account name,Account type,Sector,Sector\n';
    const file = `${header}Upper,Customer,Kept,Left\n${header}Lower,Customer,Kept,Left\n`;
    const job = await newImport(manager, 'account', file);
    expect(job.file?.columns).toEqual(['Account name', 'Account type', 'Sector', 'Sector (2)']);
    expect(job.mapping?.columns).toEqual(['accountName', 'accountType', 'sector', null]);
    expect((await ran(manager, job)).counts).toEqual({ created: 2, failed: 1 });
    expect((await errorsOf(job.id)).map(e => [e.nth, e.problems])).toEqual([
      [3, ['row: holds the names of the columns again']],
    ]);
    const names = (await found<Account>('/api/accounts', 'filter[sector]=Kept')).map(a => a.accountName);
    expect(names.sort()).toEqual(['Lower', 'Upper']);
  });

  it('[CRM-113] says of an amount that is none what one looks like', async () => {
    const job = await newImport(manager, 'opportunity', 'Deal name,Amount\nTyped,"1,200.50"\nMistyped,"12,5x"\n');
    expect((await ran(manager, job)).counts).toEqual({ created: 1, failed: 1 });
    expect((await errorsOf(job.id)).map(e => [e.nth, e.problems])).toEqual([
      [3, ['Value (value): must be an amount, such as 1250.50']],
    ]);
    const [sale] = await found<{ value: number }>('/api/opportunities', 'filter[opportunityName]=Typed');
    expect(sale?.value).toBe(120_050);
  });

  it('is refused with the field that is wrong, and changes nothing', async () => {
    const fileId = await uploaded(manager, 'a.csv', 'a,b\n1,2\n');
    const pointers = async (method: 'post' | 'put', path: string, body: object): Promise<unknown[]> => {
      const answer = await manager[method]<ProblemBody>(path, body);
      return [answer.status, answer.body.errors?.map(e => e.pointer)];
    };
    expect(await pointers('post', '/api/files', { name: 'x.csv', size: 200_000_000 })).toEqual([400, ['/size']]);
    expect(await pointers('post', '/api/imports', { record: 'moon', fileId })).toEqual([400, ['/record']]);
    const { body: file } = await manager.post<{ id: string }>('/api/files', { name: 'x.csv', size: 10 });
    expect(await pointers('post', '/api/imports', { record: 'account', fileId: file.id })).toEqual([400, ['/fileId']]);
    const { body: job } = await manager.post<Job>('/api/imports', { record: 'account', fileId });
    const mapping = { header: true, columns: ['accountName', null], keys: [], onMatch: 'upsert' };
    const put = (more: object) => pointers('put', `/api/imports/${job.id}/mapping`, { ...mapping, ...more });
    expect(await put({ columns: ['nothing', null] })).toEqual([400, ['/columns']]);
    expect(await put({ columns: ['phone', 'phone'] })).toEqual([400, ['/columns']]);
    expect(await put({ keys: ['phone'] })).toEqual([400, ['/keys']]);
    expect(await put({ onMatch: 'update' })).toEqual([400, ['/keys']]);
    expect(await put({})).toEqual([200, undefined]);
  });

  it('[CRM-113] says before its start which fields of a new record no column brings', async () => {
    const there = await newAccount(manager, { accountName: 'Only changed' });
    const job = await newImport(manager, 'account', 'Account name,Sector\nOnly changed,Sea\n');
    for (const command of ['check', 'start']) {
      const { status, body } = await manager.post<ProblemBody>(`/api/imports/${job.id}/${command}`);
      expect([status, body.errors?.map(e => [e.pointer, e.code])]).toEqual([400, [['/accountType', 'required']]]);
      expect(body.detail).toBe('No column goes to Account type');
    }
    await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, onMatch: 'update' });
    expect((await ran(manager, job, 'check')).checked).toEqual({ updated: 1 });
    expect((await ran(manager, job)).counts).toEqual({ updated: 1 });
    expect((await manager.get<Account>(`/api/accounts/${there.id}`)).body.sector).toBe('Sea');
  });

  it('[CRM-113] shows the rows that failed apart from those that are left out, however many these are', async () => {
    const known = rows(101, 'Known');
    await ran(manager, await newImport(manager, 'account', `Account name;Account Type;sector;Active\n${known}`));
    const file = `Account name;Account Type;sector;Active\n${known}Wrong;Nothing;Known;Yes\n`;
    const job = await newImport(manager, 'account', file);
    await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, onMatch: 'create' });
    expect((await ran(manager, job, 'check')).checked).toEqual({ skipped: 101, failed: 1 });
    const said = async (query: string): Promise<[number, number | undefined, number | null]> => {
      const { body } = await manager.get<{ items: JobError[]; next: number | null }>(
        `/api/imports/${job.id}/errors?${query}`,
      );
      return [body.items.length, body.items.at(0)?.nth, body.next];
    };
    expect(await said('outcome=failed')).toEqual([1, 103, null]);
    expect([await said('outcome=skipped'), await said('outcome=skipped&after=101')])
      .toEqual([[100, 2, 101], [1, 102, null]]);
    expect([await said(''), await said('after=101')]).toEqual([[100, 2, 101], [2, 102, null]]);
    const { status, body } = await manager.get<ProblemBody>(`/api/jobs/${job.id}/errors?outcome=created`);
    expect([status, body.errors?.map(e => e.pointer)]).toEqual([400, ['?outcome']]);
  });

  it('[CRM-113] reads cells that were corrected after a dry run so, however its rows are read then', async () => {
    const file = 'Account name,Account type,Phone\nRight,Vendor,1\nWrong,Vendr,2\n,Vendor,3\nShort\n';
    const job = await newImport(manager, 'account', file);
    const put = (cells: object[], by = manager) =>
      by.patch<Pick<Job, 'checked'> & Pick<ProblemBody, 'errors'>>(`/api/imports/${job.id}/cells`, { cells });
    expect((await put([{ nth: 2, at: 0, text: 'Early' }])).status).toBe(409);
    expect((await ran(manager, job, 'check')).checked).toEqual({ created: 1, failed: 3 });
    for (const cell of [{ nth: 6, at: 0 }, { nth: 1, at: 0 }, { nth: 2, at: 3 }]) {
      const { status, body } = await put([{ nth: 2, at: 0, text: 'Other' }, { ...cell, text: 'x' }]);
      expect([status, body.errors?.[0]?.pointer]).toEqual([400, '/cells/1']);
    }
    expect((await put([{ nth: 3, at: 1, text: 'Vendor' }], sales)).status).toBe(403);
    expect((await put([{ nth: 3, at: 1, text: 'Vendor' }])).body.checked).toBeNull();
    expect((await errorsOf(job.id)).map(e => e.nth)).toEqual([4, 5]);
    // Its rows are read anew where the first one holds no names, and once more where it does.
    for (const header of [false, true])
      await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, header });
    expect((await ran(manager, job, 'check')).checked).toEqual({ created: 2, failed: 2 });
    await put([{ nth: 4, at: 0, text: 'Named' }, { nth: 5, at: 1, text: 'Customer' }]);
    expect((await ran(manager, job)).counts).toEqual({ created: 4 });
    const made = `select account_name as name, account_type_id is not null as typed, phone from account
      where account_name = any('{Right,Wrong,Named,Short}') order by phone nulls last`;
    expect(await inDatabase(app, made)).toEqual([
      ...['Right', 'Wrong', 'Named'].map((name, n) => ({ name, typed: true, phone: `${n + 1}` })),
      { name: 'Short', typed: true, phone: null },
    ]);
    expect((await put([{ nth: 2, at: 0, text: 'Late' }])).status).toBe(409);
  });

  it('[CRM-113] comes to what its dry run says, where rows build on rows before them', async () => {
    const again = 'Counted 0;Vendor;Counted;Yes\nCounted 1;Customer;Counted;Yes\nCounted 499;Vendor;Counted;Yes\n';
    const twice = `Account name;Account Type;sector;Active\n${rows(500, 'Counted')}${again}${again}`;
    const tree = 'Account name,Account type,Parent account\nRoot,Vendor,\nLimb,Vendor,Root\n' +
      Array.from({ length: 100 }, (_, n) => `Leaf ${n},Vendor,${n % 2 ? 'Root' : 'Limb'}\n`).join('') +
      'Late,Vendor,Limb\nLater,Vendor,Late\nLost,Vendor,Nobody\nRoot,Customer,\n';
    for (const [file, counts] of [
      [twice, { created: 500, updated: 2, skipped: 4 }], [tree, { created: 104, failed: 1, updated: 1 }],
    ] as const) {
      const job = await newImport(manager, 'account', file);
      expect((await ran(manager, job, 'check')).checked).toEqual(counts);
      expect((await ran(manager, job)).counts).toEqual(counts);
    }
    const [late] = await found<Account>('/api/accounts', 'filter[accountName]=Later');
    expect(late?.parentAccountName).toBe('Late');
  });

  it('[CRM-113] by several keys changes whom any of them hits; two that hit two are an error', async () => {
    const [one, two] = [
      await newAccount(manager, { accountName: 'Key one', email: 'one@keys.example' }),
      await newAccount(manager, { accountName: 'Key two', email: 'two@keys.example' }),
    ];
    const file = 'Account name,Account type,E-mail,Industry\nKey one,Vendor,two@keys.example,Glass\n' +
      'Key two,Customer,TWO@keys.example,Steel\nKey 1,Customer,one@keys.example,Wood\n';
    const job = await newImport(manager, 'account', file);
    const put = await manager.put<Job>(`/api/imports/${job.id}/mapping`, {
      ...job.mapping, keys: ['accountName', 'email'],
    });
    expect(put.body.mapping?.keys).toEqual(['accountName', 'email']);
    expect((await ran(manager, job, 'check')).checked).toEqual({ updated: 2, failed: 1 });
    expect((await ran(manager, job)).counts).toEqual({ updated: 2, failed: 1 });
    expect((await errorsOf(job.id)).map(({ nth, problems }) => [nth, problems]))
      .toEqual([[2, ['Account name (accountName) is that of one record, E-mail (email) that of another']]]);
    const now = async ({ id }: Account) => {
      const { accountName, email, industry } = (await manager.get<Account>(`/api/accounts/${id}`)).body;
      return [accountName, email, industry];
    };
    expect([await now(one), await now(two)])
      .toEqual([['Key 1', 'one@keys.example', 'Wood'], ['Key two', 'TWO@keys.example', 'Steel']]);
  });

  it('[CRM-113] without a key tells rows by what they say, or makes each of them new if told to', async () => {
    const branches = 'Hotel Ibis;Customer;Branches\n'.repeat(5);
    const job = await newImport(manager, 'account', `Account name;Account Type;sector\n${branches}`);
    const put = (more: object) =>
      manager.put<Job>(`/api/imports/${job.id}/mapping`, { ...job.mapping, keys: [], ...more });
    expect((await put({})).status).toBe(200);
    expect((await ran(manager, job, 'check')).checked).toEqual({ created: 1, skipped: 4 });
    expect((await put({ eachNew: true })).body).toMatchObject({ alike: true, mapping: { eachNew: true } });
    expect((await ran(manager, job, 'check')).checked).toEqual({ created: 5 });
    expect((await ran(manager, job)).counts).toEqual({ created: 5 });
    expect(await found('/api/accounts', 'filter[sector]=Branches')).toHaveLength(5);
  });

  it('[CRM-114] and bulk changes are for sales management and administrators', async () => {
    for (const by of [sales, accounting]) {
      expect((await by.post('/api/imports', { record: 'account', fileId: manager.userId })).status).toBe(403);
      expect((await by.post('/api/accounts/bulk', { action: 'delete', ids: [manager.userId] })).status).toBe(403);
    }
    for (const by of [manager, admin]) {
      const job = await newImport(by, 'account', 'accountName,accountType\nA,Vendor\n');
      expect((await ran(by, job)).status).toBe('completed');
    }
  });
});

describe('an export', () => {
  it('has the filtered rows as CSV and workbook, without formulas, and is imported again', async () => {
    for (const name of ['=1+1', 'Plain, "quoted"']) await newAccount(manager, { accountName: name, sector: 'Export' });
    await newAccount(manager, { accountName: 'Other', sector: 'Elsewhere' });
    const columns = ['accountName', 'accountType', 'sector', 'owner'];
    const query = { filter: { sector: 'Export' }, sort: 'accountName' };
    const asked = await manager.post<Job>('/api/exports', { record: 'account', format: 'csv', columns, query });
    expect(asked.status).toBe(202);
    const csv = await contentOf(await jobIs(manager, asked.body.id, 'completed'));
    const text = await csv.text();
    expect(text.split('\r\n').slice(0, 3).map(l => l.replace('\uFEFF', '').split(',').slice(0, 1))).toEqual([
      ['Account name'], ["'=1+1"], ['"Plain'],
    ]);
    const workbook = { record: 'account', format: 'xlsx', columns, query };
    const { body: again } = await manager.post<Job>('/api/exports', workbook);
    const book = Buffer.from(await (await contentOf(await jobIs(manager, again.id, 'completed'))).arrayBuffer());
    for (const [name, content] of [['a.csv', Buffer.from(text)], ['a.xlsx', book]] as const) {
      const back = await newImport(manager, 'account', content, name);
      expect(back.mapping?.columns).toEqual(['accountName', 'accountType', 'sector', 'accountOwner']);
      expect((await ran(manager, back)).counts).toEqual({ skipped: 2 });
    }
    const { body: notes } = await manager.get<Listed<{ referenceId: string }>>('/api/notifications?pageSize=100');
    expect(notes.items.map(n => n.referenceId)).toContain(again.id);
  });

  it('[CRM-049] of contacts has the filtered rows, in both formats', async () => {
    for (const n of [1, 2])
      await newContact(manager, { lastName: `Filed ${n}`, department: 'Archive', source: 'Fair' });
    await newContact(manager, { lastName: 'Elsewhere', source: 'Phone' });
    for (const format of ['csv', 'xlsx']) {
      const query = { filter: { source: 'Fair' }, sort: 'lastName' };
      const asked = { record: 'contact', format, columns: ['fullName', 'department', 'source'], query };
      const { body } = await manager.post<Job>('/api/exports', asked);
      const bytes = Buffer.from(await (await contentOf(await jobIs(manager, body.id, 'completed'))).arrayBuffer());
      expect(await rowsOf(bytes, await factsOf(bytes))).toEqual([
        ['Full name', 'Department', 'Source'],
        ['Jane Filed 1', 'Archive', 'Fair'],
        ['Jane Filed 2', 'Archive', 'Fair'],
      ]);
    }
  });

  it('[CRM-116] is refused to salespersons and accounting, and the refusal is in the audit log', async () => {
    for (const by of [sales, accounting]) {
      expect((await by.get('/api/exports')).status).toBe(403);
      expect((await by.post('/api/exports', { record: 'account', format: 'csv' })).status).toBe(403);
      const denied = await inDatabase(
        app,
        `select 1 from audit_log
         where action = 'ACCESS_DENIED' and user_id = $1 and new_values::text like '%exports%'`,
        [by.userId],
      );
      expect(denied.length).toBeGreaterThan(0);
    }
  });

  it('is read by who asked for it, and by administrators', async () => {
    const { body } = await manager.post<Job>('/api/exports', { record: 'contact', format: 'csv' });
    const job = await jobIs(manager, body.id, 'completed');
    expect((await contentOf(job)).status).toBe(200);
    expect((await contentOf(job, admin)).status).toBe(200);
    expect((await contentOf(job, sales)).status).toBe(403);
  });
});

describe('the roles', () => {
  it('[PLT-032] sales management does all with all accounts, and does not read the audit log', async () => {
    const theirs = await newAccount(sales, { industry: 'Ruled' });
    const at = `/api/accounts/${theirs.id}`;
    expect((await found<Account>('/api/accounts', 'filter[industry]=Ruled')).map(a => a.id)).toEqual([theirs.id]);
    expect((await manager.patch(at, { sector: 'Any' })).status).toBe(200);
    expect((await manager.patch(at, { accountOwner: admin.userId })).status).toBe(200);
    expect((await manager.delete(at)).status).toBe(204);
    expect((await manager.post(`${at}/restore`)).status).toBe(200);
    const asked = await manager.post<Job>('/api/exports', { record: 'account', format: 'csv' });
    const exported = await contentOf(await jobIs(manager, asked.body.id, 'completed'));
    expect([exported.status, await exported.text()]).toEqual([200, expect.stringContaining(theirs.accountName)]);
    const job = await newImport(manager, 'account', `Account name,Sector\n${theirs.accountName},Other\n`);
    await manager.put(`/api/imports/${job.id}/mapping`, { ...job.mapping, onMatch: 'update' });
    expect((await ran(manager, job)).counts).toEqual({ updated: 1 });
    const bulk = { action: 'reassign', ids: [theirs.id], ownerId: manager.userId };
    const { body } = await manager.post<Job>('/api/accounts/bulk', bulk);
    expect((await jobIs(manager, body.id, 'completed')).counts).toEqual({ updated: 1 });
    expect((await manager.get('/api/admin/audit-logs')).status).toBe(403);
  });
});

describe('a bulk change', () => {
  it('[CRM-023] reassigns what was chosen, for management and administrators, and nothing for others', async () => {
    const mine = await newAccount(sales);
    const ids = [mine.id, (await newAccount(manager)).id];
    const at = `/api/accounts/${mine.id}`;
    const reassign = (ownerId: string): object => ({ action: 'reassign', ids, ownerId });
    for (const by of [sales, accounting, await app.as('readonly')]) {
      for (const field of ['accountOwner', 'ownerId'])
        expect((await by.patch(at, { [field]: manager.userId })).status).toBe(403);
      expect((await by.post('/api/accounts/bulk', reassign(admin.userId))).status).toBe(403);
    }
    const owners = async (): Promise<unknown[]> =>
      (await inDatabase<{ of: string }>(app, 'select account_owner as of from account where id = any($1)', [ids]))
        .map(row => row.of);
    expect(new Set(await owners())).toEqual(new Set([sales.userId, manager.userId]));
    for (const [by, to] of [[manager, admin], [admin, sales], [await app.as('superadmin'), manager]] as const) {
      const one = await by.patch<Account>(at, { accountOwner: to.userId });
      expect([one.status, one.body.accountOwner]).toEqual([200, to.userId]);
      const { body } = await by.post<Job>('/api/accounts/bulk', reassign(to.userId));
      await jobIs(by, body.id, 'completed');
      expect(await owners()).toEqual(Array(2).fill(to.userId));
    }
  });

  it('[CRM-118] reassigns 20 accounts in one job, with 20 rows in the audit log', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, () => newAccount(manager)));
    const ids = [...made.map(a => a.id), manager.userId];
    const reassign = { action: 'reassign', ids, ownerId: sales.userId };
    const { status, body } = await manager.post<Job>('/api/accounts/bulk', reassign);
    expect(status).toBe(202);
    const job = await jobIs(manager, body.id, 'completed');
    expect(job.counts).toEqual({ updated: 20, failed: 1 });
    expect((await errorsOf(job.id)).map(e => [e.nth, e.problems])).toEqual([[21, ['Record not found']]]);
    const audits = await inDatabase<{ by: string }>(
      app,
      `select user_id as by from audit_log
       where record_id = any($1) and action = 'UPDATE' and table_name = 'account'`,
      [ids],
    );
    expect(audits.map(a => a.by)).toEqual(Array(20).fill(manager.userId));
    const edit = { action: 'update', ids, fields: { industry: 'Rail' } };
    const edited = await manager.post<Job>('/api/accounts/bulk', edit);
    expect((await jobIs(manager, edited.body.id, 'completed')).counts).toEqual({ updated: 20, failed: 1 });
    const gone = await manager.post<Job>('/api/accounts/bulk', { action: 'delete', ids });
    expect((await jobIs(manager, gone.body.id, 'completed')).counts).toEqual({ deleted: 20, failed: 1 });
  });

  it('is refused where no row could take it', async () => {
    const { id } = await newContact(manager);
    const refused = async (path: string, body: object): Promise<unknown> => {
      const answer = await manager.post<ProblemBody>(path, { ids: [id], ...body });
      return [answer.status, answer.body.errors?.map(e => e.pointer)];
    };
    const reassign = { action: 'reassign', ownerId: sales.userId };
    expect(await refused('/api/contacts/bulk', reassign)).toEqual([400, ['/action']]);
    expect(await refused('/api/accounts/bulk', { action: 'reassign' })).toEqual([400, ['/ownerId']]);
    for (const fields of [{ moon: 1 }, { status: 'odd' }])
      expect(await refused('/api/accounts/bulk', { action: 'update', fields })).toEqual([400, ['/fields']]);
  });
});

describe('a job', () => {
  it('[CRM-119] says its status and progress under each of its names', async () => {
    const job = await newImport(manager, 'account', 'accountName,accountType\nAsked,Customer\n');
    await ran(manager, job);
    const { body: file } = await manager.post<Job>('/api/exports', { record: 'contact', format: 'csv' });
    const { body: bulk } = await manager.post<Job>('/api/contacts/bulk', { action: 'delete', ids: [manager.userId] });
    for (const path of [`imports/${job.id}`, `exports/${file.id}`, `jobs/${bulk.id}`]) {
      await jobIs(manager, path.split('/')[1]!, 'completed');
      const { status, body } = await manager.get<Job>(`/api/${path}`);
      expect([status, body.status, body.done]).toEqual([200, 'completed', body.total]);
    }
    expect((await manager.get(`/api/imports/${job.id}/errors`)).body).toEqual({ items: [], next: null });
  });

  const total = 700,
    heldAt = 100;
  const workedOn = (id: string): Promise<{ rows: number; last: number }[]> =>
    inDatabase(app, `select count(*)::int as rows, max(nth) as last from job_row
      where job_id = $1 and record_id is not null`, [id]);
  /**
   * Told so in the middle of a step, to be cancelled after a dry run whose last row failed: somebody holds an account
   * that a row of it changes. The next step does not begin before the answer is there.
   */
  async function interruptedBy(command: 'pause' | 'cancel', word: string): Promise<Job> {
    const { id: heldId } = await newAccount(manager, { accountName: `${word} ${heldAt}`, sector: 'Before' });
    const tried = command === 'cancel';
    const type = (i: number): string => (tried && i === total - 1 ? 'Nothing' : 'Customer');
    const lines = Array.from({ length: total }, (_, i) => `${word} ${i},${type(i)},After\n`).join('');
    const job = await newImport(manager, 'account', `accountName,accountType,sector\n${lines}`);
    if (tried) expect((await ran(manager, job, 'check')).checked?.failed).toBe(1);
    const isBehind = async ({ jobId }: { jobId?: string }): Promise<boolean> =>
      jobId === job.id && (await workedOn(job.id))[0]!.rows > 0;
    const letGo = holdVerb(importRows, input => isBehind(input as { jobId?: string }));
    const holder = await connected(app.database.ownerUrl);
    try {
      await holder.query('begin');
      await holder.query('select 1 from account where id = $1 for update', [heldId]);
      await manager.post(`/api/imports/${job.id}/start`);
      const waiting = (n: number) => async (): Promise<boolean> => (await inDatabase(app, `select distinct pid
        from pg_locks join pg_stat_activity using (pid)
        where not granted and datname = current_database()`)).length >= n;
      await until('a row is waited for', waiting(1), 60_000);
      const told = manager.post<Job>(`/api/jobs/${job.id}/${command}`);
      await until('so is the job', waiting(2), 60_000);
      await holder.query('commit');
      expect((await told).status).toBe(200);
    } finally {
      letGo();
      await holder.end();
    }
    await app.settled();
    return (await manager.get<Job>(`/api/jobs/${job.id}`)).body;
  }

  it('is paused in the middle, and resumed at the row behind', async () => {
    const { id, done, status } = await interruptedBy('pause', 'Paused');
    expect([status, done > heldAt, done < total]).toEqual(['paused', true, true]);
    // The first row of the file holds the names of its columns.
    expect(await workedOn(id)).toEqual([{ rows: done, last: done + 1 }]);
    expect((await manager.post(`/api/jobs/${id}/pause`)).status).toBe(409);
    await manager.post(`/api/jobs/${id}/resume`);
    expect((await jobIs(manager, id, 'completed')).counts).toEqual({ created: total - 1, updated: 1 });
    // Had it begun anew, the rows before would have found what they made, and changed it.
    const [made] = await inDatabase(app, `select count(*)::int as n, count(distinct account_name)::int as names,
      max(version) filter (where account_name <> $1) as version from account where account_name like 'Paused %'`,
    [`Paused ${heldAt}`]);
    expect(made).toEqual({ n: total, names: total, version: 1 });
    expect((await manager.post(`/api/jobs/${id}/cancel`)).status).toBe(409);
  });

  it('is cancelled in the middle, and what it did until then is taken back', async () => {
    const job = await interruptedBy('cancel', 'Stopped');
    expect([job.status, job.done > heldAt, job.done < total]).toEqual(['cancelled', true, true]);
    expect(job.counts).toEqual({ created: job.done - 1, updated: 1 });
    expect((await manager.post(`/api/jobs/${job.id}/resume`)).status).toBe(409);
    expect(await errorsOf(job.id)).toEqual([]);
    expect(await ran(manager, job, 'undo')).toMatchObject({ counts: { undone: job.done }, total: job.done });
    expect(await errorsOf(job.id)).toEqual([]);
    const left = await found<Account>('/api/accounts', 'q=Stopped');
    expect(left.map(a => [a.accountName, a.sector])).toEqual([[`Stopped ${heldAt}`, 'Before']]);
  });

  it('that has not begun is cancelled, and never begins', async () => {
    const other = await newImport(manager, 'account', 'accountName,accountType\nNever,Customer\n');
    expect((await manager.post<Job>(`/api/jobs/${other.id}/cancel`)).body.status).toBe('cancelled');
    for (const command of ['start', 'undo'])
      expect([command, (await manager.post(`/api/imports/${other.id}/${command}`)).status]).toEqual([command, 409]);
  });
});
