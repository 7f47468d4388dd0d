import { Migration } from '@mikro-orm/migrations';
import { ownTable } from '../platform/schema/own-table.ts';

/** The colours of tags (CRM-098). */
export class Migration20261128000180_tags extends Migration {
  override up(): void {
    this.addSql(`create table "tag" ("id" uuid not null, "tenant_id" uuid not null,
      "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
      "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
      "name" varchar(100) not null, "color" varchar(20) not null default 'gray', primary key ("id"));`);
    this.addSql(`alter table "tag" add constraint "tag_color_check"
      check (color in ('gray', 'blue', 'green', 'amber', 'red', 'purple', 'teal', 'pink'));`);
    this.addSql(`create index "tag_tenant_id_created_at_id_index" on "tag" (tenant_id, created_at, id);`);
    this.addSql(`create unique index "tag_name_lower" on "tag" (tenant_id, lower(name)) where deleted_at is null;`);
    this.addSql(`alter table "tag" enable row level security;`);
    this.addSql(`alter table "tag" force row level security;`);
    this.addSql(`create policy "tenant" on "tag" using (${ofTenant}) with check (${ofTenant});`);
    for (const sql of ownTable('tag')) this.addSql(sql);
  }

  override down(): void {
    this.addSql(`drop table "tag";`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
