import { randomUUID } from 'node:crypto';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { connected } from '../../../bin/database-roles.ts';
import { startPostgres, type Postgres } from '../../../bin/postgres.ts';
import type { Job } from '../../../domain/platform/job/job.ts';
import { migrate } from '../../../db/platform/migrate.ts';
import { bootApp, until, untilReady, type App } from '../../kit/app.ts';
import type { Answer, Client, ProblemBody } from '../../kit/client.ts';
import { withAccountTypes } from '../../kit/crm.fixture.ts';
import { jobIs, newImport } from '../../kit/job/jobs.fixture.ts';
import { livePov, nothingYet, type Team } from '../../kit/load.ts';
import { fiftyDays, newPov } from '../../kit/pov.fixture.ts';
import { brokenAfter } from '../../kit/faults/broken-after.ts';
import { openProxy, type Break, type Proxy } from '../../kit/faults/proxy.ts';
import { seeded } from '../../kit/faults/seeded.ts';
import { expectSoon, tookEach } from '../../kit/faults/soon.ts';

/** The same faults at the same moments for the same seed. */
const seed = Number(process.env['FAULT_SEED'] ?? 20261128);
const pool = 4;
const dataDir = mkdtempSync(join(tmpdir(), 'throughline-faults-'));

let postgres: Postgres, line: Proxy, app: App, manager: Client, team: Team, povId: string;
beforeAll(async () => {
  // Started by root, PostgreSQL runs as another user, who must get in.
  chmodSync(dataDir, 0o755);
  postgres = await startPostgres({ dataDir, durable: false });
  await migrate(postgres.ownerUrl);
  line = await openProxy({ host: '127.0.0.1', port: postgres.port });
  const database = { ...postgres, drop: async () => undefined };
  app = await bootApp({ database, databaseAt: line.address, pool });
  const [boss, sales, sales2] = await Promise.all([app.as('manager'), app.as('sales'), app.as('sales2')]);
  manager = boss;
  team = { manager: [boss], sales: [sales], sales2: [sales2], ids: app.tenant.users };
  povId = (await newPov(manager)).id;
  await app.settled();
}, 300_000);
afterAll(async () => {
  await app?.stop();
  line?.close();
  await postgres?.stop();
  rmSync(dataDir, { recursive: true, force: true });
}, 60_000);

/** As the superuser of the server. */
async function administer(...statements: string[]): Promise<void> {
  const db = await connected(Object.assign(new URL(postgres.adminUrl!), { pathname: '/throughline' }).href);
  try {
    for (const statement of statements) await db.query(statement);
  } finally {
    await db.end();
  }
}
async function inOwn<T extends object>(text: string): Promise<T[]> {
  const db = await connected(postgres.ownerUrl);
  return db.query<T>(text).then(({ rows }) => rows).finally(() => db.end());
}
const count = async (what: string, values: unknown[] = [], as = postgres.ownerUrl): Promise<number> => {
  const db = await connected(as);
  const { rows } = await db.query<{ n: string }>(`select count(*) as n from ${what}`, values).finally(() => db.end());
  return Number(rows[0]!.n);
};
const change = (objective: string, headers = {}) =>
  manager.patch<ProblemBody>(`/api/povs/${povId}`, { objective }, headers);

async function expectRefused(ask: () => Promise<Answer<ProblemBody>>): Promise<void> {
  const { status, body, headers } = await ask();
  expect([status, body.code, headers.get('Retry-After')]).toEqual([503, 'database-away', '2']);
}
/** Each time, and soon. */
async function expectAway(ask: () => Promise<Answer<ProblemBody>>): Promise<void> {
  const refused = (): Promise<void> => expectRefused(ask);
  expectSoon(await tookEach(refused, refused, refused));
}
const back = (): Promise<void> => untilReady(app);

/** Nothing is lost, doubled, or left behind. */
async function expectSound(): Promise<void> {
  await app.settled();
  expect(await brokenAfter(app)).toEqual([]);
}
async function lived(povs: number): Promise<void> {
  const told = nothingYet();
  const name = randomUUID();
  await Promise.all(Array.from({ length: povs }, (_, n) => livePov(team, `${name} ${n}`, told)));
  expect(told.unexpected).toEqual([]);
  expect(told.completed).toHaveLength(povs);
  expect(await count('pov where id = any($1)', [told.povs])).toBe(povs);
  expect(await count('pov where title like $1', [`${name}%`])).toBe(povs);
  await until(
    'each phase is completed',
    async () => (await count(`phase where status = 'COMPLETED' and id = any($1)`, [told.completed])) === povs,
    60_000,
  );
}

describe('a PostgreSQL that takes no writes', () => {
  it('[PLT-054] reads are answered, writes are 503 soon; afterwards all goes on by itself', async () => {
    const readOnly = (to: 'on' | 'off') =>
      administer(`alter system set default_transaction_read_only = ${to}`, 'select pg_reload_conf()');
    await readOnly('on');
    await until('it is', async () => (await app.anonymous.get('/api/health/ready')).status === 503);
    await expectAway(() => change('None'));
    await expectAway(() => manager.post('/api/povs', { title: 'None', ...fiftyDays }));
    expect((await manager.get('/api/povs')).status).toBe(200);
    await readOnly('off');
    await back();
    expect((await change('Written')).status).toBe(200);
    await expectSound();
  });
});

describe('a PostgreSQL that restarts', () => {
  it('[PLT-054] each request is answered or 503 soon, and what was answered is there, once', async () => {
    let restarting = true;
    const answers: [number, number][] = [];
    const written: string[] = [];
    const writing = (async () => {
      while (restarting) {
        const objective = randomUUID(), asked = performance.now();
        const { status } = await change(objective);
        answers.push([status, performance.now() - asked]);
        if (status === 200) written.push(objective);
      }
    })();
    await until('somebody was answered', async () => written.length > 0);
    await postgres.stop();
    await until('somebody was refused', async () => answers.some(([status]) => status === 503));
    postgres = await startPostgres({ dataDir, durable: false, port: postgres.port });
    await back();
    restarting = false;
    await writing;
    expect([...new Set(answers.map(([status]) => status))].sort()).toEqual([200, 503]);
    expectSoon(answers.filter(([status]) => status === 503).map(([, ms]) => ms));
    expect(await count(`audit_log where new_values->>'objective' = any($1)`, [written])).toBe(written.length);
    await expectSound();
  });

  it('[CRM-113] an import in the middle waits for it, goes on behind, and makes each row once', async () => {
    const total = 2_000;
    await withAccountTypes(app.tenant.id);
    const lines = Array.from({ length: total }, (_, i) => `Restarted ${i},Customer\n`).join('');
    const { id } = await newImport(manager, 'account', `accountName,accountType\n${lines}`);
    await manager.post(`/api/imports/${id}/start`);
    const now = async (): Promise<Job> => (await manager.get<Job>(`/api/jobs/${id}`)).body;
    await until('it is on its way', async () => (await now()).done >= 100, 60_000);
    await postgres.stop();
    await until('it is away', async () => (await app.anonymous.get('/api/health/ready')).status === 503, 60_000);
    postgres = await startPostgres({ dataDir, durable: false, port: postgres.port });
    await back();
    expect(await count('job_row where job_id = $1 and outcome is null', [id])).toBeGreaterThan(0);
    const done = await jobIs(manager, id, 'completed', 'failed');
    expect(done).toMatchObject({ status: 'completed', done: total, total, counts: { created: total } });
    const [made] = await inOwn(`select count(*)::int as n, count(distinct account_name)::int as names
      from account where account_name like 'Restarted %'`);
    expect(made).toEqual({ n: total, names: total });
    expect(await count(`audit_log where table_name = 'account' and verb = 'import-rows'`)).toBe(total);
    await expectSound();
  });
});

describe('connections that are used up', () => {
  it('who finds none free is told soon; who holds one is answered', async () => {
    const db = await connected(postgres.ownerUrl);
    await db.query('begin');
    await db.query('select 1 from pov where id = $1 for update', [povId]);
    const all = pool * app.apis;
    const waiting = Array.from({ length: all }, (_, n) => change(`Waited ${n}`));
    try {
      const busy = `pg_stat_activity where usename = 'app' and wait_event_type = 'Lock'`;
      // What others wait for is shown to the superuser alone.
      await until('all wait for the row', async () => (await count(busy, [], postgres.adminUrl)) === all);
      const { options } = (await app.orm.em.getConnection().getNativeClient()) as pg.Pool;
      expect(options.connectionTimeoutMillis).toBeLessThan(2_000);
      await expectAway(() => manager.get('/api/povs'));
    } finally {
      await db.query('commit');
      await db.end();
    }
    expect((await Promise.all(waiting)).map(a => a.status)).toEqual(waiting.map(() => 200));
    await expectSound();
  });

  it('so it is when the server has none left', async () => {
    const end = `select pg_terminate_backend(pid) from pg_stat_activity where usename = 'app'`;
    await administer('alter role app connection limit 0', end);
    await expectAway(() => change('None left'));
    await administer('alter role app connection limit -1');
    await back();
    expect((await change('Some again')).status).toBe(200);
    await expectSound();
  });
});

describe('statements that fail because others run at the same time', () => {
  // Each by itself: locks of all tables at once would be in the way of those that others hold.
  const forEachTable = async (make: (table: string) => string): Promise<string[]> => {
    const tables = await inOwn<{ name: string }>(`select tablename as name from pg_tables where schemaname = 'public'`);
    return tables.map(({ name }) => make(`"${name}"`));
  };
  const fails = `raise exception 'could not serialize access' using errcode = '40001'`;

  it(`one writing statement in twenty, seed ${seed}: nothing is lost or doubled`, async () => {
    await administer(
      'create sequence chance; grant usage, select on sequence chance to public',
      `create function chance() returns trigger language plpgsql as $$ begin
         if abs(hashint8extended(nextval('chance'), ${seed}) % 20) = 0 then ${fails}; end if;
         return null;
       end $$`,
      ...(await forEachTable(
        t => `create trigger chance before insert or update or delete on ${t} execute function chance()`,
      )),
    );
    await lived(4);
    expect(await count(`chance where last_value > 200`)).toBe(1);
    await administer(
      ...(await forEachTable(t => `drop trigger chance on ${t}`)), 'drop function chance; drop sequence chance',
    );
    await expectSound();
  });

  it('one reading statement in twenty: whoever asks is answered or told to come again', async () => {
    // Asked once for each table of a statement, which has five or so, by API, worker and relay. A transaction that
    // only reads takes no number of a sequence, so that no seed says which ones fail.
    await administer(
      `create function chance() returns boolean language plpgsql as $$ begin
         if random() < 0.01 then ${fails}; end if;
         return true;
       end $$`,
      ...(await forEachTable(
        t => `create policy chance on ${t} as restrictive for select using ((select chance()))`,
      )),
    );
    const paths = [
      '/api/povs', `/api/povs/${povId}`, `/api/povs/${povId}/phases`, `/api/processes/pov-lifecycle-${povId}`,
      '/api/notifications', '/api/accounts', '/api/crm/tasks', '/api/search?q=Acme', '/api/events', '/api/auth/session',
    ];
    const answers: [path: string, status: number][] = [];
    let living = true;
    const reading = (async () => {
      for (let n = 0; living || n < 100; n += 1) {
        const path = paths[n % paths.length]!;
        answers.push([path, (await manager.get(path)).status]);
      }
    })();
    await lived(3).finally(() => (living = false));
    await reading;
    await administer(
      ...(await forEachTable(t => `drop policy chance on ${t}`)), 'drop function chance',
    );
    expect(answers.filter(([, status]) => status !== 200 && status !== 503)).toEqual([]);
    expect(paths.filter(path => !answers.some(([of, status]) => of === path && status === 200))).toEqual([]);
    expect(answers.some(([, status]) => status === 503)).toBe(true);
    await expectSound();
  });
});

describe('a connection that is lost in the middle of a commit', () => {
  /** The commit of the request with that key. */
  const broken = (when: Break, key: string): { sent: () => number } => {
    let n = 0;
    line.atCommit = sent => {
      if (n > 0 || !sent.includes(key)) return null;
      n += 1;
      return when;
    };
    return { sent: () => n };
  };

  it.each([
    ['before the server heard of it', 'before', 0],
    ['after it, when nobody has heard so', 'after', 1],
  ] as const)('%s: 503, and the same key gives one record', async (_name, when, kept) => {
    const title = randomUUID(), key = { 'Idempotency-Key': randomUUID() };
    const make = () => manager.post<ProblemBody & { data: { id: string } }>('/api/povs', { title, ...fiftyDays }, key);
    const fault = broken(when, key['Idempotency-Key']);
    await expectRefused(make);
    expect(fault.sent()).toBe(1);
    line.atCommit = () => null;
    await until('the server has ended it', async () => (await count('pov where title = $1', [title])) === kept);
    const [first, second] = [await make(), await make()];
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body.data.id).toBe(first.body.data.id);
    expect(await count('pov where title = $1', [title])).toBe(1);
    await expectSound();
  });

  it(`one commit in twenty of API and processes, seed ${seed}: nothing is lost or doubled`, async () => {
    const random = seeded(seed);
    let lost = 0;
    line.atCommit = () => {
      if (random() >= 0.05) return null;
      lost += 1;
      return lost % 2 ? 'after' : 'before';
    };
    await lived(4);
    line.atCommit = () => null;
    // Both kinds, each more than once.
    expect(lost).toBeGreaterThan(3);
    await expectSound();
  });
});
