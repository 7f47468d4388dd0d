import { ownTable } from './own-table.ts';
import { searchFunction } from './search-function.ts';

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;

interface NewTable {
  /** Its own columns; the stamps of every record are added. */
  columns: string;
  /** Columns of each index behind the tenant; the one that lists are read by is added. */
  indexes?: readonly (readonly string[])[];
  checks?: Record<string, string>;
  /** Columns that name a row once in a tenant, while it is not deleted. */
  unique?: readonly string[];
  searched?: string[];
}

/** What a migration writes for the table of a plain record: stamps, indexes, row-level security, rights, search. */
export function newTable(table: string, { columns, indexes = [], checks = {}, unique, searched }: NewTable): string[] {
  const index = (of: readonly string[]): string => {
    const all = ['tenant_id', ...of];
    return `create index "${table}_${all.join('_')}_index" on "${table}" (${all.join(', ')});`;
  };
  return [
    `create table "${table}" ("id" uuid not null, "tenant_id" uuid not null,
      "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
      "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
      ${columns}, primary key ("id"));`,
    ...Object.entries(checks).map(
      ([name, check]) => `alter table "${table}" add constraint "${table}_${name}_check" check (${check});`,
    ),
    ...[['created_at', 'id'], ...indexes].map(index),
    ...(unique
      ? [`create unique index "${table}_${unique.join('_')}_unique" on "${table}" (tenant_id, ${unique.join(', ')})
          where deleted_at is null;`]
      : []),
    `alter table "${table}" enable row level security;`,
    `alter table "${table}" force row level security;`,
    `create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`,
    ...ownTable(table),
    ...(searched ? searchFunction(table, searched) : []),
  ];
}
