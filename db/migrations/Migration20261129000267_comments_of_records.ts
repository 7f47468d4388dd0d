import { Migration } from '@mikro-orm/migrations';
import { foreignKey } from '../platform/schema/own-table.ts';

/** Comments on accounts, contacts and opportunities, and whom a comment mentions. */
export class Migration20261129000267_comments_of_records extends Migration {
  override up(): void {
    this.addSql(`alter table "crm_comment" ${records.map(r => `add column "${r}_id" uuid null`).join(', ')},
      add column "mention_ids" uuid[] not null default '{}';`);
    this.addSql(`alter table "crm_comment" drop constraint "crm_comment_one_check";`);
    this.addSql(`alter table "crm_comment" add constraint "crm_comment_one_check"
      check (num_nonnulls(task_id, ticket_id, account_id, contact_id, opportunity_id) <= 1);`);
    for (const r of records) {
      this.addSql(`create index "crm_comment_tenant_id_${r}_id_created_at_index"
        on "crm_comment" ("tenant_id", "${r}_id", "created_at");`);
      this.addSql(foreignKey('crm_comment', `${r}_id`, r, 'cascade'));
    }
  }

  override down(): void {
    this.addSql(`alter table "crm_comment" drop constraint "crm_comment_one_check";`);
    this.addSql(`alter table "crm_comment" drop column "mention_ids", ${
      records.map(r => `drop column "${r}_id"`).join(', ')};`);
    this.addSql(`alter table "crm_comment" add constraint "crm_comment_one_check"
      check (num_nonnulls(task_id, ticket_id) <= 1);`);
  }
}

const records = ['account', 'contact', 'opportunity'];
