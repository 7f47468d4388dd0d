import { Migration } from '@mikro-orm/migrations';
import { newTable } from '../platform/schema/new-table.ts';
import { foreignKey } from '../platform/schema/own-table.ts';

/** The rules of the lead score, why each contact has the score it has, and the runs that score all (CRM-037). */
export class Migration20261128000240_lead_scoring extends Migration {
  override up(): void {
    const rule = newTable('scoring_rule', {
      columns: `"name" varchar(100) not null, "points" int not null, "condition" jsonb not null,
        "is_active" boolean not null default true, "position" int not null`,
      searched: ['name'],
    });
    const run = newTable('scoring_run', {
      columns: `"status" varchar(20) not null default 'running', "cause" varchar(20) not null,
        "account_id" uuid null, "last_id" uuid null, "total" int not null, "done" int not null default 0,
        "changed" int not null default 0, "finished_at" timestamptz null`,
      indexes: [['status'], ['account_id']],
      checks: {
        status: `status in ('running', 'done')`,
        cause: `cause in ('asked', 'rules', 'records', 'nightly')`,
      },
    });
    for (const sql of [...rule, ...run, foreignKey('scoring_run', 'account_id', 'account', 'cascade')])
      this.addSql(sql);
    this.addSql('alter table "contact" add column "score_reasons" jsonb null;');
  }

  override down(): void {
    this.addSql('alter table "contact" drop column "score_reasons";');
    this.addSql('drop table "scoring_run";');
    this.addSql('drop function search_scoring_rule(text);');
    this.addSql('drop table "scoring_rule";');
  }
}
