import { Migration } from '@mikro-orm/migrations';

/** Deleted rows of what can be restored are found at once among any number of others, the latest first (PLT-005). */
export class Migration20261128000261_deleted_records extends Migration {
  override up(): void {
    for (const table of tables)
      this.addSql(
        `create index "${table}_deleted" on "${table}" (tenant_id, deleted_at, id) where deleted_at is not null;`,
      );
  }

  override down(): void {
    for (const table of tables) this.addSql(`drop index "${table}_deleted";`);
  }
}

const tables = [
  'account', 'account_type', 'contact', 'crm_group', 'custom_field', 'email_template', 'feature_request', 'interaction',
  'milestone', 'opportunity', 'opportunity_line_item', 'opportunity_participant', 'opportunity_stage', 'phase',
  'phase_template', 'pov', 'pov_kpi', 'principal_distributor_relationship', 'product', 'product_category',
  'scoring_rule', 'stand_in', 'support_request', 'tag', 'task', 'ticket', 'warehouse',
];
