import { Migration } from '@mikro-orm/migrations';

/** What each user is told by mail too (PLT-075), by the names of templates. */
export class Migration20261128000210_delivery extends Migration {
  override up(): void {
    this.addSql(`alter table "app_user" add column "mailed" text[] not null default '{}';`);
  }

  override down(): void {
    this.addSql(`alter table "app_user" drop column "mailed";`);
  }
}
