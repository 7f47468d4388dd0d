import { Migration } from '@mikro-orm/migrations';

/** A phase knows since when it is blocked. */
export class Migration20261128000010_blocked_at extends Migration {
  override up(): void {
    this.addSql('alter table "phase" add "blocked_at" timestamptz null;');
  }

  override down(): void {
    this.addSql('alter table "phase" drop column "blocked_at";');
  }
}
