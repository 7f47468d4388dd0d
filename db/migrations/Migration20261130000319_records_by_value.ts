import { Migration } from '@mikro-orm/migrations';

/** An import finds who has a value among a million by an index (CRM-113): it took longer than a statement may. */
export class Migration20261130000319_records_by_value extends Migration {
  override up(): void {
    for (const [name, of] of Object.entries(indexes)) this.addSql(`create index "${name}" on ${of};`);
    this.addSql(recordsBy);
    this.addSql(`grant create on schema public to search_definer;`);
    this.addSql(`alter function records_by(regclass, text, text, text[]) owner to search_definer;`);
    this.addSql(`revoke create on schema public from search_definer;`);
    this.addSql(`revoke execute on function records_by(regclass, text, text, text[]) from public;`);
    this.addSql(`grant execute on function records_by(regclass, text, text, text[]) to app;`);
  }

  override down(): void {
    this.addSql('drop function records_by(regclass, text, text, text[]);');
    for (const name of Object.keys(indexes)) this.addSql(`drop index "${name}";`);
  }
}

const lowered = (table: string, column: string): string => `"${table}" (tenant_id, lower("${column}"))
  where "${column}" is not null and deleted_at is null`;
const indexes = {
  account_name_lower: lowered('account', 'account_name'),
  account_email_lower: lowered('account', 'email'),
  account_website_lower: lowered('account', 'website_url'),
  contact_name_lower: lowered('contact', 'full_name'),
  opportunity_name_lower: lowered('opportunity', 'opportunity_name'),
  opportunity_order_lower: lowered('opportunity', 'order_id_house'),
};

/**
 * Of a table that is searched, who has one of the values in a column, or in a field of an administrator's, whatever
 * their case: `lower` is not leakproof, so that no index would be used under row-level security
 * (`db/platform/schema/search-function.ts`). Where there is an index each value is looked up in it (`offset 0` says so),
 * as the planner takes what has one of few hundred values for half of a large table; where there is none the rows are
 * read once for all.
 */
const recordsBy = `create function records_by(searched regclass, called text, kind text, wanted text[])
   returns table (value text, id uuid)
   language plpgsql stable security definer set search_path = public, pg_temp as $$
   declare
     held constant text := case kind when 'column' then format('lower(t.%I)', called)
       when 'text' then format('lower(t.custom_fields ->> %L)', called)
       when 'number' then format(
         'case jsonb_typeof(t.custom_fields -> %1$L) when ''number'' then (t.custom_fields ->> %1$L)::numeric end',
         called) end;
     asked constant text := case kind when 'number' then '::numeric' else '::text' end;
     holder constant text := case kind when 'column' then quote_ident(called) else 'custom_fields' end;
     there constant text := format('t.tenant_id = $2 and t.deleted_at is null and t.%s is not null', holder);
     of_tenant constant uuid := nullif(current_setting('app.tenant', true), '')::uuid;
   begin
     if kind = 'column' and exists (select from pg_index i
       where i.indrelid = searched and pg_get_indexdef(i.indexrelid) ~ ('lower\\(\\(?' || called || '\\)')) then
       return query execute format(
         'select w.value, f.id from unnest($1) w (value) cross join lateral (
            select t.id from %s t where %s = lower(w.value) and %s offset 0) f',
         searched, held, there) using wanted, of_tenant;
     else
       return query execute format(
         'with found as materialized (select t.id, %1$s as held from %2$s t where %1$s = any($3%3$s[]) and %4$s)
          select w.value, f.id from found f join unnest($1) w (value) on f.held = lower(w.value)%3$s',
         held, searched, asked, there)
         using wanted, of_tenant, array(select distinct lower(w) from unnest(wanted) w);
     end if;
   end $$;`;
