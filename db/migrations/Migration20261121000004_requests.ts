import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';
import { dropSearchFunction, searchFunction } from '../platform/schema/search-function.ts';

/** Requests for features and for support, entities of their own that may belong to a POV (POV-008). */
export class Migration20261121000004_requests extends Migration {
  override up(): void {
    for (const [table, { columns, searched, checks }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" ("id" uuid not null, "tenant_id" uuid not null,
        "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
        "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
        "title" varchar(200) not null, "description" text null, ${columns}, "pov_id" uuid null,
        "owner_id" uuid not null, primary key ("id"));`);
      for (const [column, check] of checks)
        this.addSql(`alter table "${table}" add constraint "${table}_${column}_check" check (${check});`);
      for (const index of indexes)
        this.addSql(`create index "${table}_${index.join('_')}_index" on "${table}" (${index.join(', ')});`);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of ownTable(table)) this.addSql(sql);
      this.addSql(foreignKey(table, 'pov_id', 'pov', 'cascade'));
      this.addSql(foreignKey(table, 'owner_id', 'app_user', 'cascade'));
      for (const sql of searchFunction(table, searched)) this.addSql(sql);
    }
  }

  override down(): void {
    for (const table of Object.keys(tables)) {
      for (const sql of dropSearchFunction(table)) this.addSql(sql);
      this.addSql(`drop table "${table}";`);
    }
  }
}

const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;
const indexes = [
  ['tenant_id', 'created_at', 'id'],
  ['tenant_id', 'pov_id'],
  ['tenant_id', 'owner_id'],
];

const tables: Record<string, { columns: string; searched: string[]; checks: [column: string, check: string][] }> = {
  feature_request: {
    columns: `"status" varchar(20) not null default 'open', "priority" varchar(20) not null default 'normal',
      "requested_by" varchar(200) null`,
    searched: ['title', 'description', 'requested_by'],
    checks: [
      ['status', `status in ('open', 'planned', 'done', 'declined')`],
      ['priority', `priority in ('low', 'normal', 'high', 'urgent')`],
    ],
  },
  support_request: {
    columns: `"status" varchar(20) not null default 'open', "severity" int not null default 3,
      "due_at" timestamptz null`,
    searched: ['title', 'description'],
    checks: [
      ['status', `status in ('open', 'waiting', 'solved')`],
      ['severity', 'severity between 1 and 4'],
    ],
  },
};
