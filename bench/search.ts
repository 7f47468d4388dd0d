import type { Client } from 'pg';
import { step } from '../bin/progress.ts';
import { callerOf, closedLoop } from './closed-loop.ts';
import { percentile, plain, type Figure } from './figures.ts';
import type { Sizes } from './main.ts';
import { makeCompany, type Company } from './people.ts';
import { asOwner, type Rig } from './rig.ts';
import { interleaved } from './rounds.ts';

/** People who type at one moment. */
const typing = 4;
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
  await step(`${count} accounts and contacts`, () => asOwner(database, db => loadParties(db, who, count)));
  const api = await rig.api(database);
  const caller = callerOf(api.url, typing);
  const readers = { 'sees all': who.managers, 'sees a hundredth': who.sales };
  const figures: Figure[] = [];
  for (const [reader, people] of Object.entries(readers)) {
    const headers = await Promise.all(people.map(who.signedIn));
    for (const [kind, texts] of Object.entries(words)) {
      const act = async (nth: number, c: number): Promise<unknown> => {
        const path = `/api/search?q=${encodeURIComponent(texts[nth % texts.length]!)}`;
        return caller.send('GET', path, undefined, headers[c % headers.length]!);
      };
      const turn = () => closedLoop({ clients: typing, ms: sizes.ms, act });
      const { ours } = await interleaved(sizes.rounds, { ours: turn });
      const name = `GET /api/search, ${kind}, ${count} records, ${reader}: p95`;
      figures.push(plain({ name, unit: 'ms' }, ours.map(m => percentile(m.latencies, 0.95)), { atMost: 150 }));
    }
  }
  caller.close();
  await api.stop();
  return figures;
}

/** Half of them accounts, each with an owner among the sales people, half contacts of these. */
async function loadParties(db: Client, who: Company, count: number): Promise<void> {
  const { rows } = await db.query<{ id: string }>(
    `insert into account_type (id, tenant_id, created_at, updated_at, name)
     values (gen_random_uuid(), $1, now(), now(), 'Customer') returning id`, [who.tenantId],
  );
  await db.query(
    `insert into account (id, tenant_id, created_at, updated_at, account_name, account_type_id, account_owner, phone,
       shipping_city, industry)
     select gen_random_uuid(), $1, now(), now(), (array['Halvorsen', 'Nordic', 'Contoso', 'Rexby', 'Müller', 'Adatum',
       'Fabrikam', 'Tailspin', 'Wingtip', 'Litware'])[1 + n % 10] || ' ' || (array['Foods', 'Harbour', 'Mills',
       'Systems', 'Logistics', 'Energy', 'Works'])[1 + n % 7] || ' ' || substr(md5(n::text), 1, 6), $2,
       ($3::uuid[])[1 + n % cardinality($3::uuid[])], '555-' || lpad((n % 1000)::text, 3, '0') || '-4711',
       'City ' || n % 500, 'Food'
     from generate_series(1, $4::int) n`,
    [who.tenantId, rows[0]!.id, who.sales.map(p => p.id), Math.ceil(count / 2)],
  );
  await db.query(
    `insert into contact (id, tenant_id, created_at, updated_at, account_id, first_name, last_name, full_name,
       work_phone, email_address)
     select gen_random_uuid(), tenant_id, now(), now(), id, 'Jane', substr(md5(id::text), 1, 8),
       'Jane ' || substr(md5(id::text), 1, 8), phone, md5(id::text) || '@example.com'
     from account where tenant_id = $1`,
    [who.tenantId],
  );
  await db.query('vacuum analyze');
}
