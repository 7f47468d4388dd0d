import { Migration } from '@mikro-orm/migrations';
import { foreignKey, ownTable } from '../platform/schema/own-table.ts';

/** Rights of the roles, foreign keys, the relay's way through, and the indexes that the entities cannot say. */
export class Migration20261121000002_rights extends Migration {
  override up(): void {
    this.addSql('grant usage on schema public to app, relay;');
    this.addSql('grant select, insert, update on tenant to app;');
    for (const table of owned) for (const sql of ownTable(table)) this.addSql(sql);
    // Append-only for the application (PLT-062); the relay alone stamps events.
    for (const sql of ownTable('audit_log', 'select, insert')) this.addSql(sql);
    for (const sql of ownTable('decision', 'select, insert')) this.addSql(sql);
    for (const sql of ownTable('outbox_event', 'select, insert')) this.addSql(sql);
    // Holds no tenant's data, only counters by key.
    this.addSql('grant select, insert, update, delete on rate_limit_bucket to app;');
    this.addSql('grant usage on all sequences in schema public to app;');
    this.addSql('create policy relay_read on outbox_event for select to relay using (true);');
    this.addSql('create policy relay_stamp on outbox_event for update to relay using (true);');
    this.addSql('grant select, update (position, delivered_at, attempts, problem) on outbox_event to relay;');
    this.addSql('create index outbox_event_unstamped on outbox_event (id) where position is null;');
    this.addSql('create index outbox_event_undelivered on outbox_event (position) where delivered_at is null;');
    this.addSql(`create index process_due on process (tenant_id, next_wake_at) where status <> 'closed';`);
    for (const [table, column, to, onDelete] of references) this.addSql(foreignKey(table, column, to, onDelete));
  }

  override down(): void {
    this.addSql('drop policy relay_read on outbox_event;');
    this.addSql('drop policy relay_stamp on outbox_event;');
    for (const name of ['outbox_event_unstamped', 'outbox_event_undelivered', 'process_due']) this.addSql(`drop index ${name};`);
    for (const [table, column] of references) this.addSql(`alter table "${table}" drop constraint "${table}_${column}_fkey";`);
    for (const table of [...owned, 'audit_log', 'decision', 'outbox_event']) {
      this.addSql(`alter table "${table}" drop constraint "${table}_tenant_fkey";`);
      this.addSql(`revoke all on "${table}" from app, relay;`);
    }
    this.addSql('revoke all on rate_limit_bucket from app;');
    this.addSql('revoke all on tenant from app;');
    this.addSql('revoke usage on schema public from app, relay;');
  }
}

const owned = [
  'workflow_step',
  'workflow_instance',
  'app_user',
  'tenant_clock',
  'team_member',
  'team',
  'stream',
  'session',
  'role_permission',
  'role',
  'rejected_input',
  'process',
  'pov_launch',
  'pov_kpi',
  'pov_activity',
  'pov',
  'phase_template',
  'phase',
  'operation',
  'notification',
  'milestone',
  'idempotency',
  'api_key',
];

const references: [table: string, column: string, to: string, onDelete: 'cascade' | 'set null' | 'restrict'][] = [
  ['session', 'user_id', 'app_user', 'cascade'],
  ['api_key', 'user_id', 'app_user', 'cascade'],
  ['notification', 'user_id', 'app_user', 'cascade'],
  ['workflow_step', 'workflow_id', 'workflow_instance', 'cascade'],
  ['decision', 'workflow_id', 'workflow_instance', 'cascade'],
  ['decision', 'workflow_step_id', 'workflow_step', 'cascade'],
  ['pov', 'owner_id', 'app_user', 'cascade'],
  ['pov', 'team_id', 'team', 'set null'],
  ['team_member', 'team_id', 'team', 'cascade'],
  ['team_member', 'pov_id', 'pov', 'cascade'],
  ['team_member', 'user_id', 'app_user', 'cascade'],
  ['phase', 'pov_id', 'pov', 'cascade'],
  ['phase', 'template_id', 'phase_template', 'set null'],
  ['milestone', 'pov_id', 'pov', 'cascade'],
  ['milestone', 'phase_id', 'phase', 'cascade'],
  ['pov_launch', 'pov_id', 'pov', 'cascade'],
  ['pov_kpi', 'pov_id', 'pov', 'cascade'],
  ['pov_activity', 'pov_id', 'pov', 'cascade'],
  ['pov_activity', 'user_id', 'app_user', 'set null'],
  ['pov_launch', 'launched_by', 'app_user', 'set null'],
  ['phase', 'approval_instance_id', 'workflow_instance', 'set null'],
  ['workflow_instance', 'requester_id', 'app_user', 'set null'],
  ['workflow_step', 'decided_by', 'app_user', 'set null'],
  ['decision', 'decided_by', 'app_user', 'set null'],
];
