import type { Figure } from '../bin/docs/figure.ts';
import { step, type Say } from '../bin/progress.ts';
import { callerOf, closedLoop, eachOnce, type Caller } from './closed-loop.ts';
import { inboxOf, type Inbox } from './decisions.ts';
import { compared, percentile } from './figures.ts';
import { productFlows } from './flows.ts';
import { loadPovs, rareWord } from './load.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import type { Database, Program, Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

/** Few at once: the question is what one request costs, not when the machine is full. */
const clients = 4;

interface Place {
  name: string;
  database: Database;
  who: Company;
  api: Program;
  caller: Caller;
  inbox: Inbox;
  headers?: { Authorization: string };
}
type Work = (place: Place) => Promise<unknown>;
const get = (path: string): Work => ({ caller, headers }) => caller.send('GET', path, undefined, headers);
const work: Record<string, Work> = {
  list: get('/api/povs?limit=50'),
  'list by page': get('/api/povs?pageSize=50'),
  search: get(`/api/povs?q=${rareWord}&limit=50`),
  board: get('/api/pov-board'),
  decide: ({ caller, inbox }) => inbox.approve(caller, 'product'),
};

/** The same work on databases of different sizes, each with an API of its own, in turns. */
export async function measureGrowth(rig: Rig, { sizes, ms, rounds }: Sizes): Promise<Figure[]> {
  const places: Place[] = [];
  for (const size of sizes) places.push(await step(`${size} POVs`, () => placeOf(rig, size)));
  return inTurns(places, { ms, rounds });
}

/** The same work beside many processes that wait in the engine, over the same database without them. */
export async function measureParked(rig: Rig, { sizes, ms, rounds, parked }: Sizes): Promise<Figure[]> {
  const size = sizes[0]!;
  const places = [await placeOf(rig, size, 'bench_idle'), await placeOf(rig, size, 'bench_parked')] as const;
  await step(`${parked} parked processes`, say => park(rig, places[1], parked, say));
  const named = places.map((place, i) => ({ ...place, name: `${size} POVs, ${i ? parked : 'no'} parked processes` }));
  return inTurns(named, { ms, rounds });
}

/** Asks for approvals and waits until each waits for its decision in the engine; then their worker goes home. */
async function park(rig: Rig, { database, who }: Place, count: number, say: Say): Promise<void> {
  const flows = await productFlows(rig, database, who);
  const worker = await flows.worker();
  let open = 0;
  await eachOnce(20, count, async () => {
    await flows.open();
    open += 1;
    if (open % 100 === 0) say(`${open}`);
  });
  await worker.stop();
  await flows.stop();
}

async function inTurns(places: Place[], { ms, rounds }: Pick<Sizes, 'ms' | 'rounds'>): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [name, act] of Object.entries(work)) {
    const arms = Object.fromEntries(places.map(place => [place.name, () => p95(place, act, ms)]));
    const measured = await interleaved(rounds, arms);
    const [least, ...more] = places.map(place => place.name);
    for (const other of more) {
      const about = { name: `${name}, ${other}: p95`, unit: 'ms', against: least! } as const;
      figures.push(compared(about, { atMost: 1.3 }, measured[other]!, measured[least!]!));
    }
  }
  for (const { caller, api } of places) {
    caller.close();
    await api.stop();
  }
  return figures;
}

async function placeOf(rig: Rig, size: number, name?: string): Promise<Place> {
  const database = await rig.database(name ?? `bench_growth_${size}`);
  const who = await makeCompany(database);
  // Where it has a name a worker will run: it would find the processes of the loaded POVs missing in the engine.
  await loadPovs(database, who, size, name === undefined);
  const api = await rig.api(database);
  const [caller, inbox] = [callerOf(api.url, clients), inboxOf(database, who)];
  return { name: `${size} POVs`, database, who, api, caller, inbox };
}

async function p95(place: Place, act: Work, ms: number): Promise<number> {
  place.headers = await place.who.signedIn(place.who.managers[0]!);
  await place.inbox.fill(ms);
  return percentile((await closedLoop({ clients, ms, act: () => act(place) })).latencies, 0.95);
}
