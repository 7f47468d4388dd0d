import { Migration } from '@mikro-orm/migrations';
import { currentTenant } from '../platform/columns.ts';
import { ownTable } from '../platform/schema/own-table.ts';

/** Processes can be put on hold; what asked for it is kept, so that an update proves who sent it. */
export class Migration20261128000050_process_commands extends Migration {
  override up(): void {
    this.addSql('alter table "process" add "hold" jsonb null;');
    this.addSql('alter table "rejected_input" add "count" int not null default 1;');
    this.addSql(`create table "process_command" ("id" uuid not null, "tenant_id" uuid not null,
      "workflow_id" varchar(120) not null, "name" varchar(60) not null, "body" jsonb not null,
      "actor" jsonb not null, "done_at" timestamptz null, "recorded_at" timestamptz not null default now(),
      primary key ("id"));`);
    this.addSql(`create index "process_command_tenant_id_workflow_id_index"
      on "process_command" ("tenant_id", "workflow_id");`);
    this.addSql('alter table "process_command" enable row level security;');
    this.addSql('alter table "process_command" force row level security;');
    this.addSql(`create policy "tenant" on "process_command" using (tenant_id = ${currentTenant})
      with check (tenant_id = ${currentTenant});`);
    for (const sql of ownTable('process_command', 'select, insert, update')) this.addSql(sql);
  }

  override down(): void {
    this.addSql('drop table "process_command";');
    this.addSql('alter table "rejected_input" drop column "count";');
    this.addSql('alter table "process" drop column "hold";');
  }
}
