import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bootApp, until, untilReady, type App } from '../../kit/app.ts';
import type { Answer, Client, ProblemBody } from '../../kit/client.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import { withAccountTypes } from '../../kit/crm.fixture.ts';
import { inDatabase } from '../../kit/in-database.ts';
import { newImport } from '../../kit/job/jobs.fixture.ts';
import { lifecycleOf, newPov, readPov } from '../../kit/pov.fixture.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { openProxy, type Proxy } from '../../kit/faults/proxy.ts';
import { expectSoon, tookEach } from '../../kit/faults/soon.ts';
import { testPostgres } from '../../kit/services.ts';

interface Ready {
  status: string;
  parts: Record<string, string>;
  error?: string;
}
let app: App, line: Proxy, manager: Client, povId: string;
beforeAll(async () => {
  const { hostname, port } = new URL((await testPostgres()).appUrl);
  line = await openProxy({ host: hostname, port: Number(port) });
  app = await bootApp({ databaseAt: line.address });
  await withAccountTypes(app.tenant.id);
  manager = await app.as('manager');
  povId = (await newPov(manager)).id;
  await app.settled();
});
afterAll(async () => {
  await app?.stop();
  await line?.close();
});

const ready = (): Promise<Answer<Ready>> => app.anonymous.get<Ready>('/api/health/ready');
const requests: [string, () => Promise<Answer<ProblemBody>>][] = [
  ['a list', () => manager.get('/api/povs')],
  ['a record', () => manager.get(`/api/povs/${povId}`)],
  ['a change', () => manager.patch(`/api/povs/${povId}`, { objective: 'While it is away' })],
  ['a creation', () => manager.post('/api/povs', { title: 'None' })],
  ['a sign-in', () => app.anonymous.post('/api/auth/signin', { username: 'manager', password: 'does not matter' })],
];

async function expectAway(): Promise<void> {
  const { status, body, headers } = await ready();
  expect([status, body.parts, body.error]).toEqual([503, { database: 'away', temporal: 'ok' }, 'Away: database']);
  expect(headers.get('Retry-After')).toBe('2');
  expect((await app.anonymous.get('/api/health/live')).status).toBe(200);
  const refused = requests.map(([what, ask]) => async (): Promise<void> => {
    const answer = await ask();
    expect([what, answer.status, answer.body.code, answer.headers.get('Retry-After')]).toEqual([
      what, 503, 'database-away', '2',
    ]);
  });
  expectSoon(await tookEach(...refused));
}

/** What failed stands in the error, and why in the detail. */
async function expectAccountsFail(): Promise<void> {
  const path = '/api/accounts';
  const [list, make] = [await manager.get<ProblemBody>(path), await manager.post<ProblemBody>(path, {})];
  expect([list.status, list.body.error]).toEqual([503, 'Failed to fetch accounts']);
  expect([make.status, make.body.error]).toEqual([503, 'Failed to create account']);
  expect(list.body.detail).toBe('The database is away; try again');
}

async function expectBack(): Promise<void> {
  await untilReady(app);
  const { status } = await manager.patch(`/api/povs/${povId}`, { objective: 'After it came back' });
  expect(status).toBe(200);
  const other = await newPov(manager, { title: 'After' });
  await app.settled();
  expect((await readPov(manager, povId)).objective).toBe('After it came back');
  expect((await lifecycleOf(manager, other.id)).status).toBe('waiting');
}

describe('while the database is away', () => {
  it('[PLT-054] [CRM-016] ready is 503 and names it, so is all else, soon; back, all goes on by itself', async () => {
    await line.cut();
    await expectAway();
    await expectAccountsFail();
    await line.mend();
    await expectBack();
    expect(await brokenAfter(app)).toEqual([]);
  });

  it('[CRM-113] an import that is in the middle waits for it, goes on behind, and makes each row once', async () => {
    const total = 3_000;
    const lines = Array.from({ length: total }, (_, i) => `Waiting ${i},Customer\n`).join('');
    const { id } = await newImport(manager, 'account', `accountName,accountType\n${lines}`);
    await manager.post(`/api/imports/${id}/start`);
    const now = async (): Promise<Job> => (await manager.get<Job>(`/api/jobs/${id}`)).body;
    await until('it is on its way', async () => (await now()).done >= 100, 60_000);
    await line.cut();
    await until('it is away', async () => (await ready()).status === 503, 60_000);
    await line.mend();
    await untilReady(app);
    const kept = await inDatabase(app, `select 1 from job_row where job_id = $1 and outcome is null limit 1`, [id]);
    expect(kept).toHaveLength(1);
    let job: Job | undefined;
    await until('it is done', async () => (job = await now()).status === 'completed', 120_000);
    expect(job).toMatchObject({ done: total, counts: { created: total } });
    const [made] = await inDatabase(app, `select count(*)::int as n, count(distinct account_name)::int as names
      from account where account_name like 'Waiting %'`);
    expect(made).toEqual({ n: total, names: total });
  }, 300_000);
});
