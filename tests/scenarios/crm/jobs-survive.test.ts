import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { MockActivityEnvironment } from '@temporalio/testing';
import { allowPrivateNetworks } from '../../../activities/platform/guarded-fetch.ts';
import { reconcileAll, type DriftReport } from '../../../activities/platform/process/reconcile.ts';
import { connected } from '../../../bin/database-roles.ts';
import type { DuplicateScan } from '../../../domain/crm/duplicate/scan.contract.ts';
import type { ScoringRun } from '../../../domain/crm/scoring/scoring.contract.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client } from '../../kit/client.ts';
import { enrichmentOf, withSource } from '../../kit/crm/enrichment.fixture.ts';
import { newAccount, withAccountTypes } from '../../kit/crm.fixture.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { ended } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newRule, ofField, scored } from '../../kit/crm/scoring.fixture.ts';
import { jobIs, newImport, ran } from '../../kit/job/jobs.fixture.ts';
import { startCompanyService, type CompanyStub } from '../../stubs/company-register.ts';
import { startServiceStub, type ServiceStub } from '../../stubs/message-services.ts';
import { startSmtpStub, type SmtpStub } from '../../stubs/smtp-server.ts';
import { spawnWorker, type WorkerOptions, type WorkerProcess } from '../../kit/worker-process.ts';

let app: App, admin: Client, manager: Client;
/** Whom the workers speak to. */
let smtp: SmtpStub, service: ServiceStub, companies: CompanyStub;
beforeAll(async () => {
  app = await bootApp({ worker: false, env: { PRIVATE_NETWORKS: 'allow' } });
  await withAccountTypes(app.tenant.id);
  [admin, manager] = await Promise.all([app.as('admin'), app.as('manager')]);
  [smtp, service, companies] = await Promise.all([startSmtpStub(), startServiceStub(), startCompanyService()]);
  allowPrivateNetworks(true);
});
afterAll(async () => {
  allowPrivateNetworks(false);
  await ends('SIGTERM');
  await app?.stop();
  await Promise.all([smtp?.stop(), service?.stop(), companies?.stop()]);
});

/** With the key of the app in this process, to open and seal what is secret. */
const spawned = (options?: WorkerOptions): Promise<WorkerProcess> => spawnWorker({
  ...app, env: {
    ...app.env, SECRET_KEYS: `k1:${'A'.repeat(43)}=`, PRIVATE_NETWORKS: 'allow',
    SMTP_URL: smtp.url, MAIL_FROM: 'no-reply@example.com',
  },
}, options);
/** Who came after one that was killed stays for the next story: a start takes as long as most of them. */
let atWork: WorkerProcess | undefined;
async function works(): Promise<void> {
  atWork ??= await spawned();
}
async function ends(signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  const ending = atWork;
  atWork = undefined;
  await ending?.kill(signal);
}

const rows = 4_000,
  changedRows = 800;
/** Kills the worker once the job is on its way. */
async function interrupted(id: string, total: number): Promise<void> {
  await works();
  await until('it is on its way', async () => {
    const { status, done } = (await manager.get<Job>(`/api/jobs/${id}`)).body;
    return status === 'processing' && done >= 100;
  }, 120_000);
  await ends('SIGKILL');
  const { done } = (await manager.get<Job>(`/api/jobs/${id}`)).body;
  expect(done).toBeLessThan(total);
}
/** Another one ends it. */
async function finished(id: string): Promise<Job> {
  await works();
  const job = await jobIs(manager, id, 'completed', 'failed');
  await ended(app, `job-${id}`, 'completed', `job.${job.type}`);
  return job;
}

it('a scan for duplicates whose worker is killed goes on, and compares each record once', async () => {
  await inDatabase(app, `with made as (
      insert into contact (id, tenant_id, created_at, updated_at, first_name, last_name, full_name)
      select gen_random_uuid(), $1, now(), now(), left(md5((n / 2)::text), 6), left(md5(md5((n / 2)::text)), 9), 'Ada'
      from generate_series(2, 1001) n returning id)
    insert into audit_log (id, tenant_id, actor, actor_name, action, table_name, record_id, verb, created_at)
    select gen_random_uuid(), $1, 'test', 'test', 'CREATE', 'contact', id, 'create-contact', now() from made`,
  [app.tenant.id]);
  // As the database does by itself within a minute: till then it plans as for a few rows, and a step takes too long.
  await inDatabase(app, 'analyze contact');
  const { body: scan } = await manager.post<{ id: string }>('/api/duplicate-scans', {});
  const now = async (): Promise<DuplicateScan> =>
    (await manager.get<{ items: DuplicateScan[] }>('/api/duplicate-scans')).body.items[0]!;
  // The worker is met in the middle of a step that is not its first, however many records those have: somebody is about
  // to note a pair of the last quarter.
  const holder = await connected(app.database.ownerUrl);
  await holder.query('begin');
  await holder.query(`insert into duplicate_pair
      (id, tenant_id, created_at, updated_at, subject, first_id, second_id, score)
    select gen_random_uuid(), $1, now(), now(), 'contact', a.id, b.id, 50
    from (select * from contact order by id offset 750) a
    join contact b on b.last_name = a.last_name and b.id > a.id limit 1`, [app.tenant.id]);
  await works();
  try {
    await until('it is on its way', async () => (await now()).done > 0, 120_000);
  } finally {
    await ends('SIGKILL');
    await holder.end();
  }
  const { status, done } = await now();
  expect([status, done > 0 && done <= 750]).toEqual(['running', true]);
  expect((await manager.post<{ id: string }>('/api/duplicate-scans', {})).body.id).toBe(scan.id);
  await works();
  await until('it is done', async () => (await now()).status === 'done', 120_000);
  await ended(app, `duplicate-scan-${scan.id}`, 'DONE', 'duplicateScan.interrupted');
  expect(await now()).toMatchObject({ done: 1000, total: 1000, found: 500 });
  const [pairs] = await inDatabase<{ n: number }>(app, `select count(*)::int as n from duplicate_pair`);
  expect(pairs!.n).toBe(500);
}, 240_000);

it('a scoring of all contacts whose worker is killed goes on, and comes to the same as without', async () => {
  await inDatabase(app, `update contact set source = case when ascii(right(id::text, 1)) % 2 = 0 then 'Fair' end`);
  const doneOf = async (): Promise<ScoringRun> =>
    (await manager.get<{ items: ScoringRun[] }>('/api/crm/scoring-runs')).body.items[0]!;
  // The worker is met in the middle of its third step: somebody holds one of the contacts that it has to change there.
  const holder = await connected(app.database.ownerUrl);
  await holder.query('begin');
  await holder.query(`select 1 from contact where source = 'Fair'
    and id in (select id from contact order by id offset 400 limit 200) limit 1 for update`);
  await newRule(manager, 10, ofField('source', 'eq', 'Fair'));
  const run = await doneOf();
  await works();
  try {
    await until('it is on its way', async () => (await doneOf()).done === 400, 60_000);
  } finally {
    await ends('SIGKILL');
    await holder.end();
  }
  expect(await doneOf()).toMatchObject({ id: run.id, status: 'running', done: 400 });
  await works();
  await scored(manager);
  await ended(app, `lead-scoring-${run.id}`, 'DONE', 'leadScoring.interrupted');
  const [{ wrong, fair, noted }] = await inDatabase<{ wrong: number; fair: number; noted: number }>(app, `select
    count(*) filter (where lead_score <> case when source = 'Fair' then 10 else 0 end)::int as wrong,
    count(*) filter (where source = 'Fair')::int as fair,
    (select count(*)::int from audit_log where verb = 'score-contacts' and table_name = 'contact') as noted
    from contact where deleted_at is null`) as [{ wrong: number; fair: number; noted: number }];
  expect([wrong, noted]).toEqual([0, fair]);
  expect(await doneOf()).toMatchObject({ changed: fair, done: 1000, total: 1000 });
}, 180_000);

describe('workers killed while others are asked, or have just answered:', () => {
  let accountId: string, enrichmentId: string, webhookId: string;
  const newest = 'select status, problem from mail order by id desc limit 1';
  const mailNow = async () => (await inDatabase<{ status: string; problem: string | null }>(app, newest))[0];
  let mailThen: Awaited<ReturnType<typeof mailNow>>;

  // One soon after the other, so that the engine misses them at the same time.
  beforeAll(async () => {
    await withSource(admin, companies);
    ({ id: accountId } = await newAccount(manager, { websiteUrl: 'https://acme.com' }));
    const hook = { url: `${service.url}/held`, events: ['crm.account.created'] };
    const { status, body: webhook } = await admin.post<{ id: string }>('/api/webhooks', hook);
    expect(status).toBe(201);
    webhookId = webhook.id;
    await works();
    smtp.mood = 'holds';
    service.moods.push('holds');
    await app.anonymous.post('/api/auth/password/reset-requests', { username: 'sales3', tenant: app.tenant.slug });
    await newAccount(manager);
    await until('both were told, and say nothing', async () => smtp.mails.length + service.asked.length === 2, 60_000);
    await ends('SIGKILL');
    mailThen = await mailNow();
    smtp.mood = 'fine';

    companies.companies.set('acme.com', { industry: 'Dairy', phone: '22 00 00 00' });
    companies.moods.push('busy');
    // Its commit is answered, and nobody has heard of it.
    const deadly = await spawned({ killAfter: 'keepFound' });
    enrichmentId = (await manager.post<{ id: string }>(`/api/accounts/${accountId}/enrich`)).body.id;
    await deadly.ended;
    await works();
  }, 240_000);

  it('[CRM-010] a look-up whose worker is killed as the answer is kept goes on, and proposes once', async () => {
    await ended(app, `enrichment-${enrichmentId}`, 'found', 'enrichment.interrupted');
    expect(companies.asked.map(a => a.domain)).toEqual(['acme.com', 'acme.com']);
    const { proposals, last } = await enrichmentOf(manager, accountId);
    expect([last?.status, proposals.map(p => p.field)]).toEqual(['found', ['industry', 'phone']]);
    const [told] = await inDatabase<{ n: number; p: number }>(app, `select
      (select count(*)::int from outbox_event where name = 'crm.enrichment.settled' and entity_id = $1) as n,
      (select count(*)::int from enrichment_proposal where account_id = $1) as p`, [accountId]);
    expect(told).toEqual({ n: 1, p: 2 });
  }, 120_000);

  it('[PLT-104] a worker killed before the outside answers: one mail, and one id for the webhook', async () => {
    expect(mailThen).toEqual({ status: 'sending', problem: null });
    const unknown = { status: 'unknown', problem: 'The worker stopped while it was sending' };
    const known = async () => (await mailNow())?.status !== 'sending' && service.taken.length === 2;
    await until('it is known what became of both', known, 120_000);
    expect([await mailNow(), smtp.mails.length]).toEqual([unknown, 1]);
    const messages = await inDatabase<{ id: string }>(app, 'select id from webhook_message');
    const [{ id } = { id: '' }] = messages;
    expect([messages.length, service.taken.map(t => t.headers['webhook-id'])]).toEqual([1, [id, id]]);
    expect(await app.engine.client.workflow.getHandle(`webhook-${id}`).result()).toBe('delivered');
    expect((await admin.delete(`/api/webhooks/${webhookId}`)).status).toBe(204);
  }, 240_000);
});

it('an import with corrected cells whose worker is killed goes on, each row once', async () => {
  // One of them is imported before the worker is killed, the other after.
  const mistyped = [3, rows - 3];
  const typeOf = (i: number): string => (mistyped.includes(i) ? 'Custmer' : 'Customer');
  const lines = Array.from({ length: rows }, (_, i) => `Survivor ${i},${typeOf(i)}\n`).join('');
  const job = await newImport(manager, 'account', `accountName,accountType\n${lines}`);
  await works();
  expect((await ran(manager, job, 'check')).checked).toEqual({ created: rows - 2, failed: 2 });
  const cells = mistyped.map(i => ({ nth: i + 2, at: 1, text: 'Customer' }));
  expect((await manager.patch(`/api/imports/${job.id}/cells`, { cells })).status).toBe(200);
  await manager.post(`/api/imports/${job.id}/start`);
  await interrupted(job.id, rows);
  expect(await finished(job.id)).toMatchObject({ done: rows, total: rows, counts: { created: rows } });
  const made = await survivors();
  expect(new Set(made.map(a => a.name)).size).toBe(rows);
  expect(made).toHaveLength(rows);
}, 180_000);

/** The accounts of that import. */
const survivors = () => inDatabase<{ id: string; name: string }>(
  app, `select id, account_name as name from account where account_name like 'Survivor %'`,
);

it('a bulk change and an export whose workers are killed go on: each row once, in the file too', async () => {
  const ids = (await survivors()).slice(0, changedRows).map(a => a.id);
  const change = { action: 'update', ids, fields: { industry: 'Rail' } };
  const { body: bulk } = await manager.post<Job>('/api/accounts/bulk', change);
  await interrupted(bulk.id, changedRows);
  const query = { sort: 'accountName', filter: { accountName: { contains: 'Survivor ' } } };
  const { body: asked } = await manager.post<Job>('/api/exports', {
    record: 'account', format: 'csv', columns: ['accountName'], query,
  });
  // Begun while nobody has missed yet who worked on the change.
  await interrupted(asked.id, rows);

  const done = await finished(asked.id);
  expect(done).toMatchObject({ done: rows, total: rows });
  const answer = await fetch(`${app.url}/api/files/${done.resultFileId}/content`, {
    headers: { Authorization: `Bearer ${manager.token}` },
  });
  const lines = (await answer.text()).trim().split(/\r?\n/).slice(1);
  expect(lines).toHaveLength(rows);
  expect(lines.toSorted()).toEqual(Array.from({ length: rows }, (_, i) => `Survivor ${i}`).toSorted());
  expect(await finished(bulk.id)).toMatchObject({ counts: { updated: changedRows } });
  const [once] = await inDatabase<{ n: number }>(
    app,
    `select count(*)::int as n from account where account_name like 'Survivor %' and industry = 'Rail' and version = 2`,
  );
  expect(once!.n).toBe(changedRows);
}, 240_000);

it('[PLT-075] a digest whose worker dies as soon as it is written is mailed once', async () => {
  await ends('SIGTERM');
  const sales = await app.as('sales');
  await sales.put('/api/digest-preferences', { every: 'daily' });
  await admin.post('/api/notifications', { userId: sales.userId, subject: 'Maintenance', body: 'Tonight' });
  const mails = () => inDatabase(app, `select 1 from mail where subject = 'Your daily digest: 1 notification'`);
  const first = await spawned({ killAfter: 'sendDigest:1' });
  const { body: move } = await admin.post<{ id: string }>('/api/sandbox/clock/advance', { by: 'P1D' });
  expect(await first.ended).toBe('SIGKILL');
  expect(await mails()).toHaveLength(1);
  await works();
  await until('the clock has moved', async () =>
    (await admin.get<{ status: string }>(`/api/operations/${move.id}`)).body.status === 'done', 60_000);
  expect(await mails()).toHaveLength(1);
}, 180_000);

const executionOf = (jobId: string) => app.engine.client.workflow.getHandle(`job-${jobId}`).describe();
const told = (): Promise<void> =>
  until('all is told', async () =>
    (await inDatabase(app, 'select 1 from outbox_event where delivered_at is null')).length === 0,
  );

it('[PLT-083] [PLT-085] a job is pending until it is taken up, once, and completed with a result', async () => {
  await ends('SIGTERM');
  const { body: job } = await manager.post<Job>('/api/jobs', {
    type: 'export', payload: { record: 'account', format: 'csv' },
  });
  expect(job).toMatchObject({ status: 'pending', attempts: 0, result: null, workflowId: `job-${job.id}` });
  const taken = await Promise.all(
    [1, 2].map(async () => (await manager.post<{ taken: string[] }>('/api/jobs/process')).body.taken),
  );
  expect(taken.flat()).toEqual([job.id]);
  expect(await jobIs(manager, job.id, 'processing')).toMatchObject({ attempts: 1 });
  await works();
  const done = await jobIs(manager, job.id, 'completed');
  expect(done).toMatchObject({ attempts: 1, result: { rows: done.done, fileId: done.resultFileId } });
  await until('its process has ended', async () => (await executionOf(job.id)).status.name === 'COMPLETED');
  const { runId } = await executionOf(job.id);
  // Told again, as by a relay that was lost before it noted that it had told: that starts nothing.
  await inDatabase(app, 'update outbox_event set delivered_at = null where entity_id = $1', [job.id]);
  await told();
  expect((await executionOf(job.id)).runId).toBe(runId);
}, 60_000);

it('[PLT-044] a pending job that an administrator ended is begun by nobody, a lost one by the check', async () => {
  await ends('SIGTERM');
  const asked = async (): Promise<string> =>
    (await manager.post<Job>('/api/jobs', { type: 'export', payload: { record: 'account', format: 'csv' } })).body.id;
  const [ended, lost] = [await asked(), await asked()];
  await told();
  const states = async (): Promise<string[]> => {
    await told();
    return Promise.all([ended, lost].map(async id => (await executionOf(id)).status.name));
  };
  const check = async (): Promise<DriftReport> =>
    (await new MockActivityEnvironment().run(reconcileAll)) as DriftReport;
  const path = `/api/admin/processes/job-${ended}`;
  expect((await admin.post(`${path}/termination`, { reason: 'A test' })).status).toBe(200);
  await app.engine.client.workflow.getHandle(`job-${lost}`).terminate('from outside');

  // Processes that have moved just now are left alone.
  await check();
  expect(await states()).toEqual(['TERMINATED', 'TERMINATED']);
  await inDatabase(app, `update process set updated_at = now() - interval '1 minute'`);
  expect((await check()).drift).toMatchObject([{ workflowId: `job-${lost}`, engine: 'TERMINATED', repaired: true }]);
  expect((await admin.post('/api/jobs/process')).body).toEqual({ taken: [] });
  expect(await states()).toEqual(['TERMINATED', 'RUNNING']);
  expect((await admin.post(`${path}/retry`)).status).toBe(200);
  expect(await states()).toEqual(['RUNNING', 'RUNNING']);
}, 60_000);

it('all those killed workers left every invariant whole', async () => {
  await works();
  expect(await brokenAfter(app)).toEqual([]);
}, 60_000);
