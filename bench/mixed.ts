import { setTimeout } from 'node:timers/promises';
import type { Figure } from '../bin/docs/figure.ts';
import { callerOf, type Caller } from './closed-loop.ts';
import { inboxOf, type Inbox } from './decisions.ts';
import { compared, percentile, plain } from './figures.ts';
import { loadPovs, rareWord } from './load.ts';
import type { Sizes } from './main.ts';
import { memoryOf, processorsOf, type Memory } from './memory.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, type Database, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

interface Office {
  who: Company;
  caller: Caller;
  inbox: Inbox;
  /** Those that each person may see, by the person's place. */
  povs: string[][];
  signedIn: { Authorization: string }[];
}
interface Turn {
  latencies: number[];
  /** The same by what was done. */
  of: Record<string, number[]>;
  errors: string[];
  /** How many processors each process kept busy. */
  busy: Record<string, number>;
}
type Work = (office: Office, headers: { Authorization: string }, n: number, person: number) => Promise<unknown>;

const pov = { title: 'Acme', startDate: '2026-11-24T09:00:00.000Z', endDate: '2027-01-13T09:00:00.000Z' };
const get = (path: (office: Office, n: number, person: number) => string): Work => (office, headers, n, person) =>
  office.caller.send('GET', path(office, n, person), undefined, headers);
/**
 * What people do, in these shares: mostly they look. A thousand of them, of whom each acts every 20 s, begin 1,800 POVs
 * and decide 3,600 approvals in an hour.
 */
const work: [name: string, share: number, Work][] = [
  ['list', 40, get(() => '/api/povs?limit=50')],
  ['POV', 30, get(({ povs }, n, person) => `/api/povs/${povs[person]![n % povs[person]!.length]}`)],
  ['search', 10, get(() => `/api/povs?q=${rareWord}&limit=50`)],
  ['board', 5, get(() => '/api/pov-board')],
  ['notifications', 12, get(() => '/api/notifications')],
  ['create', 1, ({ caller }, headers) => caller.send('POST', '/api/povs', pov, headers)],
  ['decide', 2, ({ caller, inbox }) => inbox.approve(caller, 'product')],
];
const shares = work.flatMap(([name, share, act]) => Array.from({ length: share }, () => ({ name, act })));

/** Many people who read before they click, against a few; and what the processes need of memory meanwhile. */
export async function measureMixed(rig: Rig, sizes: Sizes): Promise<Figure[]> {
  const { many, few, mixedMs, rounds } = sizes;
  const database = await rig.database('bench_mixed');
  const who = await makeCompany(database, { managers: Math.ceil(many / 5), sales: Math.floor((many * 4) / 5) });
  await loadPovs(database, who, 10_000, false);
  const programs = { API: await rig.api(database), worker: await rig.worker(database) };
  const caller = callerOf(programs.API.url, many);
  const inbox = inboxOf(database, who);
  const loaded: Memory[] = [];
  const turn = async (people: number): Promise<Turn> => {
    // Three times what they come to decide, since chance may bring more of them.
    await inbox.fill(Math.ceil((people * mixedMs) / sizes.thinkMs / shares.length) * 2 * 3 + 10);
    const present = [...who.managers, ...who.sales].slice(0, people);
    const signedIn = await Promise.all(present.map(who.signedIn));
    const office = { who, caller, inbox, povs: await seenBy(database, present.map(p => p.id)), signedIn };
    const busy = processorsOf(rig, programs);
    const done = { ...(await atWork(office, sizes, mixedMs)), busy: busy() };
    if (people === many) loaded.push(memoryOf(rig, programs));
    return done;
  };
  const measured = await interleaved(Math.min(rounds, 3), { many: () => turn(many), few: () => turn(few) });
  caller.close();
  await Promise.all(Object.values(programs).map(program => program.stop()));
  return [...figuresOf(sizes, measured), ...figuresOfMemory(loaded, many)];
}

/** Of each person some POVs in whose team they are. */
const seenBy = (database: Database, people: string[]): Promise<string[][]> =>
  asOwner(database, async db => {
    const { rows } = await db.query<{ povs: string[] }>(
      `select (select array_agg(pov_id)
         from (select pov_id from team_member m where m.user_id = p.id limit 20) seen) as povs
       from unnest($1::uuid[]) with ordinality p (id, n) order by p.n`,
      [people],
    );
    return rows.map(row => row.povs);
  });

/** Each person acts, reads for a while, and acts again; an answer that is late makes nobody else wait. */
async function atWork(
  { signedIn, ...office }: Office, { thinkMs }: Sizes, ms: number,
): Promise<Omit<Turn, 'busy'>> {
  const [latencies, errors]: [number[], string[]] = [[], []];
  const of: Record<string, number[]> = Object.fromEntries(work.map(([name]) => [name, []]));
  const end = performance.now() + ms;
  const person = async (headers: { Authorization: string }, number: number): Promise<void> => {
    for (let n = number * 37; ; n++) {
      await setTimeout(thinkMs * (0.5 + Math.random()) * (n === number * 37 ? Math.random() : 1));
      if (performance.now() >= end) return;
      const asked = performance.now();
      const { name, act } = shares[(n * 61) % shares.length]!;
      await act({ ...office, signedIn }, headers, n, number).then(
        () => {
          latencies.push(performance.now() - asked);
          of[name]!.push(performance.now() - asked);
        },
        (error: Error) => errors.push(error.message),
      );
    }
  };
  await Promise.all(signedIn.map(person));
  return { latencies, of, errors };
}

function figuresOf({ many, few, thinkMs }: Sizes, measured: Record<'many' | 'few', Turn[]>): Figure[] {
  const p95 = (turns: Turn[]): number[] => turns.map(turn => percentile(turn.latencies, 0.95));
  const name = `${many} people, mixed work, ${thinkMs / 1000} s between clicks: p95`;
  const kinds = work.map(([kind]) => {
    const all = measured.many.flatMap(turn => turn.of[kind]!);
    return all.length ? `${kind} ${Math.round(percentile(all, 0.95))} ms` : `${kind} never`;
  });
  const errors = [...measured.many, ...measured.few].flatMap(turn => turn.errors);
  return [
    compared({ name, unit: 'ms', against: `${few} people` }, { atMost: 2 }, p95(measured.many), p95(measured.few)),
    promised(plain({ name: `${name} by itself`, unit: 'ms', note: `p95 of each: ${kinds.join(', ')}` },
      p95(measured.many), { atMost: 500 })),
    ...Object.keys(measured.many[0]!.busy).map(part =>
      plain({ name: `Processors kept busy by ${part}, ${many} people`, unit: '' },
        measured.many.map(turn => turn.busy[part]!))),
    promised(plain({ name: `${many} people, mixed work: errors`, unit: '', ...(errors[0] && { note: errors[0] }) },
      [errors.length], { atMost: 0 })),
  ];
}

/** A run that misses it fails (PLT-097). */
const promised = (figure: Figure): Figure => ({ ...figure, binding: true });

/** At rest it is measured with the product, which starts several times. */
const figuresOfMemory = (loaded: Memory[], many: number): Figure[] =>
  Object.keys(loaded[0]!).map(name =>
    plain({ name: `Memory of ${name} with ${many} people at work`, unit: 'MB' }, loaded.map(each => each[name]!)));
