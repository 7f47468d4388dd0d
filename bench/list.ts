import { isDeepStrictEqual } from 'node:util';
import type { Figure } from '../bin/docs/figure.ts';
import { step } from '../bin/progress.ts';
import { callerOf, closedLoop, type Caller, type Measured } from './closed-loop.ts';
import { compared, percentile } from './figures.ts';
import { heldBack } from './held-back.ts';
import { loadPovs, rareWord } from './load.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, type Database, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

const connections = 50;
interface Arms {
  database: Database;
  who: Company;
  ours: Caller;
  bare: Caller;
}

/** Lists, searches and creates with many POVs, over a bare server that does the same on the same database. */
export async function measureLists(rig: Rig, sizes: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_list');
  const who = await makeCompany(database);
  await step(`${sizes.povs} POVs`, () => loadPovs(database, who, sizes.povs));
  const relay = await heldBack(database);
  const [api, server] = [await rig.api(database), await rig.bare('server', database)];
  const arms = { database, who, ours: callerOf(api.url, connections), bare: callerOf(server.url, connections) };
  const figures = [await list(arms, sizes), await search(arms, sizes), await create(arms, sizes, '')];
  // The same once more with what comes after the commit: events are stamped, a process is started for each POV.
  await relay.end();
  figures.push(await create(arms, sizes, ', with its process started in the engine'));
  arms.ours.close();
  arms.bare.close();
  await Promise.all([api.stop(), server.stop()]);
  return figures;
}

async function list(arms: Arms, sizes: Sizes): Promise<Figure> {
  const name = `GET /api/povs?limit=50, ${sizes.povs} POVs, ${connections} connections: p95`;
  const paths = { ours: '/api/povs?limit=50', bare: `/${arms.who.tenantId}/povs` };
  return reads(arms, sizes, { name, paths, goal: 1.3 });
}

async function search(arms: Arms, sizes: Sizes): Promise<Figure> {
  const name = `GET /api/povs?q=…&limit=50, ${sizes.povs} POVs, ${connections} connections: p95`;
  const paths = {
    ours: `/api/povs?q=${rareWord.toLowerCase()}&limit=50`,
    bare: `/${arms.who.tenantId}/povs?q=${rareWord.toLowerCase()}`,
  };
  return reads(arms, sizes, { name, paths, goal: 1.5 });
}

interface Read {
  name: string;
  paths: Record<'ours' | 'bare', string>;
  goal: number;
}

async function reads({ who, ours, bare }: Arms, { ms, rounds }: Sizes, { name, paths, goal }: Read): Promise<Figure> {
  const headers = await Promise.all(who.managers.map(who.signedIn));
  const of = (client: number) => headers[client % headers.length]!;
  await assertSame(await ours.send('GET', paths.ours, undefined, of(0)), await bare.send('GET', paths.bare));
  const clients = connections;
  const measured = await interleaved(rounds, {
    ours: () => closedLoop({ clients, ms, act: (_, c) => ours.send('GET', paths.ours, undefined, of(c)) }),
    bare: () => closedLoop({ clients, ms, act: () => bare.send('GET', paths.bare) }),
  });
  const p95 = (m: Measured): number => percentile(m.latencies, 0.95);
  const about = { name, unit: 'ms', against: 'bare Express + pg, the same select' } as const;
  return compared(about, { atMost: goal }, measured.ours.map(p95), measured.bare.map(p95));
}

/** Both answer the same rows with the same fields, or there is nothing to compare. */
async function assertSame(ours: { body: string }, bare: { body: string }): Promise<void> {
  const items = [ours, bare].map(answer => (JSON.parse(answer.body) as { items: unknown[] }).items);
  if (!items[0]!.length || !isDeepStrictEqual(items[0], items[1])) {
    throw new Error(`Not the same answer: ${JSON.stringify(items[0]![0])} and ${JSON.stringify(items[1]![0])}`);
  }
}

async function create(
  { database, who, ours, bare }: Arms, { ms, rounds }: Sizes, andThen: string,
): Promise<Figure> {
  const headers = await Promise.all(who.managers.map(who.signedIn));
  const pov = { title: 'Acme', startDate: '2026-11-24T09:00:00.000Z', endDate: '2027-01-13T09:00:00.000Z' };
  const arms = {
    ours: (n: number) => ours.send('POST', '/api/povs', pov, headers[n % headers.length]),
    bare: (n: number) => bare.send('POST', `/${who.tenantId}/${who.managers[n % headers.length]!.id}/povs`, pov),
  };
  const written = {
    ours: await rowsOf(database, () => arms.ours(0)),
    bare: await rowsOf(database, () => arms.bare(0)),
  };
  if (!isDeepStrictEqual(written.ours, written.bare)) throw new Error(`Not the same rows: ${JSON.stringify(written)}`);
  const clients = connections;
  const measured = await interleaved(rounds, {
    ours: () => closedLoop({ clients, ms, act: arms.ours }),
    bare: () => closedLoop({ clients, ms, act: arms.bare }),
  });
  const perSecond = (m: Measured): number => m.perSecond;
  const about = {
    name: `POST /api/povs${andThen}, ${connections} connections: requests a second`,
    unit: '/s',
    against: 'bare Express + pg, the same rows in one transaction',
  } as const;
  return compared(about, andThen ? {} : { atLeast: 0.7 }, measured.ours.map(perSecond), measured.bare.map(perSecond));
}

const tables = [
  'team', 'pov', 'team_member', 'phase', 'pov_activity', 'process', 'audit_log', 'stream', 'outbox_event',
];

/** How many rows of each table it adds. */
const rowsOf = (of: Database, act: () => Promise<unknown>): Promise<number[]> =>
  asOwner(of, async db => {
    const counts = tables.map(table => `(select count(*)::int from ${table})`).join(', ');
    const count = async (): Promise<number[]> =>
      (await db.query<number[]>({ text: `select ${counts}`, rowMode: 'array' })).rows[0]!;
    const before = await count();
    await act();
    return (await count()).map((n, i) => n - before[i]!);
  });
