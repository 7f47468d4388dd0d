import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { allowPrivateNetworks } from '../../../activities/platform/guarded-fetch.ts';
import type { Account } from '../../../domain/crm/account.ts';
import type { Enrichment, EnrichmentSource } from '../../../domain/crm/enrichment/enrichment.contract.ts';
import type { HistoryEntry } from '../../../domain/platform/record.ts';
import { bootApp, until, type App } from '../../kit/app.ts';
import type { Client, ProblemBody } from '../../kit/client.ts';
import { enriched, enrichmentOf, withSource } from '../../kit/crm/enrichment.fixture.ts';
import { newAccount, withAccountTypes } from '../../kit/crm.fixture.ts';
import { bundleOfNow, ended, replay } from '../../kit/histories.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { startCompanyService, type CompanyStub } from '../../stubs/company-register.ts';

const sourcePath = '/api/admin/enrichment-source';
let app: App, stub: CompanyStub, admin: Client, manager: Client, sales: Client;
beforeAll(async () => {
  [app, stub] = await Promise.all([bootApp({ env: { PRIVATE_NETWORKS: 'allow' } }), startCompanyService()]);
  allowPrivateNetworks(true);
  await withAccountTypes(app.tenant.id);
  [admin, manager, sales] = await Promise.all([app.as('admin'), app.as('manager'), app.as('sales')]);
});
afterAll(async () => {
  allowPrivateNetworks(false);
  await app?.stop();
  await stub?.stop();
});
beforeEach(async () => {
  for (const list of [stub.asked, stub.moods]) list.length = 0;
  stub.companies.clear();
  await withSource(admin, stub);
});

const at = (id: string, end: string): string => `/api/accounts/${id}/${end}`;
const company = (domain: string, more: object = {}): Promise<Account> =>
  newAccount(manager, { websiteUrl: `https://${domain}`, industry: 'Food', ...more });
const read = async (id: string): Promise<Account> => (await manager.get<Account>(`/api/accounts/${id}`)).body;
const proposed = ({ proposals }: Enrichment) => proposals.map(p => [p.field, p.present, p.found, p.whyNot]);

describe('[CRM-010] what a service knows of a company', () => {
  it('appears as proposals, and is written only where it is accepted, as if somebody had typed it', async () => {
    const { id, version } = await company('acme.com');
    stub.companies.set('acme.com', {
      industry: 'Dairy', employeeCount: 250, phone: '+47 22 00 00 00', shippingState: 'Trøndelag fylke',
      accountName: { no: 'text' }, unknown: 'x', websiteUrl: 'acme.com',
    });
    const found = await enriched(manager, id);
    const last = { status: 'found', domain: 'acme.com', source: 'Register' };
    expect(found).toMatchObject({ version, whyNot: null, last });
    expect(proposed(found)).toEqual([
      ['industry', 'Food', 'Dairy', null], ['employeeCount', null, '250', null],
      ['phone', null, '+47 22 00 00 00', null],
      ['shippingState', null, 'Trøndelag fylke', 'must have at most 10 characters'],
    ]);
    expect(found.proposals[0]).toMatchObject({ source: 'Register', foundAt: expect.any(String) });
    expect(await read(id)).toMatchObject({ version, industry: 'Food', phone: null, employeeCount: null });

    const accepted = await manager.post<Enrichment>(at(id, 'enrichment/accept'), { fields: ['industry'], version });
    expect([accepted.status, proposed(accepted.body).map(([field]) => field)]).toEqual(
      [200, ['employeeCount', 'phone', 'shippingState']],
    );
    expect(await read(id)).toMatchObject({ version: version + 1, industry: 'Dairy', phone: null });
    const history = await manager.get<{ items: HistoryEntry[] }>(at(id, 'history'));
    expect(history.body.items[0]).toMatchObject({
      action: 'UPDATE', changes: [{ field: 'industry', from: 'Food', to: 'Dairy' }],
    });
    const dismissed = await manager.post<Enrichment>(at(id, 'enrichment/dismiss'), { fields: ['phone'] });
    expect(proposed(dismissed.body).map(([field]) => field)).toEqual(['employeeCount', 'shippingState']);
    // All that can be: what breaks a rule stays.
    const rest = await manager.post<Enrichment>(at(id, 'enrichment/accept'));
    expect(proposed(rest.body).map(([field]) => field)).toEqual(['shippingState']);
    const held = { employeeCount: '250', phone: null, shippingState: null, version: version + 2 };
    expect(await read(id)).toMatchObject(held);
    const none = await manager.post<ProblemBody>(at(id, 'enrichment/accept'));
    expect([none.status, none.body.detail]).toEqual([409, 'There is nothing to accept']);
  });

  it('is looked for by the domain of the mail too, where it stands; a new look replaces what was open', async () => {
    await withSource(admin, stub, { fields: { industry: 'company.kinds.0', shippingCity: 'place' } });
    const { id } = await newAccount(manager, { email: 'info@polar.example' });
    stub.companies.set('polar.example', { industry: 'not this', company: { kinds: ['Ice'] }, place: 'Oslo' });
    expect(proposed(await enriched(manager, id))).toEqual([
      ['industry', null, 'Ice', null], ['shippingCity', null, 'Oslo', null],
    ]);
    stub.companies.set('polar.example', { place: 'Bergen' });
    expect(proposed(await enriched(manager, id))).toEqual([['shippingCity', null, 'Bergen', null]]);
    await manager.patch(`/api/accounts/${id}`, { shippingCity: 'Bergen' });
    expect(proposed(await enrichmentOf(manager, id))).toEqual([]);
    const kept = await inDatabase<{ status: string; n: number }>(app, `select status, count(*)::int as n
      from enrichment_proposal where account_id = $1 group by status order by status`, [id]);
    expect(kept).toEqual([{ status: 'open', n: 1 }, { status: 'replaced', n: 2 }]);
  });

  it('is refused by the name of the field where it cannot be written, or was not found; nothing changes', async () => {
    const { id, version } = await company('refused.example');
    stub.companies.set('refused.example', { industry: 'Dairy', shippingState: 'Trøndelag fylke' });
    await enriched(manager, id);
    const accept = (body: object) => manager.post<ProblemBody>(at(id, 'enrichment/accept'), body);
    const broken = await accept({ fields: ['industry', 'shippingState'] });
    expect([broken.status, broken.body.errors[0]]).toMatchObject(
      [400, { pointer: '/fields/1', message: 'shippingState must have at most 10 characters' }],
    );
    expect((await accept({ fields: ['phone'] })).body.errors[0]).toMatchObject(
      { pointer: '/fields/0', message: 'Nothing is proposed for phone' },
    );
    expect((await accept({ fields: ['status'] })).status).toBe(400);
    expect((await accept({ fields: [] })).body.errors[0]!.pointer).toBe('/fields');
    expect((await accept({ fields: ['industry'], version: version + 5 })).status).toBe(409);
    expect((await manager.post(at(id, 'enrichment/dismiss'), { fields: ['phone'] })).status).toBe(400);
    expect(await read(id)).toMatchObject({ version, industry: 'Food' });
    expect(proposed(await enrichmentOf(manager, id))).toHaveLength(2);
  });

  it('is for whoever may change the account: others read it, or do not find it', async () => {
    const mine = (await newAccount(sales, { websiteUrl: 'https://mine.example' })).id;
    const { id } = await company('theirs.example');
    stub.companies.set('mine.example', { industry: 'Rail' });
    expect(proposed(await enriched(sales, mine))).toEqual([['industry', null, 'Rail', null]]);
    expect((await sales.post(at(mine, 'enrichment/accept'), {})).status).toBe(200);
    for (const end of ['enrich', 'enrichment/accept', 'enrichment/dismiss'])
      expect([end, (await sales.post(at(id, end))).status]).toEqual([end, 404]);
    expect((await sales.get(at(id, 'enrichment'))).status).toBe(404);
    const reader = await app.as('readonly');
    expect((await reader.get(at(id, 'enrichment'))).status).toBe(200);
    expect((await reader.post(at(id, 'enrich'))).status).toBe(403);
    expect((await manager.get(sourcePath)).status).toBe(403);
  });
});

describe('[CRM-010] the service', () => {
  it('that is busy is asked again, not before the time that it names; the run replays on the code of now', async () => {
    const { id } = await company('patient.example');
    stub.companies.set('patient.example', { industry: 'Dairy' });
    // The pause that it names comes last: without one the third would be the longest.
    stub.moods.push('busy', 'down', 'limited');
    const found = await enriched(manager, id);
    expect(proposed(found)).toEqual([['industry', 'Food', 'Dairy', null]]);
    expect(found.last).toMatchObject({ status: 'found', problem: null, finishedAt: expect.any(String) });
    expect(stub.asked).toHaveLength(4);
    expect(stub.asked[3]!.at - stub.asked[2]!.at).toBeGreaterThanOrEqual(1000);
    const history = await ended(app, `enrichment-${found.id}`, 'found', 'enrichment.found');
    await replay(history, await bundleOfNow());
  }, 60_000);

  it('that refuses the key, or says what nobody can read, fails at once, in words; the run replays', async () => {
    const { id } = await company('closed.example');
    await withSource(admin, { ...stub, key: 'wrong' });
    const { last, id: run } = await enriched(manager, id);
    expect(last).toMatchObject({
      status: 'failed', problem: 'It refuses the key (401): an administrator must set a valid one',
    });
    expect(stub.asked).toHaveLength(1);
    await replay(await ended(app, `enrichment-${run}`, 'failed', 'enrichment.refused'), await bundleOfNow());
    await withSource(admin, stub);
    const unreadable = [['garbled', 'Its answer is no JSON object'], ['moved', 'It answered 302']] as const;
    for (const [mood, problem] of unreadable) {
      stub.moods.push(mood);
      expect((await enriched(manager, id)).last).toMatchObject({ status: 'failed', problem });
    }
    stub.companies.set('closed.example', {});
    expect((await enriched(manager, id)).last).toMatchObject({ status: 'nothing', problem: null });
    stub.companies.clear();
    expect((await enriched(manager, id)).last).toMatchObject({ status: 'nothing', problem: null });
  }, 60_000);

  it('is asked once at a time for an account, however often somebody wants it', async () => {
    const { id } = await company('once.example');
    stub.companies.set('once.example', { industry: 'Dairy' });
    stub.moods.push('busy');
    const asked = await Promise.all([1, 2, 3].map(() => manager.post<{ id: string }>(at(id, 'enrich'))));
    expect(new Set(asked.map(a => a.body.id)).size).toBe(1);
    const lastOf = async () => (await enrichmentOf(manager, id)).last;
    await until('the service was busy', async () => (await lastOf())?.problem === 'It answered 503');
    expect((await manager.post<{ id: string }>(at(id, 'enrich'))).body.id).toBe(asked[0]!.body.id);
    await until('it is known', async () => (await lastOf())?.status === 'found', 30_000);
    expect(stub.asked).toHaveLength(2);
  }, 60_000);

  it('is said by an administrator; its key is kept as cipher text, shown to nobody, to no other host', async () => {
    const shown = await admin.get<{ source: EnrichmentSource }>(sourcePath);
    expect(shown.body.source).toMatchObject({ name: 'Register', url: stub.url, active: true, fields: {} });
    expect(JSON.stringify(shown.body)).not.toMatch(/cipher|sk_test/i);
    const [row] = await inDatabase<{ kept: string; log: string }>(app, `select to_jsonb(s)::text as kept,
      (select coalesce(string_agg(to_jsonb(l)::text, ''), '') from audit_log l where l.table_name = 'enrichment_source')
      as log from enrichment_source s where deleted_at is null`);
    expect(row!.kept + row!.log).not.toContain(stub.key);
    const about = { name: 'Register', url: stub.url };
    expect((await admin.put(sourcePath, { ...about, active: false })).status).toBe(200);
    const { id } = await company('off.example');
    const off = await manager.post<ProblemBody>(at(id, 'enrich'));
    expect([off.status, off.body.detail]).toEqual([409, 'No service is set that knows companies']);
    expect((await enrichmentOf(manager, id)).whyNot).toBe('No service is set that knows companies');
    const moved = await admin.put<ProblemBody>(sourcePath, { ...about, url: 'https://elsewhere.example/{domain}' });
    expect([moved.status, moved.body.errors[0]]).toMatchObject(
      [400, { pointer: '/apiKey', message: 'is needed for another host' }],
    );
    const nonsense = await admin.put<ProblemBody>(sourcePath, { ...about, url: 'nonsense' });
    expect(nonsense.body.errors[0]!.pointer).toBe('/url');
    expect((await admin.delete(sourcePath)).status).toBe(204);
    expect((await admin.get<{ source: null }>(sourcePath)).body.source).toBeNull();
    expect((await admin.delete(sourcePath)).status).toBe(404);
    await withSource(admin, stub);
    const { id: nameless } = await newAccount(manager, {});
    const unnamed = await manager.post<ProblemBody>(at(nameless, 'enrich'));
    expect([unnamed.status, unnamed.body.detail]).toMatchObject([409, expect.stringContaining('neither a website')]);
  });

  it('is asked anew for one that an administrator ended', async () => {
    const { id } = await company('ended.example');
    stub.companies.set('ended.example', { industry: 'Dairy' });
    stub.moods.push('hangs');
    const { body } = await manager.post<{ id: string }>(at(id, 'enrich'));
    await until('it is asked', async () => stub.asked.length === 1);
    const process = `/api/admin/processes/enrichment-${body.id}`;
    expect((await admin.post(`${process}/termination`, { reason: 'It hangs' })).status).toBeLessThan(300);
    expect((await manager.post<{ id: string }>(at(id, 'enrich'))).body.id).toBe(body.id);
    await until('it is known', async () => (await enrichmentOf(manager, id)).last?.status === 'found', 60_000);
  }, 90_000);
});
