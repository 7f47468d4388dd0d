import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { connected } from '../../../bin/database-roles.ts';
import { openOrm } from '../../../db/platform/orm.ts';
import { signIn, type Client } from '../../kit/client.ts';
import { parts, startCluster, type Cluster, type Part } from '../../kit/cluster.ts';
import { withAccountTypes, withStages } from '../../kit/crm.fixture.ts';
import { liveCustomer } from '../../kit/crm/load.ts';
import { brokenInvariants, brokenRows } from '../../kit/invariants.ts';
import { livePov, nothingYet, type Team } from '../../kit/load.ts';
import { password, type TestTenant } from '../../kit/people.ts';
import { seeded } from '../../kit/faults/seeded.ts';
import { until } from '../../kit/app.ts';

/** The same kills for the same seed, each when as much has been answered. */
const seed = Number(process.env['KILL_SEED'] ?? 20261121);
const kills = Number(process.env['KILLS'] ?? 50);
const side = 6;

let cluster: Cluster;
beforeAll(async () => {
  cluster = await startCluster();
  const orm = await openOrm(cluster.ownerUrl, 2);
  for (const { id } of cluster.tenants) {
    await withAccountTypes(id);
    await withStages(id);
  }
  await orm.close();
}, 300_000);
afterAll(() => cluster?.stop(), 60_000);

async function teamOf(tenant: TestTenant): Promise<Team> {
  const everywhere = (name: string): Promise<Client[]> =>
    Promise.all(cluster.urls.map(url => signIn(url, tenant.slug, name, password)));
  return {
    manager: await everywhere('manager'),
    sales: await everywhere('sales'),
    sales2: await everywhere('sales2'),
    ids: tenant.users,
  };
}

const completed = `select count(*) as n from phase where status = 'COMPLETED' and id = any($1)`;

it(`[PLT-104] [APR-052] ${kills} kills (-9) under load, seed ${seed}: what was answered is there, once`, async () => {
  const told = nothingYet();
  const teams = await Promise.all(cluster.tenants.map(teamOf));
  let killing = true;
  const load = Array.from({ length: side }, async (_, n) => {
    for (let i = 0; killing; i += 1) {
      const live = i % 2 ? liveCustomer : livePov;
      await live(teams[n % 2]!, `${i % 2 ? 'Customer' : 'POV'} ${n}.${i}`, told);
    }
  });
  const lived = Promise.all(load);
  const faults = async (): Promise<void> => {
    for (const { part, after, down } of plan()) {
      await told.answered.more(after);
      await cluster.kill(part);
      await told.tried.more(down);
      await cluster.start(part);
    }
  };
  await Promise.race([faults(), lived]);
  killing = false;
  await cluster.ready();
  await lived;
  expect(told.unexpected).toEqual([]);
  expect(told.completed.length).toBeGreaterThan(kills / 5);
  const db = await connected(cluster.ownerUrl);
  const count = async (text: string, values: unknown[]): Promise<number> =>
    Number((await db.query<{ n: string }>(text, values)).rows[0]!.n);
  const reminders = (): Promise<number> => count(reminded, [told.reminded]);
  try {
    // Nothing more comes: every event is delivered and read, every approved phase is completed, everybody reminded.
    await until(
      'all has settled',
      async () =>
        (await count(completed, [told.completed])) === told.completed.length &&
        (await reminders()) === told.reminded.length &&
        (await brokenRows(db)).length === 0,
      300_000,
    ).catch(() => {});
    expect(await brokenInvariants(cluster)).toEqual([]);
    expect(await count('select count(*) as n from pov where id = any($1)', [told.povs])).toBe(told.povs.length);
    expect(await count('select count(*) - count(distinct (tenant_id, title)) as n from pov', [])).toBe(0);
    expect(await count(completed, [told.completed])).toBe(told.completed.length);
    expect(await reminders()).toBe(told.reminded.length);
    expect(Object.keys(told.records)).toEqual(['account', 'contact', 'opportunity', 'task']);
    for (const [table, answered] of Object.entries(told.records)) {
      // Made and changed, and a task's reminder: so many versions, though each was asked for again and again.
      const versions = table === 'task' ? 3 : 2;
      const { rows } = await db.query<{ id: string; version: number }>(`select id, version from ${table}`);
      const expected = [...answered].sort().map(id => ({ id, version: versions }));
      expect([table, rows.sort((a, b) => (a.id < b.id ? -1 : 1))]).toEqual([table, expected]);
    }
  } finally {
    await db.end();
  }
}, 900_000);

const reminded = `select count(*) as n from notification where template_id = 'task-reminder'
  and reference_id = any($1)`;

/** Killed when so many more requests have been answered; down for so many tries, answered or not. */
interface Kill {
  part: Part;
  after: number;
  down: number;
}
function* plan(): Generator<Kill> {
  const random = seeded(seed);
  const upTo = (n: number): number => 1 + Math.floor(random() * n);
  // Each part once, in any order, before the first one's next turn.
  let left: Part[] = [];
  for (let n = 0; n < kills; n += 1) {
    if (!left.length) left = [...parts];
    const [part] = left.splice(upTo(left.length) - 1, 1);
    yield { part: part!, after: upTo(40), down: upTo(20) };
  }
}
