import { Migration } from '@mikro-orm/migrations';
import { newTable } from '../platform/schema/new-table.ts';
import { foreignKey } from '../platform/schema/own-table.ts';

/** Steps of approvals are handed over, and decided by who stands in (APR-027). */
export class Migration20261128000255_delegation extends Migration {
  override up(): void {
    this.addSql(`alter table "workflow_step" add column "handed_by" uuid[] not null default '{}',
      add column "delegations" jsonb not null default '[]', add column "decided_for" uuid null;`);
    this.addSql(`alter table "decision" add column "decided_for" uuid null;`);
    const table = newTable('stand_in', {
      columns: `"user_id" uuid not null, "stand_in_id" uuid not null, "from_day" date not null,
        "until_day" date not null`,
      indexes: [['user_id'], ['stand_in_id']],
      checks: { period: 'from_day <= until_day' },
    });
    for (const sql of table) this.addSql(sql);
    this.addSql(foreignKey('stand_in', 'user_id', 'app_user', 'cascade'));
    this.addSql(foreignKey('stand_in', 'stand_in_id', 'app_user', 'cascade'));
  }

  override down(): void {
    this.addSql('drop table "stand_in";');
    this.addSql(`alter table "decision" drop column "decided_for";`);
    this.addSql(`alter table "workflow_step" drop column "handed_by", drop column "delegations",
      drop column "decided_for";`);
  }
}
