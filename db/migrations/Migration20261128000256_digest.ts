import { Migration } from '@mikro-orm/migrations';

/** Unread notifications come as one mail to who wants that (PLT-075). */
export class Migration20261128000256_digest extends Migration {
  override up(): void {
    this.addSql(`alter table "app_user" add column "digest" varchar(10) not null default 'off',
      add column "digested_at" timestamptz null;`);
    this.addSql(`alter table "app_user" add constraint "app_user_digest_check"
      check (digest in ('off', 'daily', 'weekly'));`);
  }

  override down(): void {
    this.addSql(`alter table "app_user" drop column "digest", drop column "digested_at";`);
  }
}
