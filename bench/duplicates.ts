import type { Client } from 'pg';
import type { Figure } from '../bin/docs/figure.ts';
import { step } from '../bin/progress.ts';
import { callerOf, eachOnce, type Caller, type Measured } from './closed-loop.ts';
import { compared, percentile, plain, spread } from './figures.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, ownerOf, pause, type Database, type Program, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';
import { withoutIndexes } from './search.ts';

/** Each of so many contacts is there a second time. */
const twinOf = 20;
const merging = 4;
/** So many have their addresses at one company. */
const ofCompany = 5;

/** Looking for duplicates in a whole base, and making one contact of two. */
export async function measureDuplicates(rig: Rig, sizes: Sizes): Promise<Figure[]> {
  const [small, full] = [await baseOf(rig, sizes.scanned), await baseOf(rig, sizes.contacts)];
  const whole = await atWork(rig, small, base => withWorker(rig, base, () => wholeScans(base, sizes)));
  const merges = await atWork(rig, full, base => withWorker(rig, base, () => mergesOf(base, sizes)));
  const part = await atWork(rig, full, base => ratesOf(rig, base, sizes));
  const per = (name: string) => ({
    name: `Scan for duplicates, ${name}: contacts a second`, unit: '/s' as const,
    against: 'one program, the same candidates and rule',
  });
  const minutes = Math.round(sizes.contacts / spread(part.ours).median / 6) / 10;
  const note = `At this pace all of them take ${minutes} minutes.`;
  const about = { unit: 'ms' as const, against: 'bare Express + pg, the same references moved in one transaction' };
  const of = (share: number, all: Measured[]): number[] => all.map(m => percentile(m.latencies, share));
  const name = `Merge of two contacts among ${sizes.contacts}, ${merging} at once`;
  return [
    compared(
      per(`all of ${sizes.scanned} contacts`), {},
      whole.ours.map(seconds => sizes.scanned / seconds), whole.byHand.map(seconds => sizes.scanned / seconds),
    ),
    compared({ ...per(`among ${sizes.contacts} contacts`), note }, {}, part.ours, part.byHand),
    compared({ ...about, name: `${name}: p95` }, {}, of(0.95, merges.ours), of(0.95, merges.byHand)),
    compared({ ...about, name: `${name}: median` }, {}, of(0.5, merges.ours), of(0.5, merges.byHand)),
    plain({ name: `${name}: merges a second`, unit: '/s' }, merges.ours.map(m => m.perSecond)),
  ];
}

interface Base {
  database: Database;
  who: Company;
}
/** A base whose servers run. */
interface Open extends Base {
  caller: Caller;
  byHand: Caller;
  headers: { Authorization: string };
  db: Client;
}

async function baseOf(rig: Rig, count: number): Promise<Base> {
  const database = await rig.database(`bench_duplicates_${count}`);
  const who = await makeCompany(database);
  await step(`${count} contacts, some of them twice`, () => asOwner(database, db => loadPeople(db, who, count)));
  return { database, who };
}

async function atWork<T>(rig: Rig, base: Base, work: (open: Open) => Promise<T>): Promise<T> {
  const { database, who } = base;
  const programs: Program[] = [await rig.api(database), await rig.bare('server', database)];
  const [caller, byHand] = [callerOf(programs[0]!.url, merging), callerOf(programs[1]!.url, merging)];
  const db = await ownerOf(database);
  try {
    return await work({ ...base, caller, byHand, headers: await who.signedIn(who.managers[0]!), db });
  } finally {
    caller.close();
    byHand.close();
    await db.end();
    await Promise.all(programs.map(program => program.stop()));
  }
}

async function withWorker<T>(rig: Rig, { database }: Base, work: () => Promise<T>): Promise<T> {
  const worker = await rig.worker(database);
  return work().finally(() => worker.stop());
}

/** Seconds of each whole pass; both find what is twice. */
async function wholeScans(base: Open, { rounds, scanned }: Sizes): Promise<Record<'ours' | 'byHand', number[]>> {
  const seconds = async (pass: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await pass();
    return (performance.now() - began) / 1000;
  };
  const measured = await interleaved(Math.ceil(rounds / 3), {
    ours: () => seconds(async () => {
      await started(base);
      while ((await scanOf(base)).status === 'running') await pause(50);
    }),
    byHand: () => seconds(() => base.byHand.send('POST', `/${base.who.tenantId}/scan`, {})),
  });
  const { rows } = await base.db.query<{ ours: number; hand: number }>(
    `select (select count(*)::int from duplicate_pair) as ours, (select count(*)::int from found_by_hand) as hand`,
  );
  const { ours, hand } = rows[0]!;
  if (ours !== hand || ours < scanned / twinOf) throw new Error(`Not the same pairs: ${ours} and ${hand}`);
  return measured;
}

/** Contacts a second of a scan that goes on in each turn where it was in the last; it is left in the midst. */
async function ratesOf(
  rig: Rig, base: Open, { rounds, ms }: Sizes,
): Promise<Record<'ours' | 'byHand', number[]>> {
  await started(base);
  const turnMs = ms * 3;
  return interleaved(Math.ceil(rounds / 2), {
    ours: async () => {
      const worker = await rig.worker(base.database);
      const { done: first } = await scanOf(base);
      while ((await scanOf(base)).done === first) await pause(50);
      const [before, began] = [(await scanOf(base)).done, performance.now()];
      await pause(turnMs);
      const [{ done }, seconds] = [await scanOf(base), (performance.now() - began) / 1000];
      await worker.stop();
      return (done - before) / seconds;
    },
    byHand: async () => {
      const began = performance.now();
      const { body } = await base.byHand.send('POST', `/${base.who.tenantId}/scan`, { ms: turnMs });
      return (JSON.parse(body) as { done: number }).done / ((performance.now() - began) / 1000);
    },
  });
}

const started = ({ caller, headers }: Open): Promise<unknown> =>
  caller.send('POST', '/api/duplicate-scans', {}, headers);

async function scanOf({ db }: Open): Promise<{ status: string; done: number }> {
  const { rows } = await db.query<{ status: string; done: number }>(
    'select status, done from duplicate_scan order by created_at desc, id desc limit 1',
  );
  return rows[0]!;
}

/** Each contact that is there twice becomes one, half of them by hand. */
async function mergesOf(
  { who, caller, byHand, headers, db }: Open, { rounds, merges }: Sizes,
): Promise<Record<'ours' | 'byHand', Measured[]>> {
  const { rows: pairs } = await db.query<{ a: string; b: string }>(
    `select a.id as a, b.id as b from contact a join contact b on b.work_phone = a.work_phone and b.id > a.id
     order by a.id limit $1`, [2 * (rounds + 1) * merges],
  );
  await db.query(parts, [who.tenantId, who.sales[0]!.id, pairs.map(p => p.b)]);
  // Those that are merged are found by the search as in any base.
  const both = pairs.flatMap(p => [p.a, p.b]);
  await db.query('update contact set full_name = full_name where id = any($1::uuid[])', [both]);
  const next = (): { a: string; b: string } => {
    const pair = pairs.pop();
    if (!pair) throw new Error('Too few contacts are there twice');
    return pair;
  };
  const turn = (merge: (pair: { a: string; b: string }) => Promise<unknown>) => () =>
    eachOnce(merging, merges, () => merge(next()));
  const at = `/${who.tenantId}/${who.managers[0]!.id}/merge`;
  return interleaved(rounds, {
    ours: turn(({ a, b }) => caller.send('POST', '/api/contacts/merge', { survivorId: a, mergedIds: [b] }, headers)),
    byHand: turn(({ a, b }) => byHand.send('POST', at, { survivorId: a, mergedId: b })),
  });
}

/** What belongs to those that are merged: five interactions and two tasks. */
const parts = `with talks as (insert into interaction (id, tenant_id, created_at, updated_at, type, subject, contact_id,
    owner_id) select gen_random_uuid(), $1, now(), now(), 'call', 'Call ' || n, c, $2
    from unnest($3::uuid[]) c, generate_series(1, 5) n)
  insert into task (id, tenant_id, created_at, updated_at, title, contact_id, assignee_id)
  select gen_random_uuid(), $1, now(), now(), 'Task ' || n, c, $2 from unnest($3::uuid[]) c, generate_series(1, 2) n`;

/**
 * People whose names are as alike as names are: of two or three syllables, eight thousand first and last ones. The
 * search knows none of them, since nobody searches here and an entry costs more than the contact.
 */
async function loadPeople(db: Client, who: Company, count: number): Promise<void> {
  const made = await withoutIndexes(db, ['contact']);
  await db.query('alter table contact disable trigger keep_search_entry');
  await db.query(
    `with one as (select n, n - (n % ${twinOf} = 0)::int as m from generate_series(1, $2::int) n),
     named as (select n, m, initcap(s[1 + h1 % 20] || s[1 + h1 / 20 % 20] || s[1 + h1 / 400 % 20]) as first,
         initcap(s[1 + h2 % 20] || s[1 + h2 / 20 % 20] || s[1 + h2 / 400 % 20] || e[1 + h2 / 8000 % 10]) as last
       from one, lateral (select abs(hashint4(m)) as h1, abs(hashint4(m + 7777777)) as h2) h,
         (select array['an','bo','cha','da','el','fi','gar','ha','is','jo','ka','lu','mar','ni','or','pe','ro','sa',
           'ti','vi'] as s, array['sen','sson','berg','er','ova','ez','ini','ton','wood','ley'] as e) syllables)
     insert into contact (id, tenant_id, created_at, updated_at, first_name, last_name, full_name, email_address,
       work_phone)
     select uuidv7(), $1, now(), now(), first, last, first || ' ' || last,
       lower(first || '.' || last) || n || '@company' || m / ${ofCompany} || '.example', '+47 ' || lpad(m::text, 8, '0')
     from named`,
    [who.tenantId, count],
  );
  await db.query('alter table contact enable trigger keep_search_entry');
  await made();
  await db.query('vacuum analyze');
}
