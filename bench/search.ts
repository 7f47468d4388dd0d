import type { Client } from 'pg';
import type { Figure } from '../bin/docs/figure.ts';
import { step } from '../bin/progress.ts';
import { callerOf, closedLoop, type Measured } from './closed-loop.ts';
import { percentile, plain } from './figures.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

/** People who type at one moment, without a pause: somebody alone, for whom the goal is, and several. */
const typing = { alone: 1, several: 4 };
const words: Record<string, readonly string[]> = {
  'the beginning of a name': ['halv', 'nordic har', 'contos', 'rexb'],
  'a piece of a phone number': ['555-12', '0-4711', '55599'],
  'a name with a slip': ['halvorsne', 'nrodic', 'contsoo'],
  'what is nowhere': ['qqxzzy', 'wwkkvv'],
};

/** The one search over many accounts and contacts: as administrator, and as somebody who sees few of them. */
export async function measureSearch(rig: Rig, sizes: Sizes): Promise<Figure[]> {
  const database = await rig.database('bench_search');
  const who = await makeCompany(database);
  const count = sizes.povs;
  const parties = { accounts: Math.ceil(count / 2), contactsOfEach: 1 };
  await step(`${count} accounts and contacts`, () => asOwner(database, db => loadParties(db, who, parties)));
  const api = await rig.api(database);
  const figures = await searchFigures(api.url, who, count, sizes);
  await api.stop();
  return figures;
}

/** The same where the records are there already. */
export async function searchFigures(
  url: string, who: Company, count: number, sizes: Pick<Sizes, 'rounds' | 'ms'>,
): Promise<Figure[]> {
  const caller = callerOf(url, typing.several);
  const readers = { 'sees all': who.managers, 'sees a hundredth': who.sales };
  const figures: Figure[] = [];
  for (const [reader, people] of Object.entries(readers)) {
    const headers = await Promise.all(people.map(who.signedIn));
    for (const [kind, texts] of Object.entries(words)) {
      const act = async (nth: number, c: number): Promise<unknown> => {
        const path = `/api/search?q=${encodeURIComponent(texts[nth % texts.length]!)}`;
        return caller.send('GET', path, undefined, headers[c % headers.length]!);
      };
      const turn = (clients: number) => () => closedLoop({ clients, ms: sizes.ms / 2, act });
      const { alone, several } = await interleaved(sizes.rounds, {
        alone: turn(typing.alone), several: turn(typing.several),
      });
      const name = `GET /api/search, ${kind}, ${count} records, ${reader}`;
      const p95 = (of: Measured[]): number[] => of.map(m => percentile(m.latencies, 0.95));
      figures.push(
        plain({ name: `${name}: p95`, unit: 'ms' }, p95(alone), { atMost: 150 }),
        plain({ name: `${name}, ${typing.several} at once: p95`, unit: 'ms' }, p95(several)),
      );
    }
  }
  caller.close();
  return figures;
}

interface Parties {
  accounts: number;
  contactsOfEach: number;
}

/** Accounts, each with an owner among the sales people, and their contacts; the fourth of five is a prospect. */
export async function loadParties(db: Client, who: Company, { accounts, contactsOfEach }: Parties): Promise<void> {
  const made = await withoutTextIndexes(db);
  const { rows } = await db.query<{ id: string }>(
    `insert into account_type (id, tenant_id, created_at, updated_at, name)
     values (gen_random_uuid(), $1, now(), now(), 'Customer') returning id`, [who.tenantId],
  );
  await db.query(
    `insert into account (id, tenant_id, created_at, updated_at, account_name, account_type_id, account_owner, phone,
       shipping_city, industry, status)
     select uuidv7(), $1, at, at, (array['Halvorsen', 'Nordic', 'Contoso', 'Rexby', 'Müller', 'Adatum',
       'Fabrikam', 'Tailspin', 'Wingtip', 'Litware'])[1 + n % 10] || ' ' || (array['Foods', 'Harbour', 'Mills',
       'Systems', 'Logistics', 'Energy', 'Works'])[1 + n % 7] || ' ' || substr(md5(n::text), 1, 6), $2,
       ($3::uuid[])[1 + n % cardinality($3::uuid[])], '555-' || lpad((n % 1000)::text, 3, '0') || '-4711',
       'City ' || n % 500, 'Food',
       case n % 5 when 4 then 'prospect' else 'active' end
     from generate_series(1, $4::int) n,
       lateral (select now() - n::bigint * 7919 % 1000003 * interval '1 second') moments (at)`,
    [who.tenantId, rows[0]!.id, who.sales.map(p => p.id), accounts],
  );
  await db.query(
    `insert into contact (id, tenant_id, created_at, updated_at, account_id, first_name, last_name, full_name,
       work_phone, email_address, status)
     select uuidv7(), $1, at, at, a.id, 'Jane', name, 'Jane ' || name, a.phone, name || n || '@example.com',
       case n when 4 then 'prospect' else 'customer' end
     from account a, generate_series(1, $2::int) n, substr(md5(a.id::text || n), 1, 16) name,
       lateral (select now() - ('x' || substr(name, 1, 7))::bit(28)::int * interval '1 second') moments (at)
     where a.tenant_id = $1`,
    [who.tenantId, contactsOfEach],
  );
  await made();
  await db.query('vacuum analyze');
}

/** Indexes over texts are made again over all rows at once, which takes a fraction of the time. */
const withoutTextIndexes = (db: Client): Promise<() => Promise<void>> =>
  withoutIndexes(db, ['account', 'contact', 'search_entry'], '% USING gin %');

/** Does without indexes of these tables until they are made again; what proves a constraint stays. */
export async function withoutIndexes(
  db: Client, tables: readonly string[], like = '%',
): Promise<() => Promise<void>> {
  const { rows } = await db.query<{ name: string; made: string }>(
    `select i.indexname as name, i.indexdef as made from pg_indexes i where i.tablename = any($1::text[])
       and i.indexdef like $2 and not exists (select from pg_constraint c where c.conname = i.indexname)`,
    [tables, like],
  );
  for (const { name } of rows) await db.query(`drop index "${name}"`);
  return async () => {
    await db.query(`set maintenance_work_mem = '1GB'; set max_parallel_maintenance_workers = 0`);
    for (const { made } of rows) await db.query(made);
  };
}
