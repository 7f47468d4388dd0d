import { Migration } from '@mikro-orm/migrations';

/** When a session began and was last used, in the machine's time, to show where somebody is signed in. */
export class Migration20261128000020_session_use extends Migration {
  override up(): void {
    this.addSql('alter table "session" add "opened_at" timestamptz not null default now();');
    this.addSql('update "session" set "opened_at" = least("created_at", now());');
    this.addSql('alter table "session" add "last_used_at" timestamptz null;');
  }

  override down(): void {
    this.addSql('alter table "session" drop column "last_used_at";');
    this.addSql('alter table "session" drop column "opened_at";');
  }
}
