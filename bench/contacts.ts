import { isDeepStrictEqual } from 'node:util';
import type { Figure } from '../bin/docs/figure.ts';
import { step } from '../bin/progress.ts';
import { callerOf, closedLoop, type Caller, type Measured, type Sent } from './closed-loop.ts';
import { compared, percentile } from './figures.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, type Database, type Program, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';
import { loadParties, searchFigures } from './search.ts';

/** What a search finds in a table of any size: this many contacts have the word. */
const rareWord = 'Kestrel';
const rareCount = 40;
const connections = 50;
const few = 10_000;
const asked: Record<string, string> = {
  list: 'limit=50',
  filter: 'filter[status]=prospect&limit=50',
  sort: 'sort=fullName&limit=50',
  search: `q=${rareWord}&limit=50`,
};

/**
 * The list of contacts in a full CRM, five to an account: over a hand-written server, and over a small CRM. And the one
 * search over all that there is.
 */
export async function measureContacts(rig: Rig, sizes: Sizes): Promise<Figure[]> {
  const [full, small] = [await placeOf(rig, sizes.contacts), await placeOf(rig, few)];
  const figures = await contactFigures(rig, full, small, sizes);
  figures.push(...(await searchFigures(full.api.url, full.who, sizes.contacts * 1.2, sizes)));
  for (const { caller, api } of [full, small]) {
    caller.close();
    await api.stop();
  }
  return figures;
}

export async function contactFigures(
  rig: Pick<Rig, 'bare'>, full: Place, small: Place,
  { rounds, ms, contacts }: Pick<Sizes, 'rounds' | 'ms' | 'contacts'>,
): Promise<Figure[]> {
  const bare = await rig.bare('server', full.database);
  const byHand = callerOf(bare.url, connections);
  const figures: Figure[] = [];
  for (const [kind, query] of Object.entries(asked)) {
    const path = `/api/contacts?${query}`;
    const written = `/${full.who.tenantId}/contacts/${kind}`;
    assertSame((await full.get(path, 0)).body, (await byHand.send('GET', written)).body);
    const load = (act: (n: number, client: number) => Promise<unknown>) => () =>
      closedLoop({ clients: connections, ms, act });
    const measured = await interleaved(rounds, {
      full: load((_, client) => full.get(path, client)),
      small: load((_, client) => small.get(path, client)),
      byHand: load(() => byHand.send('GET', written)),
    });
    const p95 = (of: Measured[]): number[] => of.map(m => percentile(m.latencies, 0.95));
    const name = `GET /api/contacts, ${kind}, ${contacts} contacts, ${connections} connections: p95`;
    for (const [against, of] of [
      ['bare Express + pg, the same select', measured.byHand], [`${few} contacts`, measured.small],
    ] as const) figures.push(compared({ name, unit: 'ms', against }, { atMost: 1.5 }, p95(measured.full), p95(of)));
  }
  byHand.close();
  await bare.stop();
  return figures;
}

interface Place {
  database: Database;
  who: Company;
  api: Program;
  caller: Caller;
  get(path: string, client: number): Promise<Sent>;
}

async function placeOf(rig: Rig, count: number): Promise<Place> {
  const database = await rig.database(`bench_contacts_${count}`);
  const who = await makeCompany(database);
  await step(`${count} contacts`, () => load(database, who, count));
  return openedPlace(rig, database, who);
}

export async function openedPlace(rig: Pick<Rig, 'api'>, database: Database, who: Company): Promise<Place> {
  const api = await rig.api(database);
  const caller = callerOf(api.url, connections);
  const headers = await Promise.all(who.managers.map(who.signedIn));
  const get = (path: string, client: number): Promise<Sent> =>
    caller.send('GET', path, undefined, headers[client % headers.length]);
  return { database, who, api, caller, get };
}

const load = (database: Database, who: Company, count: number): Promise<void> =>
  asOwner(database, async db => {
    await loadParties(db, who, { accounts: count / 5, contactsOfEach: 5 });
    await db.query(
      `update contact c set full_name = '${rareWord} ' || c.last_name, first_name = '${rareWord}'
       from (select id from contact where tenant_id = $1 order by id limit ${rareCount}) rare where c.id = rare.id`,
      [who.tenantId],
    );
    await db.query('vacuum analyze');
  });

/** The same contacts in the same order, or there is nothing to compare. */
function assertSame(ours: string, byHand: string): void {
  const [a, b] = [ours, byHand].map(body => (JSON.parse(body) as { items: { id: string }[] }).items.map(i => i.id));
  if (!a!.length || !isDeepStrictEqual(a, b)) throw new Error(`Not the same contacts: ${a} and ${b}`);
}
