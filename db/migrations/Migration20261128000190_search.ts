import { Migration } from '@mikro-orm/migrations';
import { ownTable } from '../platform/schema/own-table.ts';
import { dropKeepsEntry, keepsEntry, type Kept } from '../platform/search/keep-entry.ts';

/** One search over all records (CRM-120): full text by the beginnings of words, trigrams for the rest. */
export class Migration20261128000190_search extends Migration {
  override up(): void {
    this.addSql('create extension if not exists unaccent;');
    for (const sql of [...folding, ...table, ...ownTable('search_entry'), ...searching, keeping]) this.addSql(sql);
    for (const [name, kept] of Object.entries(searched)) for (const sql of keepsEntry(name, kept)) this.addSql(sql);
  }

  override down(): void {
    for (const name of Object.keys(searched)) for (const sql of dropKeepsEntry(name)) this.addSql(sql);
    this.addSql('drop function search_entries(text, text[], int);');
    this.addSql('drop function keep_search_entry(uuid, uuid, text, text, text, text);');
    this.addSql('drop table search_entry;');
    for (const name of ['search_query', 'search_lexemes', 'search_fold']) this.addSql(`drop function ${name}(text);`);
    this.addSql('drop extension unaccent;');
  }
}

const searched: Record<string, Kept> = {
  account: {
    type: 'account', title: 'account_name', phones: ['phone'],
    body: ['account_legal_name', 'email', 'website_url', 'shipping_city', 'billing_city', 'industry', 'description'],
  },
  contact: {
    type: 'contact', title: 'full_name', phones: ['work_phone', 'mobile'],
    body: ['email_address', 'job_title', 'department', 'city', 'description'],
  },
  opportunity: { type: 'opportunity', title: 'opportunity_name', body: ['order_id_house', 'description'] },
  pov: { type: 'pov', title: 'title', body: ['customer_name', 'partner_name', 'opportunity_name', 'objective'] },
  product: {
    type: 'product', title: 'name',
    body: ['sku', 'barcode', 'supplier_sku', 'product_name_vendor', 'brand', 'category', 'description'],
  },
  task: { type: 'task', title: 'title', body: ['description'] },
  ticket: { type: 'ticket', title: 'issue', body: ['description'] },
};

/** Scripts without spaces between words: each two neighbours are a word. */
const unspaced = String.raw`\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff`;
/** What stands between words, by code points: what is a letter would depend on the database's locale. */
const between = String.raw`\u0001-\u002f\u003a-\u0040\u005b-\u0060\u007b-\u00bf\u2000-\u206f\u3000-\u303f\uff00-\uff0f`;

const folding = [
  `create function search_fold(said text) returns text language sql immutable strict parallel safe
   set search_path = public, pg_temp as $$ select lower(unaccent('public.unaccent', normalize(said, NFKC))) $$;`,
  `create function search_lexemes(folded text) returns text[] language sql immutable strict parallel safe as $$
     select coalesce(array_agg(distinct left(lexeme, 100)), '{}') from (
       select word[1] as lexeme from regexp_matches(folded, '[^${between}${unspaced}]+', 'g') word
       union all
       select substr(run[1], n, 2) from regexp_matches(folded, '[${unspaced}]+', 'g') run,
         generate_series(1, length(run[1])) n
     ) found
   $$;`,
  // No lexeme holds a quote or a backslash.
  `create function search_query(folded text) returns tsquery language sql immutable strict parallel safe
   set search_path = public, pg_temp as $$
     select string_agg('''' || lexeme || ''':*', ' & ')::tsquery from unnest(search_lexemes(folded)) lexeme
   $$;`,
];

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
const table = [
  `create table "search_entry" ("record_id" uuid not null, "tenant_id" uuid not null, "type" varchar(20) not null,
   "title" text not null, "body" text not null, "name" text not null, "content" text not null,
   "words" tsvector not null, "recorded_at" timestamptz not null default now(), primary key ("record_id"));`,
  `alter table "search_entry" add constraint "search_entry_type_check" check (type in ('account', 'contact',
   'opportunity', 'pov', 'product', 'task', 'ticket'));`,
  `create index "search_entry_tenant_id_type_recorded_at_index" on "search_entry" (tenant_id, type, recorded_at);`,
  `create index "search_entry_name" on "search_entry" (tenant_id, type, left(name, 100) text_pattern_ops);`,
  `create index "search_entry_words" on "search_entry" using gin (words);`,
  `create index "search_entry_content" on "search_entry" using gin (content gin_trgm_ops);`,
  `create index "search_entry_slips" on "search_entry" using gin (name gin_trgm_ops);`,
  `alter table "search_entry" enable row level security;`,
  `alter table "search_entry" force row level security;`,
  `create policy "tenant" on "search_entry" using (${ofTenant}) with check (${ofTenant});`,
];

const keeping = `create function keep_search_entry(
    record uuid, tenant uuid, kind text, said text, rest text, phones text
  ) returns void language sql set search_path = public, pg_temp as $$
    insert into search_entry (record_id, tenant_id, type, title, body, name, content, words)
    select record, tenant, kind, said, left(rest, 2000), search_fold(said), content,
      array_to_tsvector(search_lexemes(content))
    from (select search_fold(concat_ws(E'\\n', said, left(rest, 10000), (
      select string_agg(regexp_replace(phone, '[^0-9]', '', 'g'), ' ')
      from regexp_split_to_table(phones, E'\\n') phone))) as content) folded
    on conflict (record_id) do update set title = excluded.title, body = excluded.body, name = excluded.name,
      content = excluded.content, words = excluded.words, recorded_at = now()
  $$;`;

/**
 * The ids that fit, each phase at most so many: names that begin so, words that begin so, anything that holds it, and
 * where little was found what is nearly so. It filters by tenant itself, as the operators are not leakproof.
 */
const searching = [
  `grant select on "search_entry" to search_definer;`,
  `create policy search on "search_entry" for select to search_definer using (true);`,
  `create function search_entries(wanted text, kinds text[], most int) returns table (record_id uuid, kind text, rank real)
   language plpgsql stable security definer set search_path = public, pg_temp
   set pg_trgm.word_similarity_threshold = 0.5 as $$
   declare
     of_tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
     folded constant text := btrim(regexp_replace(search_fold(wanted), '\\s+', ' ', 'g'));
     anywhere constant text := '%' || regexp_replace(folded, '([\\\\%_])', '\\\\\\1', 'g') || '%';
     digits constant text := case when folded ~ '^[0-9 ()+./-]+$' then regexp_replace(folded, '[^0-9]', '', 'g') end;
     words_wanted constant tsquery := search_query(folded);
     beginning constant text := left(folded, 100);
     so_far int := 0;
     these int;
   begin
     if folded = '' then return; end if;
     return query select e.record_id, e.type::text, (case when e.name = folded then 5 else 4 end)::real
       from unnest(kinds) k cross join lateral (
         select s.record_id, s.type, s.name from search_entry s
         where s.tenant_id = of_tenant and s.type = k and left(s.name, 100) ~>=~ beginning
           and left(s.name, 100) ~<~ (beginning || chr(1114111))
         order by left(s.name, 100) using ~<~ limit least(most, 100)) e;
     get diagnostics these = row_count;
     so_far := so_far + these;
     if words_wanted is not null and (length(folded) > 1 or folded ~ '[${unspaced}]') then
       return query select e.record_id, e.type::text, (case when position(folded in e.name) > 0 then 3 else 2 end)::real
         from search_entry e where e.words @@ words_wanted and e.tenant_id = of_tenant and e.type = any(kinds) limit most;
       get diagnostics these = row_count;
       so_far := so_far + these;
     end if;
     if so_far < most and length(folded) > 2 then
       return query select e.record_id, e.type::text, (case when position(folded in e.name) > 0 then 2 else 1 end)::real
         from search_entry e where e.content like anywhere and e.tenant_id = of_tenant and e.type = any(kinds) limit most;
       get diagnostics these = row_count;
       so_far := so_far + these;
     end if;
     if length(digits) > 2 then
       return query select e.record_id, e.type::text, 1::real from search_entry e
         where e.content like '%' || digits || '%' and e.tenant_id = of_tenant and e.type = any(kinds) limit most;
       get diagnostics these = row_count;
       so_far := so_far + these;
     end if;
     if so_far < 5 and length(folded) > 3 and digits is null then
       return query select e.record_id, e.type::text, word_similarity(folded, e.name)
         from search_entry e where folded <% e.name and e.tenant_id = of_tenant and e.type = any(kinds) limit most;
     end if;
   end $$;`,
  `grant create on schema public to search_definer;`,
  `alter function search_entries(text, text[], int) owner to search_definer;`,
  `revoke create on schema public from search_definer;`,
  `revoke execute on function search_entries(text, text[], int) from public;`,
  `grant execute on function search_entries(text, text[], int) to app;`,
];
