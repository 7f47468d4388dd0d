import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { randomUUID } from 'node:crypto';
import { endpoints } from '../../../domain/index.ts';
import type { AnyEndpoint } from '../../../domain/platform/contract.ts';
import { bootApp, type App } from '../../kit/app.ts';
import type { Answer, Client, ProblemBody } from '../../kit/client.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { fiftyDays, newPov } from '../../kit/pov.fixture.ts';

let app: App, admin: Client;
beforeAll(async () => {
  app = await bootApp({ worker: false });
  admin = await app.as('admin');
});
afterAll(() => app?.stop());

const texts = ({ status, body }: Answer<ProblemBody>): [number, string, string] => [status, body.error, body.detail];

describe('[PLT-046] the texts of errors', () => {
  it('of what is wrong, with each field', async () => {
    const answer = await admin.post<ProblemBody>('/api/povs', { ...fiftyDays, title: ' ', tags: 'x' });
    expect(texts(answer)).toEqual([400, 'Validation failed', 'Validation failed']);
    expect(answer.body.details.sort()).toEqual([expect.stringMatching(/^tags: /), 'title: must not be blank']);
  });

  it('of what is missing, of another type, none of what is allowed, or too long: in words for people', async () => {
    const said = async (body: object): Promise<string[]> =>
      (await admin.post<ProblemBody>('/api/accounts', body)).body.details;
    expect(await said({})).toEqual(['accountName: is required']);
    const wrong = { accountName: null, industry: 7, status: 'SOON', isPrincipal: 'x', phone: '5'.repeat(51) };
    expect((await said(wrong)).sort()).toEqual([
      'accountName: must not be empty',
      'industry: must be text',
      'isPrincipal: must be true or false',
      'phone: must have at most 50 characters',
      'status: must be one of active, inactive, prospect',
    ]);
  });

  /** Of zod itself: what kinds were expected and received. */
  const forPrograms = /^(Invalid|Unrecognized|Too (big|small))|expected|received|undefined/;
  const fieldsOf = ({ body }: AnyEndpoint): string[] => Object.keys('shape' in body ? (body.shape as object) : {});
  const writing = Object.values(endpoints).filter(e => fieldsOf(e).length);
  it.each(writing.map(e => [`${e.method} ${e.path}`, e] as const))('of a body that is wrong: %s', (_, e) => {
    const fields = fieldsOf(e);
    const odd = [{}, ...[null, 7, 'x', [], {}, true].map(v => Object.fromEntries(fields.map(f => [f, v])))];
    const said = odd.flatMap(sent => e.body.safeParse(sent).error?.issues.map(i => i.message) ?? []);
    expect(said.filter(text => forPrograms.test(text))).toEqual([]);
  });

  it('of what is there already', async () => {
    const user = { username: 'double', fullName: 'Double', email: 'double@example.org' };
    expect((await admin.post('/api/admin/users', user)).status).toBe(201);
    const text = 'A record with this information already exists';
    expect(texts(await admin.post<ProblemBody>('/api/admin/users', user))).toEqual([409, text, text]);
  });

  /** POV-069 has a text of its own for templates. */
  const ownText = (path: string): boolean => path.startsWith('/api/admin/phases');
  const reads = Object.values(endpoints).filter(e => e.method === 'GET' && e.path.includes(':') && !ownText(e.path));
  it.each(reads.map(e => e.path))('of what is not there: %s', async path => {
    for (const id of [randomUUID(), 'not-an-id']) {
      const answer = await admin.get<ProblemBody>(path.replace(/:\w+/g, id));
      expect(texts(answer)).toEqual([404, 'Record not found', 'Record not found']);
    }
  });

  it('of what is not there under a POV that is', async () => {
    const pov = await newPov(admin);
    for (const part of ['phases', 'kpis', 'team/members']) {
      const answer = await admin.delete<ProblemBody>(`/api/povs/${pov.id}/${part}/${randomUUID()}`);
      expect([part, ...texts(answer)]).toEqual([part, 404, 'Record not found', 'Record not found']);
    }
  });

  it('of a fault of ours: not a word of what broke', async () => {
    const pov = await newPov(admin);
    await inDatabase(app, 'alter table pov_kpi rename to pov_kpi_away');
    try {
      const asked = { 'X-Request-Id': 'the-one-that-breaks' };
      const answers = [
        await admin.get<ProblemBody>(`/api/povs/${pov.id}/kpis`, asked),
        await admin.post<ProblemBody>(`/api/povs/${pov.id}/kpis`, { name: 'K' }, asked),
      ];
      for (const answer of answers) {
        expect(texts(answer)).toEqual([500, 'Internal server error', 'Internal server error']);
        expect(answer.body).toEqual({
          ...{ type: '/api/docs#error-internal', title: 'Internal Server Error', status: 500, code: 'internal' },
          ...{ error: 'Internal server error', detail: 'Internal server error', details: [], errors: [] },
          requestId: 'the-one-that-breaks',
        });
        expect(answer.headers.get('Content-Type')).toMatch('application/problem+json');
        const all = JSON.stringify([answer.body, [...answer.headers]]);
        expect(all).not.toMatch(/pov_kpi|select|insert|relation|42P01|node_modules|\.ts\b|\bat /i);
      }
    } finally {
      await inDatabase(app, 'alter table pov_kpi_away rename to pov_kpi');
    }
    expect((await admin.get(`/api/povs/${pov.id}/kpis`)).status).toBe(200);
  });
});

describe('[PLT-011] amounts of a POV are exact decimals in text (no endpoint takes cents and a currency yet)', () => {
  it.each([
    ...['12.3456789', '1e5', '1,5', '0x10', ' 5', '', '.5', '5.', 'Infinity', '9'.repeat(16), '12.50 EUR'],
    ...[1e21, Number.MIN_VALUE, true, { amount: 5, currency: 'EUR' }, [5]],
  ])('%j is refused', async amount => {
    for (const field of ['revenue', 'estimatedBudget']) {
      const answer = await admin.post<ProblemBody>('/api/povs', { title: 'Acme', ...fiftyDays, [field]: amount });
      expect([answer.status, answer.body.errors.map(e => e.pointer)]).toEqual([400, [`/${field}`]]);
    }
  });

  it.each([
    ['0.1', '0.1'],
    ['123456789012345.123456', '123456789012345.123456'],
    ['-0.000001', '-0.000001'],
    [12.5, '12.5'],
  ])('%j is kept to the last digit', async (amount, kept) => {
    const { revenue, id } = await newPov(admin, { revenue: amount });
    const { body } = await admin.get<{ revenue: string }>(`/api/povs/${id}`);
    expect([revenue, body.revenue]).toEqual([kept, kept]);
  });
});
