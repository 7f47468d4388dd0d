import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Account } from '../../../domain/crm/account.ts';
import type { Contact } from '../../../domain/crm/contact.ts';
import { zipSync } from 'fflate';
import { catalogued } from '../../../api/catalogued.ts';
import { jobRecords } from '../../../activities/job-records.ts';
import { exportColumnsOf } from '../../../activities/platform/job/job-record.ts';
import { connected } from '../../../bin/database-roles.ts';
import { bulkActions } from '../../../domain/platform/job/job.contract.ts';
import type { Pov } from '../../../domain/pov/pov.ts';
import type { Job, JobType } from '../../../domain/platform/job/job.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import { client, type Client, type ProblemBody } from '../../kit/client.ts';
import { newAccount, newContact, withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { jobIs, newImport, ran, uploaded } from '../../kit/job/jobs.fixture.ts';
import { allKinds, kindSamples, named, type KindSample } from '../../kit/job/job-kinds.fixture.ts';
import { newPov, type Listed } from '../../kit/pov.fixture.ts';

let app: App, admin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  app = await bootApp();
  await withAccountTypes(app.tenant.id);
  await withStages(app.tenant.id);
  [admin, manager, sales] = [await app.as('admin'), await app.as('manager'), await app.as('sales')];
});
afterAll(() => app?.stop());

interface Note {
  referenceId: string;
  body: string;
}
const pointers = async (path: string, body: object, by = manager): Promise<unknown[]> => {
  const answer = await by.post<ProblemBody>(path, body);
  return [answer.status, answer.body.errors?.map(e => e.pointer)];
};
const done = async (answer: { status: number; body: Job }, by = manager): Promise<Job> => {
  expect([answer.status, answer.body]).toMatchObject([202, {}]);
  return jobIs(by, answer.body.id, 'completed', 'failed');
};
const csvOf = async (record: string, query: object, columns?: string[]): Promise<string> => {
  const job = await done(await manager.post<Job>('/api/exports', { record, format: 'csv', query, columns }));
  const headers = { Authorization: `Bearer ${manager.token}` };
  return (await fetch(`${app.url}/api/files/${job.resultFileId}/content`, { headers })).text();
};
const bulk = async (records: string, body: object, by = manager): Promise<Job> =>
  done(await by.post<Job>(`/api/${records}/bulk`, body), by);
const undone = async (job: Job): Promise<Job> => {
  const answer = await manager.post<Job>(`/api/jobs/${job.id}/undo`);
  expect(answer.status).toBe(200);
  return jobIs(manager, job.id, 'completed', 'failed');
};
const all = async <T>(path: string, query: string): Promise<T[]> =>
  (await manager.get<Listed<T>>(`${path}?pageSize=100&${query}`)).body.items;

describe('a change of all that fit', () => {
  it('is of those that fit when it was asked for, by search, chips and conditions, and is taken back', async () => {
    for (const n of [1, 2, 3]) await newAccount(manager, { accountName: `Matched ${n}`, sector: 'Wool' });
    await newAccount(manager, { accountName: 'Matched not', sector: 'Silk' });
    const where = JSON.stringify({ any: [{ field: 'sector', op: 'eq', value: 'Wool' }] });
    const matching = { q: 'Matched', filter: { active: 'true' }, where };
    const job = await bulk('accounts', { action: 'update', fields: { industry: 'Mill' }, matching, count: 3 });
    expect(job).toMatchObject({ total: 3, counts: { updated: 3 }, title: 'Change of 3 accounts' });
    expect((await all<Account>('/api/accounts', 'filter[industry]=Mill')).map(a => a.sector)).toEqual(
      ['Wool', 'Wool', 'Wool'],
    );
    const [touched] = await all<Account>('/api/accounts', 'filter[industry]=Mill');
    await manager.patch(`/api/accounts/${touched!.id}`, { phone: '1' });
    expect((await undone(job)).counts).toEqual({ undone: 2, failed: 1 });
    expect((await all<Account>('/api/accounts', 'filter[industry]=Mill')).map(a => a.id)).toEqual([touched!.id]);
  });

  it('is taken back also where its process is about to close', async () => {
    const { id: account } = await newAccount(manager, { accountName: 'Closing' });
    const job = await bulk('accounts', { action: 'update', fields: { industry: 'Late' }, ids: [account] });
    const process = async (): Promise<string> => (await inDatabase<{ status: string }>(
      app, 'select status from process where entity_id = $1', [job.id]))[0]!.status;
    await app.engine.client.workflow.getHandle(`job-${job.id}`).result();
    // As if its last look had the stream, and had not written yet.
    const look = await connected(app.database.ownerUrl);
    try {
      await look.query('begin');
      await look.query('select seq from stream where entity_id = $1 for update', [job.id]);
      await inDatabase(app, `update process set status = 'waiting', closed_at = null where entity_id = $1`, [job.id]);
      const undo = undone(job);
      const { rows: [me] } = await look.query<{ pid: number }>('select pg_backend_pid() as pid');
      const waits = 'select 1 from pg_stat_activity where $1 = any(pg_blocking_pids(pid))';
      await until('it waits for the look', async () => (await look.query(waits, [me!.pid])).rows.length > 0);
      await look.query(`update process set status = 'closed', closed_at = now() where entity_id = $1`, [job.id]);
      await look.query('commit');
      expect((await undo).counts).toEqual({ undone: 1 });
      await until('it has closed again', async () => (await process()) === 'closed');
    } finally {
      await look.end();
    }
  });

  it('is refused where others fit by now, where nothing does, and where it cannot be asked', async () => {
    const ask = { action: 'delete', matching: { q: 'Matched not' } };
    const { status, body } = await manager.post<ProblemBody>('/api/accounts/bulk', { ...ask, count: 7 });
    expect([status, body.detail]).toEqual([409, '1 accounts fit by now, not 7: look at them again']);
    const refused = (body: object) => pointers('/api/accounts/bulk', { action: 'delete', ...body });
    expect(await refused({ matching: { q: 'Nothing like this' } })).toEqual([400, ['/matching']]);
    expect(await refused({ matching: { filter: { moon: '1' } } })).toEqual([400, ['/matching/filter[moon]']]);
    expect(await refused({ matching: { where: '{"field":"moon"}' } })).toEqual([400, ['/matching/where']]);
    expect(await refused({})).toEqual([400, ['/ids']]);
    expect(await refused({ ids: [sales.userId], matching: {} })).toEqual([400, ['/ids']]);
    expect(await all('/api/accounts', 'q=Matched not')).toHaveLength(1);
  });

  it('gives them a value of a custom field, refused where no row could take it, and takes it back', async () => {
    const field = { recordType: 'account', label: 'Region', type: 'select', options: ['North', 'South'] };
    const { status, body: { id } } = await admin.post<{ id: string }>('/api/custom-fields', field);
    expect(status).toBe(201);
    const one = await newAccount(manager, { accountName: 'Regional', customFields: { region: 'South' } });
    const ask = (region: string) => ({ action: 'update', ids: [one.id], fields: { customFields: { region } } });
    expect(await pointers('/api/accounts/bulk', ask('West'))).toEqual([400, ['/fields/customFields/region']]);
    const job = await bulk('accounts', ask('North'));
    expect(job.counts).toEqual({ updated: 1 });
    expect((await all<Account>('/api/accounts', 'filter[customFields.region]=North')).map(a => a.id)).toEqual([one.id]);
    expect((await undone(job)).counts).toEqual({ undone: 1 });
    expect((await all<Account>('/api/accounts', 'filter[customFields.region]=South')).map(a => a.id)).toEqual([one.id]);
    await admin.patch(`/api/custom-fields/${id}`, { active: false, version: 1 });
  });

  it('deletes, tags, puts into a group, and takes each of them back', async () => {
    const newOne = (n: string) => newContact(manager, { lastName: `Bulk ${n}`, tags: ['old'] });
    const ids = [(await newOne('A')).id, (await newOne('B')).id];
    const tagged = await bulk('contacts', { action: 'tag', ids, tags: ['old', 'fair'] });
    const tags = async () => (await all<Contact>('/api/contacts', 'q=Bulk')).map(c => c.tags);
    expect(await tags()).toEqual([['old', 'fair'], ['old', 'fair']]);
    await undone(tagged);
    expect(await tags()).toEqual([['old'], ['old']]);

    const { body: group } = await manager.post<{ id: string }>('/api/groups', { groupName: 'Bulk' });
    const path = `/api/groups/${group.id}/members`;
    const members = async () => (await manager.get<Listed<object>>(path)).body.items.length;
    await manager.post(path, { contactId: ids[0] });
    const grouped = await bulk('contacts', { action: 'group', ids, groupId: group.id });
    expect([grouped.counts, await members()]).toEqual([{ updated: 1, skipped: 1 }, 2]);
    expect([(await undone(grouped)).counts, await members()]).toEqual([{ undone: 1 }, 1]);

    const deleted = await bulk('contacts', { action: 'delete', ids });
    expect(await tags()).toEqual([]);
    await undone(deleted);
    expect(await tags()).toHaveLength(2);
    const refused = (more: object) => pointers('/api/contacts/bulk', { ids, ...more });
    expect(await refused({ action: 'tag' })).toEqual([400, ['/tags']]);
    expect(await refused({ action: 'group' })).toEqual([400, ['/groupId']]);
    expect((await refused({ action: 'group', groupId: sales.userId }))[0]).toBe(404);
    expect(await pointers('/api/accounts/bulk', { action: 'tag', ids, tags: ['a'] })).toEqual([400, ['/action']]);
  });
});

describe('a job asked for by an API key', () => {
  it('does no more than the key may, and nothing once the key is revoked', async () => {
    const permissions = ['bulk:create', 'job:read', 'account:read', 'account:update'].map(name => {
      const [subject, action] = name.split(':');
      return { subject, action, scope: name === 'account:update' ? 'own' : 'all' };
    });
    await admin.post('/api/admin/roles', { code: 'NARROW', name: 'Narrow', permissions });
    const { body: key } = await admin.post<{ id: string; key: string }>('/api/api-keys', { name: 'K', role: 'NARROW' });
    const robot = client(app.url, { Authorization: `Bearer ${key.key}` });
    const ids = [(await newAccount(admin)).id, (await newAccount(sales)).id];
    const change = { ids, action: 'update', fields: { industry: 'Narrow' } };
    expect((await bulk('accounts', change, robot)).counts).toEqual({ updated: 1, failed: 1 });
    expect((await bulk('accounts', { ids, action: 'delete' }, robot)).counts).toEqual({ failed: 2 });

    const { body: paused } = await robot.post<Job>('/api/accounts/bulk', { ...change, fields: { industry: 'Late' } });
    await inDatabase(app, `update job set status = 'pending', done = 0, round = round + 1 where id = $1`, [paused.id]);
    await admin.delete(`/api/api-keys/${key.id}`);
    await admin.post('/api/jobs/process');
    expect(await jobIs(admin, paused.id, 'failed')).toMatchObject({
      problem: 'The API key by which it was asked for is valid no more',
    });
  });
});

describe('jobs of any type', () => {
  it('[PLT-086] are listed, asked for, read, tried again and cancelled', async () => {
    const { body: job } = await manager.post<Job>('/api/jobs', {
      type: 'export', payload: { record: 'account', format: 'csv' },
    });
    await jobIs(manager, job.id, 'completed');
    expect((await all<Job>('/api/jobs', '')).map(j => j.id)).toContain(job.id);
    expect((await manager.post(`/api/jobs/${job.id}/cancel`)).status).toBe(409);
    expect((await manager.post(`/api/jobs/${job.id}/retry`)).status).toBe(409);
    await inDatabase(app, `update job set status = 'failed', attempts = 3, problem = 'No' where id = $1`, [job.id]);
    const again = await manager.post<Job>(`/api/jobs/${job.id}/retry`);
    expect([again.status, again.body.error]).toEqual([200, null]);
    const [kept] = await inDatabase<{ status: string; attempts: number }>(
      app,
      `select new_values->>'status' as status, (new_values->>'attempts')::int as attempts from audit_log
       where record_id = $1 and verb = 'ask-job' order by recorded_at desc limit 1`,
      [job.id],
    );
    expect(kept).toEqual({ status: 'pending', attempts: 0 });
    await jobIs(manager, job.id, 'completed');
  });

  it('of an unknown type are refused, others with the field of the payload that is wrong', async () => {
    const ask = (type: string, payload: object, by = manager) => pointers('/api/jobs', { type, payload }, by);
    expect(await ask('moon_landing', {})).toEqual([400, ['/type']]);
    expect(await ask('export', { record: 'account', format: 'pdf' })).toEqual([400, ['/payload/format']]);
    expect(await ask('account_type_update', { accountId: 'x' })).toEqual([400, ['/payload/accountId']]);
    const { id } = await newAccount(manager);
    const moon = { accountId: id, accountType: 'Moon' };
    expect(await ask('account_type_update', moon)).toEqual([400, ['/payload/accountType']]);
    expect((await ask('export', { record: 'account', format: 'csv' }, sales))[0]).toBe(403);
  });

  it('[PLT-087] each do their work with a sample of what they want; an unknown one is refused', async () => {
    const file = 'accountName,accountType\nBy a job,Customer\n';
    const { id } = await newAccount(manager);
    const withPicture = zipSync({ 'xl/media/image1.png': Buffer.from('\x89PNG\r\n\x1a\n', 'latin1') });
    for (const [type, payload] of Object.entries({
      import: { record: 'account', fileId: await uploaded(manager, 'a.csv', file) },
      export: { record: 'contact', format: 'xlsx' },
      bulk: { record: 'account', action: 'update', ids: [id], fields: { industry: 'Jobs' } },
      account_type_update: { accountId: id, accountType: 'Vendor' },
      image_extraction: { fileId: await uploaded(manager, 'a.xlsx', Buffer.from(withPicture)) },
      pdf: { record: 'account', columns: ['accountName', 'industry'], query: { sort: 'accountName' } },
      report: { record: 'contact', groupBy: 'jobTitle', sums: ['leadScore'], format: 'csv' },
    } satisfies Record<JobType, object>)) {
      const job = await done(await manager.post<Job>('/api/jobs', { type, payload }));
      expect(job).toMatchObject({ type, status: 'completed', workflowId: `job-${job.id}`, attempts: 1, error: null });
      expect(job.result).toMatchObject({ rows: job.done });
    }
    expect(await all('/api/accounts', 'q=By a job')).toHaveLength(1);
    expect(await pointers('/api/jobs', { type: 'moon_landing', payload: {} }, manager)).toEqual([400, ['/type']]);
  });

  it('[PLT-088] an account becomes another type, by one of them or a change, and its 500 contacts follow', async () => {
    const { id } = await newAccount(manager, { accountType: 'Customer' });
    await inDatabase(
      app,
      `insert into contact (id, tenant_id, created_at, updated_at, account_id, first_name, last_name, full_name)
       select uuidv7(), tenant_id, now(), now(), id, 'P', n::text, 'P ' || n from account, generate_series(1, 500) n
       where id = $1`,
      [id],
    );
    const payload = { accountId: id, accountType: 'Vendor' };
    const job = await done(await manager.post<Job>('/api/jobs', { type: 'account_type_update', payload }));
    expect(job.result).toMatchObject({ accountType: 'Vendor', contacts: 500 });
    const are = async (type: string): Promise<number> => {
      const query = `filter[accountId]=${id}&filter[contactType]=${type}`;
      return (await manager.get<{ total: number }>(`/api/contacts?${query}`)).body.total;
    };
    expect(await are('Vendor')).toBe(500);
    expect((await manager.patch(`/api/accounts/${id}`, { accountType: 'Distributor' })).status).toBe(200);
    expect([await are('Vendor'), await are('Distributor')]).toEqual([0, 500]);
  });

  it('[PLT-084] one that always fails is tried three times, then failed with the error', async () => {
    const { id } = await newAccount(manager, { accountName: 'Cursed' });
    await inDatabase(app, `create function cursed() returns trigger language plpgsql as $$
      begin raise exception 'A secret of the house' using errcode = 'XX000'; end $$`);
    await inDatabase(app, `create trigger cursed before update on account for each row
      when (old.account_name = 'Cursed') execute function cursed()`);
    const payload = { accountId: id, accountType: 'Vendor' };
    const job = await done(await manager.post<Job>('/api/jobs', { type: 'account_type_update', payload }));
    expect(job).toMatchObject({ status: 'failed', attempts: 3, maxAttempts: 3 });
    expect(job.error).toMatch(/^A fault of the product/);
    expect(job.error).not.toContain('secret');
    await inDatabase(app, 'drop trigger cursed on account');
    await manager.post(`/api/jobs/${job.id}/retry`);
    expect(await jobIs(manager, job.id, 'completed', 'failed')).toMatchObject({ status: 'completed', attempts: 1 });
  });
});

describe('a job that writes', () => {
  const picture = Buffer.from('\x89PNG\r\n\x1a\nshown', 'latin1');
  const ask = async (type: JobType, payload: object): Promise<Job> =>
    done(await manager.post<Job>('/api/jobs', { type, payload }));
  const content = async (id: string): Promise<Buffer> => {
    const headers = { Authorization: `Bearer ${manager.token}` };
    return Buffer.from(await (await fetch(`${app.url}/api/files/${id}/content`, { headers })).arrayBuffer());
  };

  it('a report counts and adds up by a field, what its asker may read', async () => {
    const ids: string[] = [];
    for (const jobTitle of ['Buyer', 'Cook', 'Buyer']) ids.push((await newContact(manager, { jobTitle })).id);
    await inDatabase(app, `update contact set lead_score = case id when $1 then 5 else 2 end where id = any($2)`, [
      ids[0], ids,
    ]);
    const query = { filter: { id: { in: ids } } };
    const asked = { record: 'contact', groupBy: 'jobTitle', sums: ['leadScore'], query };
    const job = await ask('report', { ...asked, format: 'csv' });
    expect(job.result).toMatchObject({ rows: 3, groups: 2 });
    expect((await content(job.resultFileId!)).toString().replace('\uFEFF', '').split('\r\n')).toEqual([
      'Job title,Count,Sum of Lead score', 'Buyer,2,7', 'Cook,1,2', 'Total,3,9', '',
    ]);
    const sheet = await ask('report', { ...asked, format: 'xlsx' });
    expect((await content(sheet.resultFileId!)).subarray(0, 2).toString()).toBe('PK');
  });

  it('a PDF shows a list, or one record, with any letters', async () => {
    const { id } = await newAccount(manager, { accountName: 'Żółw & Ørsted' });
    const list = await ask('pdf', { record: 'account', query: { q: 'Żółw' } });
    const one = await ask('pdf', { record: 'account', id });
    for (const { resultFileId, done: rows } of [list, one]) {
      const bytes = await content(resultFileId!);
      expect([rows, bytes.subarray(0, 5).toString(), bytes.includes('DejaVuSans')]).toEqual([1, '%PDF-', true]);
    }
    await manager.delete(`/api/accounts/${id}`);
    expect(await ask('pdf', { record: 'account', id })).toMatchObject({
      status: 'failed', problem: 'The account is not there any more',
    });
  });

  it('pictures of a file become files of their own', async () => {
    const bytes = Buffer.from(zipSync({ 'word/media/image1.png': picture, 'word/document.xml': Buffer.from('<w/>') }));
    const job = await ask('image_extraction', { fileId: await uploaded(manager, 'a.docx', bytes) });
    const [file] = (job.result as { files: { id: string; name: string }[] }).files;
    expect([file!.name, (await content(file!.id)).equals(picture)]).toEqual(['image-1.png', true]);
    const text = await ask('image_extraction', { fileId: await uploaded(manager, 'a.txt', 'Hello') });
    expect(text).toMatchObject({ status: 'failed', problem: 'is neither a PDF nor an office file' });
  });

  it.each<[JobType, object, string]>([
    ['report', { record: 'account', groupBy: 'moon', format: 'csv' }, '/payload/groupBy'],
    ['report', { record: 'account', groupBy: 'industry', sums: ['accountName'], format: 'csv' }, '/payload/sums'],
    ['report', { record: 'moon', groupBy: 'industry', format: 'csv' }, '/payload/record'],
    ['pdf', { record: 'account', columns: ['moon'] }, '/payload/columns'],
    ['pdf', { record: 'account', query: { sort: 'moon' } }, '/payload/query/sort'],
    ['pdf', { record: 'account', id: 'x' }, '/payload/id'],
    ['image_extraction', { fileId: '018f3c1e-7f6a-7c54-9b0e-0d3c6e1f2a01' }, '/payload/fileId'],
  ])('is refused with the field where it cannot be: %s %j', async (type, payload, pointer) => {
    expect(await pointers('/api/jobs', { type, payload })).toEqual([400, [pointer]]);
  });
});

/** Of each kind its list has one of them. */
describe('each kind of record', () => {
  const failures = async (job: Job): Promise<unknown> =>
    (await manager.get<{ items: unknown[] }>(`/api/jobs/${job.id}/errors`)).body.items;
  type Row = Record<string, unknown> & { id: string };

  /** The life of one of them, as jobs make it: what each said, and how its list has it then. */
  async function walked({ kind: { name, path, bulk: actions }, file, fields }: KindSample) {
    const row = async (): Promise<Row | undefined> =>
      (await all<Row>(path, 'sort=-createdAt')).find(each => JSON.stringify(each).includes('Kinds'));
    const imported = await ran(manager, await newImport(manager, name, file));
    expect([name, imported.counts, await failures(imported)]).toEqual([name, { created: 1 }, []]);
    const made = (await row())!;
    const exported = await csvOf(name, { filter: { id: { in: [made.id] } } });
    const again = await ran(manager, await newImport(manager, name, exported));
    const job = async (more: object): Promise<Job> =>
      done(await manager.post<Job>(`${path}/bulk`, { ids: [made.id], ...more }));
    const change = await job({ action: 'update', fields });
    const changed = await row();
    const back = await undone(change);
    const now = await row();
    const given = actions.includes('reassign') ? await job({ action: 'reassign', ownerId: admin.userId }) : null;
    const gone = await job({ action: 'delete' });
    const counts = [again, change, back, given, gone].map(each => each?.counts ?? null);
    return { made, counts, failed: await failures(back), changed, now, left: await row() };
  }
  const bare = ({ version: _, updatedAt: _at, ...fields }: Row): object => fields;

  it('[CRM-113] [CRM-118] is imported, exported, imported again, changed, taken back and deleted', async () => {
    const [principal, distributor] = named;
    await newAccount(manager, { accountName: principal, isPrincipal: true });
    await newAccount(manager, { accountName: distributor, isDistributor: true });
    await Promise.all(kindSamples.map(async sample => {
      const { kind: { name, bulk: actions }, holds, fields } = sample;
      const { made, counts, failed, changed, now, left } = await walked(sample);
      expect([name, made]).toMatchObject([name, holds]);
      // What was exported and comes again changes nothing; without a key it is another one, and refused.
      const again = name === 'principal-distributor-relationship' ? { failed: 1 } : { skipped: 1 };
      const given = actions.includes('reassign') ? { updated: 1 } : null;
      expect([name, ...counts, failed]).toEqual(
        [name, again, { updated: 1 }, { undone: 1 }, given, { deleted: 1 }, []],
      );
      expect([name, changed]).toMatchObject([name, fields]);
      expect([name, bare(now!), left]).toEqual([name, bare(made), undefined]);
    }));
  }, 120_000);

  it.each([
    ['interaction', '/api/crm/interactions', 'Type,Subject,Account,Took place', [
      'Call,Follow-up,Titled,2026-11-02T09:00:00Z', 'Call,Follow-up,Titled,2026-11-03T09:00:00Z',
      'Call,Follow-up,,2026-11-03T09:00:00Z',
    ]],
    ['task', '/api/crm/tasks', 'Title,Account,Due,Tags', [
      'Follow-up,Titled,2199-11-02T09:00:00Z,a;b', 'Follow-up,Titled,2199-11-02T09:00:00Z,a',
    ]],
    ['ticket', '/api/tickets', 'Issue,Description,Distributor', ['Follow-up,One,Titled', 'Follow-up,Two,Titled']],
    ['opportunity', '/api/opportunities', 'Opportunity name,Account,Value', [
      'Follow-up,Titled,10.50', 'Follow-up,Titled,20',
    ]],
  ])('[CRM-113] %s: many of one title come in as many, and none comes twice', async (record, path, head, lines) => {
    await newAccount(manager, { accountName: `Titled ${record}`, isDistributor: true });
    const of = async (): Promise<Row[]> => (await all<Row>(path, 'sort=createdAt')).filter(row =>
      [row['subject'], row['title'], row['issue'], row['opportunityName']].includes('Follow-up'));
    // A chunk has a hundred of them: the last line comes behind the first one's.
    const others = Array.from({ length: 100 }, (_, n) => `${lines[0]!.replace('Follow-up', `Other ${n}`)}`);
    const file = [head, ...lines, ...others, lines[0], ''].join('\n').replaceAll('Titled', `Titled ${record}`);
    const counts = { created: lines.length + others.length, skipped: 1 };
    const first = await newImport(manager, record, file);
    expect([first.mapping?.keys, first.alike]).toEqual([[], true]);
    expect((await ran(manager, first, 'check')).checked).toEqual(counts);
    expect((await ran(manager, first)).counts).toEqual(counts);
    const made = await of();
    expect(made.map(row => row.version)).toEqual(lines.map(() => 1));
    // Asked for without a look at the mapping, too.
    const fileId = await uploaded(manager, 'again.csv', file);
    const again = await done(await manager.post<Job>('/api/jobs', { type: 'import', payload: { record, fileId } }));
    expect(again.counts).toEqual({ skipped: counts.created + 1 });
    expect(await of()).toEqual(made);
    // Who chooses the title has chosen it for the next such file, too.
    const few = await newImport(manager, record, `${head}\n${others[0]!.replace('Titled', `Titled ${record}`)}\n`);
    const keys = few.mapping!.columns.filter(name => name !== null && /^(subject|title|issue|.*Name)$/.test(name));
    await manager.put(`/api/imports/${few.id}/mapping`, { ...few.mapping, keys });
    await ran(manager, few);
    expect([keys.length, (await newImport(manager, record, file)).mapping?.keys]).toEqual([1, keys]);
  });

  it('[CRM-114] [CRM-116] is not imported, exported or changed at once by a salesperson or accounting', async () => {
    const accounting = await app.as('accounting');
    const fileId = await uploaded(manager, 'a.csv', 'a,b\n1,2\n');
    for (const by of [sales, accounting])
      for (const { name, path } of allKinds) {
        const answers = await Promise.all([
          by.post('/api/imports', { record: name, fileId }),
          by.post('/api/exports', { record: name, format: 'csv' }),
          by.post(`${path}/bulk`, { action: 'delete', ids: [sales.userId] }),
        ]);
        expect([name, answers.map(a => a.status)]).toEqual([name, [403, 403, 403]]);
      }
  });

  it('is refused what it cannot do, with the field that says so', async () => {
    const fileId = await uploaded(manager, 'a.csv', 'a,b\n1,2\n');
    for (const kind of allKinds) {
      expect([kind.name, jobRecords[kind.name]?.kind]).toEqual([kind.name, kind]);
      for (const action of bulkActions.filter(each => !kind.bulk.includes(each)))
        expect([kind.name, action, await pointers(`${kind.path}/bulk`, { action, ids: [sales.userId] })]).toEqual(
          [kind.name, action, [400, ['/action']]],
        );
      if (kind.whyNoImport)
        expect(await pointers('/api/imports', { record: kind.name, fileId })).toEqual([400, ['/record']]);
    }
    expect(await pointers('/api/imports', { record: 'moon', fileId })).toEqual([400, ['/record']]);
  });

  it('whose table has a field catalog is exported with every column of it, under the same word', () => {
    for (const { record: { name }, catalog } of catalogued.values()) {
      const columns = exportColumnsOf(jobRecords[name]!);
      for (const { view, field, label } of catalog)
        if ((view === 'list' || view === 'detail') && field)
          expect([name, field, columns[field]]).toEqual([name, field, label]);
    }
  });

  it('a POV is exported as its list shows it, and handed over, tagged and deleted with others', async () => {
    const { id } = await newPov(manager, { title: 'Kinds POV', tags: ['old'], customerName: 'Kinds Customer' });
    const query = { q: 'Kinds POV', filter: { member: manager.userId, startDate: { lte: '2199-01-01' } } };
    const [head, row, ...more] = (await csvOf('pov', query)).trim().split('\r\n');
    expect([head?.replace('\uFEFF', '').split(',')[0], row?.split(',')[0], more]).toEqual(['POV', 'Kinds POV', []]);
    const change = async (body: object): Promise<Job> => bulk('povs', { matching: query, count: 1, ...body });
    const now = async (): Promise<Pov> => (await manager.get<Pov>(`/api/povs/${id}`)).body;
    const tagged = await change({ action: 'tag', tags: ['new'] });
    expect([tagged.title, (await now()).tags]).toEqual(['Tagging of 1 POVs', ['old', 'new']]);
    const untagged = await undone(tagged);
    expect([untagged.counts, await failures(untagged)]).toEqual([{ undone: 1 }, []]);
    const handed = await change({ action: 'reassign', ownerId: sales.userId });
    expect([(await now()).tags, (await now()).ownerId]).toEqual([['old'], sales.userId]);
    expect([(await undone(handed)).counts, (await now()).ownerId]).toEqual([{ undone: 1 }, manager.userId]);
    expect((await change({ action: 'delete' })).counts).toEqual({ deleted: 1 });
    expect((await manager.get(`/api/povs/${id}`)).status).toBe(404);
  });
});

describe('an export', () => {
  it('[CRM-113] [CRM-115] with tags that hold commas or quotation marks is imported again as it was', async () => {
    const tags = ['Food, drink', 'a;b', '"new"', '5" disk', 'fair'];
    const emailAddress = 'comma@tags.example';
    const { id } = await newContact(manager, { firstName: 'Kari', lastName: 'Commas', emailAddress, tags });
    const file = await csvOf('contact', { filter: { id } }, ['firstName', 'lastName', 'emailAddress', 'tags']);
    expect(await ran(manager, await newImport(manager, 'contact', file))).toMatchObject({ counts: { skipped: 1 } });
    const other = file.replace(emailAddress, 'other@tags.example').replace('Commas', 'Signs');
    expect(await ran(manager, await newImport(manager, 'contact', other))).toMatchObject({ counts: { created: 1 } });
    const made = await all<Contact>('/api/contacts', 'filter[emailAddress]=other@tags.example');
    expect(made.map(contact => contact.tags)).toEqual([tags]);
  });

  it('[CRM-115] counts what belongs to each row as its list does', async () => {
    const account = await newAccount(manager, { accountName: 'Counted in a file', employeeCount: '11-50' });
    for (const firstName of ['Ann', 'Ben']) await newContact(manager, { firstName, accountId: account.id });
    const columns = ['accountName', 'contactCount', 'employeeCount'];
    const [, row] = (await csvOf('account', { q: 'Counted in a file' }, columns)).trim().split('\r\n');
    expect(row).toBe('Counted in a file,2,11-50');
  });

  it('of an order or condition that the list does not know is refused at once', async () => {
    const ask = (query: object) => pointers('/api/exports', { record: 'account', format: 'csv', query });
    expect(await ask({ sort: 'moon' })).toEqual([400, ['/query/sort']]);
    expect(await ask({ filter: { moon: '1' } })).toEqual([400, ['/query/filter[moon]']]);
    expect(await ask({ filter: { createdAt: { gt: 'moon' } } })).toEqual([400, ['/query/filter[createdAt][gt]']]);
  });

  it('of chosen rows has those alone', async () => {
    const made = await Promise.all([1, 2].map(n => newAccount(manager, { accountName: `Chosen ${n}` })));
    const query = { filter: { id: { in: made.map(a => a.id) } } };
    const asked = { record: 'account', format: 'csv', columns: ['accountName'], query };
    expect((await done(await manager.post<Job>('/api/exports', asked))).done).toBe(2);
  });

  it('[CRM-115] of 10,000 contacts runs by itself, and its notification brings the link to the file', async () => {
    await inDatabase(
      app,
      `insert into contact (id, tenant_id, created_at, updated_at, first_name, last_name, full_name, source)
       select uuidv7(), $1, now(), now(), 'Many', n::text, 'Many ' || n, 'Mass' from generate_series(1, 10000) n`,
      [app.tenant.id],
    );
    const query = { filter: { source: 'Mass' }, sort: '-fullName' };
    for (const format of ['csv', 'xlsx']) {
      const columns = ['lastName', 'fullName'];
      const job = await done(await manager.post<Job>('/api/exports', { record: 'contact', format, columns, query }));
      expect(job).toMatchObject({ status: 'completed', done: 10_000 });
      const { body: notes } = await manager.get<Listed<Note>>('/api/notifications?pageSize=20');
      const note = notes.items.find(n => n.referenceId === job.id)!;
      const link = /\/api\/files\/[^ ]+\/content/.exec(note.body)![0];
      const file = await fetch(app.url + link, { headers: { Authorization: `Bearer ${manager.token}` } });
      expect(file.status).toBe(200);
      const bytes = Buffer.from(await file.arrayBuffer());
      if (format === 'xlsx') expect(bytes.subarray(0, 2).toString()).toBe('PK');
      else {
        const lines = bytes.toString().trim().split('\r\n');
        // Without the mark by which Excel knows UTF-8.
        expect([lines.length, ...lines.slice(0, 2)]).toEqual([10_001, 'Last name,Full name', '9999,Many 9999']);
      }
    }
  });
});

describe('the report of a job', () => {
  it('is a file of the rows that failed, with the reasons, which is no formula; mended it is imported', async () => {
    const drawn = await newImport(manager, 'account', 'accountName,accountType,Sort\n=1+1,Moon,\nB,Sun,Reported\n');
    const columns = ['accountName', 'accountType', 'sector'];
    await manager.put(`/api/imports/${drawn.id}/mapping`, { ...drawn.mapping, columns });
    const job = await ran(manager, drawn);
    expect(job.counts).toEqual({ failed: 2 });
    const { body, headers } = await manager.get<string>(`/api/jobs/${job.id}/report`);
    expect(headers.get('Content-Type')).toContain('text/csv');
    const lines = String(body).trim().split('\r\n');
    expect(lines[0]).toContain('Row,Reason,accountName,accountType,Sort');
    expect(lines[1]).toMatch(/^2,"?Account type \(accountType\): must be one of .*,'=1\+1,Moon,$/);
    expect(lines).toHaveLength(3);
    const right = String(body).replace('Moon', 'Vendor').replace('B,Sun', 'B,Vendor');
    const mended = await newImport(manager, 'account', right);
    expect(mended.mapping).toMatchObject({ header: true, columns: [null, null, ...columns], keys: ['accountName'] });
    expect((await ran(manager, mended)).counts).toEqual({ created: 2 });
    expect((await all<Account>('/api/accounts', 'filter[sector]=Reported')).map(a => a.accountName)).toEqual(['B']);
    expect((await sales.get(`/api/jobs/${job.id}/report`)).status).toBe(403);
  });

  it('a mapping is remembered for files with the same columns', async () => {
    const file = 'Firm,Kind\nRemembered,Vendor\n';
    const first = await newImport(manager, 'account', file);
    expect(first.mapping?.columns).toEqual([null, null]);
    const mapping = { header: true, columns: ['accountName', 'accountType'], keys: ['accountName'], onMatch: 'upsert' };
    await manager.put(`/api/imports/${first.id}/mapping`, mapping);
    await ran(manager, first);
    expect((await newImport(manager, 'account', file)).mapping).toEqual({ ...mapping, dateFormat: null });
    expect((await newImport(manager, 'account', `Firm,Sort\nX,Y\n`)).mapping?.columns).toEqual([null, null]);
  });
});
