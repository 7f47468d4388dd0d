import { Migration } from '@mikro-orm/migrations';
import { newTable } from '../platform/schema/new-table.ts';
import { foreignKey } from '../platform/schema/own-table.ts';

/** Who outside is told of events, what they are told, and each try to tell it (PLT-067). */
export class Migration20261128000252_webhooks extends Migration {
  override up(): void {
    const tables = [
      ...newTable('webhook', {
        columns: `"url" varchar(500) not null, "description" varchar(200) null, "events" text[] not null default '{}',
          "active" boolean not null default true, "secret_cipher" text not null, "failing_since" timestamptz null,
          "switched_off" varchar(500) null`,
      }),
      ...newTable('webhook_message', {
        columns: `"webhook_id" uuid not null, "event_name" varchar(100) not null, "payload" jsonb not null,
          "status" varchar(20) not null default 'queued', "attempts" int not null default 0`,
        indexes: [['webhook_id']],
        checks: { status: `status in ('queued', 'delivered', 'failed')` },
      }),
      foreignKey('webhook_message', 'webhook_id', 'webhook', 'cascade'),
      ...newTable('webhook_delivery', {
        columns: `"webhook_id" uuid not null, "message_id" uuid not null, "attempt" int not null,
          "at" timestamptz not null, "status_code" int null, "problem" varchar(500) null, "duration_ms" int not null`,
        indexes: [['webhook_id'], ['message_id']],
      }),
      foreignKey('webhook_delivery', 'webhook_id', 'webhook', 'cascade'),
      foreignKey('webhook_delivery', 'message_id', 'webhook_message', 'cascade'),
      `alter table "webhook_delivery" add constraint "webhook_delivery_message_id_attempt_unique"
        unique (tenant_id, message_id, attempt);`,
    ];
    for (const sql of tables) this.addSql(sql);
  }

  override down(): void {
    for (const table of ['webhook_delivery', 'webhook_message', 'webhook']) this.addSql(`drop table "${table}";`);
  }
}
