import { Migration } from '@mikro-orm/migrations';

/** Unread notifications come as one mail to who wants that (PLT-075). */
export class Migration20261128000256_digest extends Migration {
  override up(): void {
    this.addSql(`alter table "app_user" add column "digest" varchar(10) not null default 'off',
      add column "digest_id" uuid null, add column "digested_at" timestamptz null;`);
    this.addSql(`alter table "app_user" add constraint "app_user_digest_check"
      check (digest in ('off', 'daily', 'weekly'));`);
    this.addSql(`create index "app_user_tenant_id_digest_id_index" on "app_user" (tenant_id, digest_id);`);
  }

  override down(): void {
    this.addSql(`alter table "app_user" drop column "digest", drop column "digest_id", drop column "digested_at";`);
  }
}
