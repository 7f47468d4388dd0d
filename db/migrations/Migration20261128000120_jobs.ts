import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';

/** Jobs over many rows, and the files that they read and write (CRM-113, 115, 118). */
export class Migration20261128000120_jobs extends Migration {
  override up(): void {
    for (const [table, { columns, more }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" (${columns});`);
      for (const sql of more) this.addSql(sql);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of ownTable(table)) this.addSql(sql);
    }
    for (const sql of between) this.addSql(sql);
  }

  override down(): void {
    for (const table of ['job_row', 'job', 'stored_file_part', 'stored_file']) this.addSql(`drop table "${table}";`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
const stamps = `"id" uuid not null, "tenant_id" uuid not null, "created_at" timestamptz not null,
  "updated_at" timestamptz not null, "created_by" uuid null, "updated_by" uuid null,
  "version" int not null default 1, "deleted_at" timestamptz null`;
const index = (table: string, ...columns: string[]): string =>
  `create index "${table}_tenant_id_${columns.join('_')}_index" on "${table}" (tenant_id, ${columns.join(', ')});`;
const check = (table: string, column: string, values: string[]): string =>
  `alter table "${table}" add constraint "${table}_${column}_check"
   check (${column} in (${values.map(v => `'${v}'`).join(', ')}));`;

const between = [
  foreignKey('job', 'file_id', 'stored_file', 'set null'),
  foreignKey('job', 'result_file_id', 'stored_file', 'set null'),
];

const tables: Record<string, { columns: string; more: string[] }> = {
  stored_file: {
    columns: `${stamps}, "name" varchar(255) not null, "media_type" varchar(100) not null default 'text/csv',
      "size" int not null, "sha256" varchar(64) null, primary key ("id")`,
    more: [index('stored_file', 'created_at', 'id')],
  },
  stored_file_part: {
    columns: `"file_id" uuid not null, "nth" int not null, "tenant_id" uuid not null, "bytes" bytea not null,
      "recorded_at" timestamptz not null default now(), primary key ("file_id", "nth")`,
    more: [index('stored_file_part', 'file_id', 'nth')],
  },
  job: {
    columns: `${stamps}, "type" varchar(20) not null, "record" varchar(100) not null, "title" varchar(300) not null,
      "status" varchar(20) not null default 'draft', "mode" varchar(20) not null default 'run',
      "round" int not null default 0, "total" int null, "done" int not null default 0,
      "counts" jsonb not null default '{}', "checked" jsonb null, "problem" text null, "file" jsonb null,
      "mapping" jsonb null, "params" jsonb not null default '{}', "cursor" text null, "file_id" uuid null,
      "result_file_id" uuid null, primary key ("id")`,
    more: [
      index('job', 'created_at', 'id'),
      index('job', 'created_by', 'created_at'),
      index('job', 'file_id'),
      index('job', 'result_file_id'),
      check('job', 'type', ['import', 'export', 'bulk']),
      check('job', 'status', ['draft', 'pending', 'processing', 'paused', 'completed', 'failed', 'cancelled']),
      check('job', 'mode', ['check', 'run', 'undo']),
    ],
  },
  job_row: {
    columns: `"job_id" uuid not null, "nth" int not null, "tenant_id" uuid not null, "cells" jsonb not null,
      "round" int not null default 0, "outcome" varchar(20) null, "problems" jsonb null, "record_id" uuid null,
      "record_version" int null, "before" jsonb null, "recorded_at" timestamptz not null default now(),
      primary key ("job_id", "nth")`,
    more: [
      index('job_row', 'job_id', 'round', 'nth'),
      check('job_row', 'outcome', ['created', 'updated', 'deleted', 'skipped', 'undone', 'failed']),
    ],
  },
};
