import { Migration } from '@mikro-orm/migrations';

/**
 * The trace in which an event happened, so that the process which it tells goes on in that trace. And the relay's role,
 * which asks for the figures over all tenants, may count processes that need a person.
 */
export class Migration20261128000030_watching extends Migration {
  override up(): void {
    this.addSql(`alter table "outbox_event" add column "traceparent" varchar(55) null;`);
    this.addSql('create policy relay_count on process for select to relay using (true);');
    this.addSql('grant select (status, stuck_reason) on process to relay;');
  }

  override down(): void {
    this.addSql('revoke select (status, stuck_reason) on process from relay;');
    this.addSql('drop policy relay_count on process;');
    this.addSql(`alter table "outbox_event" drop column "traceparent";`);
  }
}
