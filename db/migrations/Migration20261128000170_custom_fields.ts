import { Migration } from '@mikro-orm/migrations';
import { ownTable } from '../platform/schema/own-table.ts';

/** Fields that administrators define (PLT-007), how records are found by what they hold in them, and CRM-054. */
export class Migration20261128000170_custom_fields extends Migration {
  override up(): void {
    this.addSql(`create table "custom_field" ("id" uuid not null, "tenant_id" uuid not null,
      "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
      "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
      "record_type" varchar(20) not null, "key" varchar(50) not null, "label" varchar(100) not null,
      "type" varchar(20) not null default 'text', "required" boolean not null default false,
      "options" text[] not null default '{}', "section" varchar(100) not null default 'More',
      "position" int not null, "active" boolean not null default true, primary key ("id"));`);
    this.addSql(`alter table "custom_field" add constraint "custom_field_record_type_check"
      check (record_type in ('account', 'contact', 'opportunity', 'product'));`);
    this.addSql(`alter table "custom_field" add constraint "custom_field_type_check" check (type in
      ('text', 'number', 'date', 'boolean', 'select', 'multi-select', 'url', 'email', 'user'));`);
    this.addSql(`create index "custom_field_tenant_id_created_at_id_index" on "custom_field"
      (tenant_id, created_at, id);`);
    this.addSql(`create index "custom_field_tenant_id_record_type_position_index" on "custom_field"
      (tenant_id, record_type, position);`);
    this.addSql(`create unique index "custom_field_key" on "custom_field" (tenant_id, record_type, key)
      where deleted_at is null;`);
    this.addSql(`alter table "custom_field" enable row level security;`);
    this.addSql(`alter table "custom_field" force row level security;`);
    this.addSql(`create policy "tenant" on "custom_field" using (${ofTenant}) with check (${ofTenant});`);
    for (const sql of [...ownTable('custom_field'), ...tables.flatMap(customFunction), contactsSummary]) this.addSql(sql);
    this.addSql(`grant select on "contacts_summary" to app;`);
  }

  override down(): void {
    this.addSql(`drop view "contacts_summary";`);
    for (const table of tables) {
      this.addSql(`drop function custom_${table}(jsonb[]);`);
      this.addSql(`drop index "${table}_custom_fields";`);
    }
    this.addSql(`drop table "custom_field";`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;

/** By the rights of who reads it. */
const contactsSummary = `create view "contacts_summary" with (security_invoker = true) as
  select c.*, a.account_name,
    (select count(*)::int from task k where k.contact_id = c.id and k.deleted_at is null) as task_count,
    concat_ws(E'\\n', c.full_name, c.email_address, c.job_title, a.account_name) as search_text
  from contact c left join account a on a.id = c.account_id where c.deleted_at is null;`;

const tables = ['account', 'contact', 'opportunity', 'product'];

/**
 * Containment is not leakproof, so that its index would not be used under row-level security; the function filters by
 * tenant itself, answers ids only, and belongs to a role that nobody signs in as, as those of the text search.
 */
function customFunction(table: string): string[] {
  const name = `custom_${table}`;
  return [
    `create index "${table}_custom_fields" on "${table}" using gin (custom_fields jsonb_path_ops)
     where custom_fields is not null;`,
    `create function ${name}(wanted jsonb[]) returns setof uuid language sql stable security definer
     set search_path = public, pg_temp as $$
       select t.id from unnest(wanted) w join "${table}" t on t.custom_fields @> w
       where t.tenant_id = nullif(current_setting('app.tenant', true), '')::uuid
     $$;`,
    `grant create on schema public to search_definer;`,
    `alter function ${name}(jsonb[]) owner to search_definer;`,
    `revoke create on schema public from search_definer;`,
    `revoke execute on function ${name}(jsonb[]) from public;`,
    `grant execute on function ${name}(jsonb[]) to app;`,
  ];
}
