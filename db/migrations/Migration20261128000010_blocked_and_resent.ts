import { Migration } from '@mikro-orm/migrations';

/** A phase knows since when it is blocked; an event that was refused too often can be told again. */
export class Migration20261128000010_blocked_and_resent extends Migration {
  override up(): void {
    this.addSql('alter table "phase" add "blocked_at" timestamptz null;');
    // What an event tells stays as it was written: only the count of its refusals starts anew.
    this.addSql('grant update (attempts) on outbox_event to app;');
  }

  override down(): void {
    this.addSql('revoke update (attempts) on outbox_event from app;');
    this.addSql('alter table "phase" drop column "blocked_at";');
  }
}
