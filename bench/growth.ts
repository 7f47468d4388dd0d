import { step } from '../bin/progress.ts';
import { callerOf, closedLoop, type Caller } from './closed-loop.ts';
import { inboxOf, type Inbox } from './decisions.ts';
import { compared, percentile, type Figure } from './figures.ts';
import { loadPovs, rareWord } from './load.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import type { Program, Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

/** Few at once: the question is what one request costs, not when the machine is full. */
const clients = 4;

interface Place {
  size: number;
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
  const figures: Figure[] = [];
  for (const [name, act] of Object.entries(work)) {
    const arms = Object.fromEntries(places.map(place => [String(place.size), () => p95(place, act, ms)]));
    const measured = await interleaved(rounds, arms);
    const [least, ...more] = sizes.map(String);
    for (const size of more) {
      const about = { name: `${name}, ${size} POVs: p95`, unit: 'ms', against: `${least} POVs` } as const;
      figures.push(compared(about, { atMost: 1.3 }, measured[size]!, measured[least!]!));
    }
  }
  for (const { caller, api } of places) {
    caller.close();
    await api.stop();
  }
  return figures;
}

async function placeOf(rig: Rig, size: number): Promise<Place> {
  const database = await rig.database(`bench_growth_${size}`);
  const who = await makeCompany(database);
  await loadPovs(database, who, size);
  const api = await rig.api(database);
  return { size, who, api, caller: callerOf(api.url, clients), inbox: inboxOf(database, who) };
}

async function p95(place: Place, act: Work, ms: number): Promise<number> {
  place.headers = await place.who.signedIn(place.who.managers[0]!);
  await place.inbox.fill(ms);
  return percentile((await closedLoop({ clients, ms, act: () => act(place) })).latencies, 0.95);
}
