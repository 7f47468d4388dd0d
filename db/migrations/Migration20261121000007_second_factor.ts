import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';

/** Authenticator apps, mailed links for new passwords, and mails (PLT-025, 028). */
export class Migration20261121000007_second_factor extends Migration {
  override up(): void {
    this.addSql('alter table "role" add "second_factor" boolean not null default false;');
    for (const [table, { columns, more }] of Object.entries(tables)) {
      this.addSql(`create table "${table}" ("id" uuid not null, "tenant_id" uuid not null,
        "created_at" timestamptz not null, "updated_at" timestamptz not null, "created_by" uuid null,
        "updated_by" uuid null, "version" int not null default 1, "deleted_at" timestamptz null,
        ${columns}, primary key ("id"));`);
      for (const sql of more) this.addSql(sql);
      this.addSql(`alter table "${table}" enable row level security;`);
      this.addSql(`alter table "${table}" force row level security;`);
      this.addSql(`create policy "tenant" on "${table}" using (${ofTenant}) with check (${ofTenant});`);
      for (const sql of ownTable(table)) this.addSql(sql);
    }
    for (const table of ['second_factor', 'password_reset'])
      this.addSql(foreignKey(table, 'user_id', 'app_user', 'cascade'));
  }

  override down(): void {
    for (const table of Object.keys(tables)) this.addSql(`drop table "${table}";`);
    this.addSql('alter table "role" drop column "second_factor";');
  }
}

const ofTenant = `tenant_id = nullif(current_setting('app.tenant', true), '')::uuid`;

const tables: Record<string, { columns: string; more: string[] }> = {
  second_factor: {
    columns: `"user_id" uuid not null, "secret_cipher" text not null, "confirmed_at" timestamptz null,
      "last_step" bigint not null default 0, "recovery_hashes" text[] not null default '{}'`,
    more: [
      `alter table "second_factor" add constraint "second_factor_user_unique" unique ("tenant_id", "user_id");`,
    ],
  },
  password_reset: {
    columns: `"user_id" uuid not null, "token_hash" varchar(64) not null, "expires_at" timestamptz not null,
      "used_at" timestamptz null`,
    more: [
      'create index "password_reset_tenant_id_user_id_index" on "password_reset" ("tenant_id", "user_id");',
      'create index "password_reset_token_hash_index" on "password_reset" ("token_hash");',
    ],
  },
  mail: {
    columns: `"to_address" varchar(255) not null, "subject" varchar(300) not null, "body_cipher" text null,
      "status" varchar(20) not null default 'queued', "problem" varchar(500) null, "sent_at" timestamptz null`,
    more: [
      'create index "mail_tenant_id_status_created_at_index" on "mail" ("tenant_id", "status", "created_at");',
      `alter table "mail" add constraint "mail_status_check"
       check (status in ('queued', 'sent', 'not-sent', 'refused', 'unknown'));`,
    ],
  },
};
