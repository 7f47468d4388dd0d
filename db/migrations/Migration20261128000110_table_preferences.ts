import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';

/** How people arrange the tables of their pages, and the lists that they keep under a name (CRM-105, 036). */
export class Migration20261128000110_table_preferences extends Migration {
  override up(): void {
    for (const [table, { columns, indexes, further }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" ("id" uuid not null, "tenant_id" uuid not null,
        "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
        "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
        ${columns}, primary key ("id"));`);
      for (const index of indexes)
        this.addSql(`create index "${table}_${index.join('_')}_index" on "${table}" (${index.join(', ')});`);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of [...ownTable(table), ...further]) this.addSql(sql);
    }
    this.addSql(foreignKey('table_preference', 'default_view_id', 'saved_view', 'set null'));
  }

  override down(): void {
    for (const table of ['table_preference', 'saved_view']) this.addSql(`drop table "${table}";`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;

interface Table {
  columns: string;
  indexes: string[][];
  further: string[];
}
const tables: Record<string, Table> = {
  saved_view: {
    columns: `"user_id" uuid not null, "page_type" varchar(50) not null, "name" varchar(100) not null,
      "shared" boolean not null default false, "settings" jsonb not null`,
    indexes: [['user_id'], ['tenant_id', 'page_type']],
    further: [
      foreignKey('saved_view', 'user_id', 'app_user', 'cascade'),
      `create unique index "saved_view_name_lower" on "saved_view" (tenant_id, user_id, page_type, lower(name))
       where deleted_at is null;`,
    ],
  },
  table_preference: {
    columns: `"user_id" uuid not null, "page_type" varchar(50) not null, "column_order" jsonb not null,
      "column_widths" jsonb not null, "hidden_columns" jsonb null, "sort_settings" jsonb null,
      "filter_settings" jsonb null, "pinned_columns" int not null default 0,
      "density" varchar(10) not null default 'default', "default_view_id" uuid null`,
    indexes: [['user_id'], ['default_view_id']],
    further: [
      `alter table "table_preference" add constraint "table_preference_density_check"
       check (density in ('dense', 'default', 'roomy'));`,
      `alter table "table_preference" add constraint "table_preference_tenant_id_user_id_page_type_unique"
       unique (tenant_id, user_id, page_type);`,
      foreignKey('table_preference', 'user_id', 'app_user', 'cascade'),
    ],
  },
};
