import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';
import { dropSearchFunction, searchFunction } from '../platform/schema/search-function.ts';

/** Accounts with their types, and contacts (CRM-001, 002, 027). */
export class Migration20261128000080_crm extends Migration {
  override up(): void {
    for (const [table, { columns, indexes, checks, searched }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" ("id" uuid not null, "tenant_id" uuid not null,
        "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
        "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
        ${columns}, primary key ("id"));`);
      for (const [name, check] of Object.entries(checks))
        this.addSql(`alter table "${table}" add constraint "${name}" check (${check});`);
      for (const index of indexes)
        this.addSql(`create index "${table}_${index.join('_')}_index" on "${table}" (${index.join(', ')});`);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of ownTable(table)) this.addSql(sql);
      for (const sql of searchFunction(table, searched)) this.addSql(sql);
    }
    for (const sql of between) this.addSql(sql);
  }

  override down(): void {
    for (const table of ['contact', 'account', 'account_type']) {
      for (const sql of dropSearchFunction(table)) this.addSql(sql);
      this.addSql(`drop table "${table}";`);
    }
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
const perTenant = (...columns: string[]): string[][] =>
  [['created_at', 'id'], ...columns.map(column => [column])].map(rest => ['tenant_id', ...rest]);

/** References, and what no two rows may share. */
const between = [
  foreignKey('account', 'account_type_id', 'account_type', 'cascade'),
  foreignKey('account', 'account_owner', 'app_user', 'cascade'),
  foreignKey('account', 'parent_account_id', 'account', 'set null'),
  foreignKey('contact', 'account_id', 'account', 'set null'),
  `create unique index "account_type_name_lower" on "account_type" (tenant_id, lower(name)) where deleted_at is null;`,
  `create unique index "contact_email_lower" on "contact" (tenant_id, lower(email_address)) where deleted_at is null;`,
  `create unique index "contact_one_primary" on "contact" (tenant_id, account_id)
   where is_primary and deleted_at is null;`,
];

interface Table {
  columns: string;
  indexes: string[][];
  checks: Record<string, string>;
  searched: string[];
}
const tables: Record<string, Table> = {
  account_type: {
    columns: `"name" varchar(100) not null, "active" boolean not null default true`,
    indexes: perTenant(),
    checks: {},
    searched: ['name'],
  },
  account: {
    columns: `"account_name" varchar(255) not null, "account_legal_name" varchar(255) null,
      "account_type_id" uuid not null,
      "active" boolean not null default true, "account_owner" uuid not null, "parent_account_id" uuid null,
      "industry" varchar(255) null, "website_url" varchar(255) null, "description" text null, "shipping_street"
      varchar(255) null, "shipping_street2" varchar(255) null, "shipping_city" varchar(100) null, "shipping_state"
      varchar(10) null, "shipping_zip" varchar(12) null, "shipping_country" varchar(100) null, "billing_street"
      varchar(255) null, "billing_street2" varchar(255) null, "billing_city" varchar(100) null, "billing_state"
      varchar(10) null, "billing_zip" varchar(12) null, "billing_country" varchar(100) null, "employee_count"
      varchar(50) null, "annual_revenue" varchar(50) null, "phone" varchar(50) null, "email" varchar(255) null,
      "status" varchar(20) not null default 'active', "organization_type" varchar(100) null, "is_principal" boolean
      not null default false, "is_distributor" boolean not null default false, "sector" varchar(100) null, "size"
      varchar(100) null, "custom_fields" jsonb null`,
    indexes: perTenant(
      'account_name', 'account_type_id', 'account_owner', 'status', 'parent_account_id', 'industry', 'deleted_at',
    ),
    checks: {
      account_status_check: `status in ('active', 'inactive', 'prospect')`,
    },
    searched: ['account_name', 'account_legal_name'],
  },
  contact: {
    columns: `"account_id" uuid null, "suffix" varchar(10) null, "first_name" varchar(100) not null, "last_name"
      varchar(100) not null, "full_name" varchar(255) not null, "job_title" varchar(100) null, "department"
      varchar(100) null, "work_phone" varchar(20) null, "extension" varchar(10) null, "mobile" varchar(20) null,
      "email_address" varchar(255) null, "is_primary" boolean not null default false, "address_line1" varchar(255)
      null, "address_line2" varchar(255) null, "city" varchar(100) null, "state" varchar(100) null, "postal_code"
      varchar(20) null, "country" varchar(100) null, "source" varchar(100) null, "lead_score" int not null default
      0, "status" varchar(20) not null default 'lead', "tags" text[] not null default '{}', "active" boolean not
      null default true, "description" text null, "custom_fields" jsonb null`,
    indexes: perTenant('account_id', 'full_name', 'email_address', 'status', 'lead_score', 'deleted_at', 'created_by'),
    checks: {
      contact_status_check: `status in ('lead', 'prospect', 'customer', 'inactive')`,
    },
    searched: ['full_name', 'email_address', 'job_title'],
  },
};
