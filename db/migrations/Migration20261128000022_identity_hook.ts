import { Migration } from '@mikro-orm/migrations';
import { ownTable } from '../platform/schema/own-table.ts';

/** How an identity service outside tells of a tenant's users (PLT-026). */
export class Migration20261128000022_identity_hook extends Migration {
  override up(): void {
    this.addSql(`create table "identity_hook" ("id" uuid not null, "tenant_id" uuid not null,
      "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
      "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
      "active" boolean not null default false, "role" varchar(50) not null default 'SALESPERSON',
      "secret_cipher" text null, "old_secret_cipher" text null, "old_secret_until" timestamptz null,
      "last_event_at" timestamptz null, primary key ("id"));`);
    this.addSql('alter table "identity_hook" add constraint "identity_hook_tenant_unique" unique ("tenant_id");');
    this.addSql('alter table "identity_hook" enable row level security;');
    this.addSql('alter table "identity_hook" force row level security;');
    this.addSql(`create policy "tenant" on "identity_hook" using (${ofTenant}) with check (${ofTenant});`);
    for (const sql of ownTable('identity_hook')) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop table "identity_hook";');
  }
}

const ofTenant = `tenant_id = (select nullif(current_setting('app.tenant', true), '')::uuid as tenant)`;
