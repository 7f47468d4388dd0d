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

/** What a search finds in a table of any size: this many contacts, and accounts, have the word. */
const rareWord = 'Kestrel';
const rareCount = 40;
const connections = 50;
const few = 10_000;
const contactsOfEach = 5;
const asked = (sorted: string): Record<string, string> => ({
  list: 'limit=50',
  filter: 'filter[status]=prospect&limit=50',
  sort: `sort=${sorted}&limit=50`,
  search: `q=${rareWord}&limit=50`,
});

/**
 * The list of contacts in a full CRM, five to an account: over a hand-written server, and over a small CRM. That of its
 * accounts over the same server. And the one search over all that there is.
 */
export async function measureContacts(rig: Rig, sizes: Sizes): Promise<Figure[]> {
  const [full, small] = [await placeOf(rig, sizes.contacts), await placeOf(rig, few)];
  const figures = await contactFigures(rig, full, small, sizes);
  figures.push(...(await accountFigures(rig, full, sizes)));
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
  for (const [kind, query] of Object.entries(asked('fullName'))) {
    const path = `/api/contacts?${query}`;
    const written = `/${full.who.tenantId}/contacts/${kind}`;
    assertSame((await full.get(path, 0)).body, (await byHand.send('GET', written)).body);
    const measured = await interleaved(rounds, {
      full: load(ms, (_, client) => full.get(path, client)),
      small: load(ms, (_, client) => small.get(path, client)),
      byHand: load(ms, () => byHand.send('GET', written)),
    });
    const name = `GET /api/contacts, ${kind}, ${contacts} contacts, ${connections} connections: p95`;
    for (const [against, of] of [
      ['bare Express + pg, the same select', measured.byHand], [`${few} contacts`, measured.small],
    ] as const) figures.push(compared({ name, unit: 'ms', against }, { atMost: 1.5 }, p95(measured.full), p95(of)));
  }
  byHand.close();
  await bare.stop();
  return figures;
}

/** Of the accounts that the contacts belong to, of which a list shows how many contacts and opportunities each has. */
async function accountFigures(
  rig: Pick<Rig, 'bare'>, full: Place, { rounds, ms, contacts }: Pick<Sizes, 'rounds' | 'ms' | 'contacts'>,
): Promise<Figure[]> {
  const bare = await rig.bare('server', full.database);
  const byHand = callerOf(bare.url, connections);
  const figures: Figure[] = [];
  for (const [kind, query] of Object.entries(asked('accountName'))) {
    const path = `/api/accounts?${query}`;
    const written = `/${full.who.tenantId}/accounts/${kind}`;
    assertSame((await full.get(path, 0)).body, (await byHand.send('GET', written)).body);
    const measured = await interleaved(rounds, {
      full: load(ms, (_, client) => full.get(path, client)),
      byHand: load(ms, () => byHand.send('GET', written)),
    });
    const name = `GET /api/accounts, ${kind}, ${contacts / contactsOfEach} accounts, ${connections} connections: p95`;
    const about = { name, unit: 'ms', against: 'bare Express + pg, the same select' } as const;
    figures.push(compared(about, { atMost: 1.5 }, p95(measured.full), p95(measured.byHand)));
  }
  byHand.close();
  await bare.stop();
  return figures;
}

const load = (ms: number, act: (n: number, client: number) => Promise<unknown>) => () =>
  closedLoop({ clients: connections, ms, act });
const p95 = (of: Measured[]): number[] => of.map(m => percentile(m.latencies, 0.95));

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
  await step(`${count} contacts`, () => fill(database, who, count));
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

const fill = (database: Database, who: Company, count: number): Promise<void> =>
  asOwner(database, async db => {
    await loadParties(db, who, { accounts: count / contactsOfEach, contactsOfEach });
    await db.query(
      `update contact c set full_name = '${rareWord} ' || c.last_name, first_name = '${rareWord}'
       from (select id from contact where tenant_id = $1 order by id limit ${rareCount}) rare where c.id = rare.id`,
      [who.tenantId],
    );
    await db.query(
      `update account c set account_name = '${rareWord} ' || c.account_name
       from (select id from account where tenant_id = $1 order by id limit ${rareCount}) rare where c.id = rare.id`,
      [who.tenantId],
    );
    await db.query('vacuum analyze');
  });

/** The same rows in the same order, or there is nothing to compare. */
function assertSame(ours: string, byHand: string): void {
  const [a, b] = [ours, byHand].map(body => (JSON.parse(body) as { items: { id: string }[] }).items.map(i => i.id));
  if (!a!.length || !isDeepStrictEqual(a, b)) throw new Error(`Not the same rows: ${a} and ${b}`);
}
