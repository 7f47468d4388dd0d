import { Migration } from '@mikro-orm/migrations';

/**
 * The search among a million records (CRM-120). Its indexes know tenant and type too, so that what fits in others is
 * not read; what is common is taken from the newest records of a type instead of being gathered from an index first.
 */
export class Migration20261128000259_search_of_many extends Migration {
  override up(): void {
    this.addSql('create extension if not exists btree_gin;');
    for (const [name, of] of Object.entries(indexes)) {
      this.addSql(`drop index "${name}";`);
      this.addSql(`create index "${name}" on "search_entry" using gin (tenant_id, type, ${of});`);
    }
    for (const sql of replaced(searching)) this.addSql(sql);
  }

  override down(): void {
    for (const sql of replaced(before)) this.addSql(sql);
    for (const [name, of] of Object.entries(indexes)) {
      this.addSql(`drop index "${name}";`);
      this.addSql(`create index "${name}" on "search_entry" using gin (${of});`);
    }
    this.addSql('drop extension btree_gin;');
  }
}

const indexes = {
  search_entry_words: 'words',
  search_entry_content: 'content gin_trgm_ops',
  search_entry_slips: 'name gin_trgm_ops',
};

/** The threshold is a setting of an extension, which must be loaded before. */
const replaced = (made: string): string[] => [
  `select similarity('a', 'b');`,
  `drop function search_entries(text, text[], int);`,
  made,
  `grant create on schema public to search_definer;`,
  `alter function search_entries(text, text[], int) owner to search_definer;`,
  `revoke create on schema public from search_definer;`,
  `revoke execute on function search_entries(text, text[], int) from public;`,
  `grant execute on function search_entries(text, text[], int) to app;`,
];

/** As in the migration that made the search. */
const unspaced = String.raw`\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff`;

/**
 * Type by type: names that begin so; what the newest hold; words that begin so and anything that holds it, by an index
 * where the newest show that it is not common; and where little was found what is nearly so. Each way finds at most so
 * many; a row without an id says that there are more of the type. It filters by tenant itself, as the operators are not
 * leakproof.
 *
 * An index gathers all that fits before the first is read: of a beginning such as 555 every record with a number. So
 * what is common is taken from the newest; of several words only those that are rare among the newest are asked of the
 * index (`is true` keeps the rest from it); of digits words come last, but for a number that begins so; and a slip is
 * looked for among names that begin as it does before it is looked for everywhere.
 */
const searching = `create function search_entries(wanted text, kinds text[], most int)
   returns table (record_id uuid, kind text, rank real)
   language plpgsql stable security definer set search_path = public, pg_temp
   set pg_trgm.word_similarity_threshold = 0.5 set plan_cache_mode = force_generic_plan as $$
   declare
     of_tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
     folded constant text := btrim(regexp_replace(search_fold(wanted), '\\s+', ' ', 'g'));
     anywhere constant text := case when length(folded) > 2
       then '%' || regexp_replace(folded, '([\\\\%_])', '\\\\\\1', 'g') || '%' end;
     digits constant text := case when folded ~ '^[0-9 ()+./-]+$' then regexp_replace(folded, '[^0-9]', '', 'g') end;
     by_digits constant text := case when length(digits) > 2 then '%' || digits || '%' end;
     all_words constant tsquery := case when length(folded) > 1 or folded ~ '[${unspaced}]'
       then search_query(folded) end;
     number_begins constant tsquery := case when by_digits is not null then ('''' || digits || ''':*')::tsquery end;
     ways constant text[] := case when digits is null then '{words,text}' else '{number,digits,text,words}' end;
     beginning constant text := left(folded, 100);
     near constant text := left(folded, 4);
     looked_at constant int := 3000;
     common constant int := 200;
     rare_words tsquery;
     of_kind text;
     way text;
     hit record;
     of_words int;
     of_text int;
     these int;
     so_far int := 0;
     more boolean;
   begin
     if folded = '' then return; end if;
     foreach of_kind in array kinds loop
       return query select s.record_id, of_kind, (case when s.name = folded then 5 else 4 end)::real
         from search_entry s where s.tenant_id = of_tenant and s.type = of_kind and left(s.name, 100) ~>=~ beginning
           and left(s.name, 100) ~<~ (beginning || chr(1114111))
         order by left(s.name, 100) using ~<~ limit least(most, 100);
       get diagnostics these = row_count;
       more := these = least(most, 100);
       so_far := so_far + these;

       of_words := 0;
       of_text := 0;
       for hit in select e.id, e.by_word, (case when e.by_word then 2 else 1 end + e.in_name::int)::real as rank
         from (select s.record_id as id, digits is null and coalesce(s.words @@ all_words, false) as by_word,
             s.words @@ all_words or s.content like anywhere or s.content like by_digits as fits,
             position(folded in s.name) > 0 as in_name
           from search_entry s where s.tenant_id = of_tenant and s.type = of_kind
           order by s.recorded_at desc limit looked_at) e
         where e.fits
       loop
         if hit.by_word then of_words := of_words + 1; else of_text := of_text + 1; end if;
         continue when of_text > common and not hit.by_word;
         record_id := hit.id;
         kind := of_kind;
         rank := hit.rank;
         return next;
         exit when of_words >= common or (digits is not null and of_text >= common);
       end loop;
       so_far := so_far + of_words + of_text;

       if of_words >= common or (digits is not null and of_text >= common) then
         more := true;
       elsif exists (select from search_entry s where s.tenant_id = of_tenant and s.type = of_kind
         order by s.recorded_at desc offset looked_at) then
         foreach way in array ways loop
           these := 0;
           if way = 'words' and all_words is not null then
             rare_words := coalesce(rare_words, (
               select string_agg(l.word::text, ' & ')::tsquery from (
                 select o.word, o.often, min(o.often) over () as least from (
                   select asked.word, (select count(*) from (
                     select s.words from search_entry s where s.tenant_id = of_tenant and s.type = of_kind
                     order by s.recorded_at desc limit 500) s where s.words @@ asked.word) as often
                   from (select ('''' || lexeme || ''':*')::tsquery as word
                     from unnest(search_lexemes(folded)) lexeme) asked
                 ) o) l where l.often <= 2 * l.least + 5));
             return query select e.record_id, of_kind, (2 + (position(folded in e.name) > 0)::int)::real
               from search_entry e where e.tenant_id = of_tenant and e.type = of_kind and e.words @@ rare_words
                 and (e.words @@ all_words) is true limit most;
             get diagnostics these = row_count;
           elsif way = 'text' and of_text >= common then
             more := true;
           elsif way = 'text' and anywhere is not null and so_far < most then
             return query select e.record_id, of_kind, (1 + (position(folded in e.name) > 0)::int)::real
               from search_entry e
               where e.tenant_id = of_tenant and e.type = of_kind and e.content like anywhere limit most;
             get diagnostics these = row_count;
           elsif way = 'number' and number_begins is not null then
             return query select e.record_id, of_kind, 1::real from search_entry e
               where e.tenant_id = of_tenant and e.type = of_kind and e.words @@ number_begins limit most;
             get diagnostics these = row_count;
           elsif way = 'digits' and by_digits is not null then
             return query select e.record_id, of_kind, 1::real from search_entry e
               where e.tenant_id = of_tenant and e.type = of_kind and e.content like by_digits limit most;
             get diagnostics these = row_count;
           end if;
           so_far := so_far + these;
           more := more or these >= most;
           exit when these >= most;
         end loop;
       end if;
       if more then return query select null::uuid, of_kind, 0::real; end if;
     end loop;

     if so_far < 5 and length(folded) > 3 and digits is null then
       foreach of_kind in array kinds loop
         return query select e.record_id, of_kind, word_similarity(folded, e.name) * 0.9::real
           from (select s.record_id, s.name from search_entry s
             where s.tenant_id = of_tenant and s.type = of_kind
               and left(s.name, 100) ~>=~ near and left(s.name, 100) ~<~ (near || chr(1114111))
             order by left(s.name, 100) using ~<~ limit 500) e
           where folded <% e.name;
         get diagnostics these = row_count;
         so_far := so_far + these;
       end loop;
       if so_far < 5 then
         foreach of_kind in array kinds loop
           return query select e.record_id, of_kind, word_similarity(folded, e.name) * 0.9::real
             from search_entry e where e.tenant_id = of_tenant and e.type = of_kind and folded <% e.name limit most;
         end loop;
       end if;
     end if;
   end $$;`;

/** As it was: all types at once, each phase gathered from an index. */
const before = `create function search_entries(wanted text, kinds text[], most int)
   returns table (record_id uuid, kind text, rank real)
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
         from search_entry e where e.words @@ words_wanted and e.tenant_id = of_tenant
           and e.type = any(kinds) limit most;
       get diagnostics these = row_count;
       so_far := so_far + these;
     end if;
     if so_far < most and length(folded) > 2 then
       return query select e.record_id, e.type::text, (case when position(folded in e.name) > 0 then 2 else 1 end)::real
         from search_entry e where e.content like anywhere and e.tenant_id = of_tenant
           and e.type = any(kinds) limit most;
       get diagnostics these = row_count;
       so_far := so_far + these;
     end if;
     if length(digits) > 2 then
       return query select e.record_id, e.type::text, 1::real from search_entry e
         where e.content like '%' || digits || '%' and e.tenant_id = of_tenant
           and e.type = any(kinds) limit most;
       get diagnostics these = row_count;
       so_far := so_far + these;
     end if;
     if so_far < 5 and length(folded) > 3 and digits is null then
       return query select e.record_id, e.type::text, word_similarity(folded, e.name)
         from search_entry e where folded <% e.name and e.tenant_id = of_tenant
           and e.type = any(kinds) limit most;
     end if;
   end $$;`;
