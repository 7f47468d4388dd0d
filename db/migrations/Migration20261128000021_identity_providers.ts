import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';

/** Services that people sign in with, the accounts that are linked to users, sign-ins that have come back (PLT-024). */
export class Migration20261128000021_identity_providers extends Migration {
  override up(): void {
    for (const [table, { columns, more, bare }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" ("id" uuid not null, "tenant_id" uuid not null, ${bare ? '' : ownedColumns}
        ${columns}, primary key ("id"));`);
      for (const sql of more) this.addSql(sql);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of ownTable(table)) this.addSql(sql);
    }
    this.addSql(foreignKey('linked_account', 'user_id', 'app_user', 'cascade'));
    this.addSql(foreignKey('linked_account', 'provider_id', 'identity_provider', 'cascade'));
  }

  override down(): void {
    for (const table of Object.keys(tables).reverse()) this.addSql(`drop table "${table}";`);
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
const ownedColumns = `"created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
  "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,`;

const tables: Record<string, { columns: string; more: string[]; bare?: boolean }> = {
  identity_provider: {
    columns: `"name" varchar(100) not null, "kind" varchar(20) not null, "issuer" varchar(500) not null,
      "client_id" varchar(255) not null, "client_secret_cipher" text not null,
      "email_domains" text[] not null default '{}', "active" boolean not null default true`,
    more: [
      'create index "identity_provider_tenant_id_active_index" on "identity_provider" ("tenant_id", "active");',
      `alter table "identity_provider" add constraint "identity_provider_kind_check"
       check (kind in ('google', 'microsoft', 'other'));`,
    ],
  },
  linked_account: {
    columns: `"user_id" uuid not null, "provider_id" uuid not null, "issuer" varchar(500) not null,
      "subject" varchar(255) not null, "email" varchar(255) not null`,
    more: [
      `alter table "linked_account" add constraint "linked_account_subject_unique"
       unique ("tenant_id", "issuer", "subject");`,
      `alter table "linked_account" add constraint "linked_account_user_unique"
       unique ("tenant_id", "user_id", "issuer");`,
      'create index "linked_account_provider_id_index" on "linked_account" ("provider_id");',
    ],
  },
  spent_sign_in: {
    columns: `"state_hash" varchar(64) not null, "recorded_at" timestamptz not null default now()`,
    more: [
      `alter table "spent_sign_in" add constraint "spent_sign_in_state_unique" unique ("tenant_id", "state_hash");`,
    ],
    bare: true,
  },
};
