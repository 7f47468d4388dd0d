import { Migration } from '@mikro-orm/migrations';

/** What lists are sorted and filtered by is found in order (PLT-099). */
export class Migration20261128000265_indexes_of_lists extends Migration {
  override up(): void {
    for (const [table, columns] of indexes) {
      this.addSql(`create index "${nameOf(table, columns)}" on "${table}" (${columns.join(', ')});`);
    }
  }

  override down(): void {
    for (const [table, columns] of indexes) this.addSql(`drop index "${nameOf(table, columns)}";`);
  }
}

const newest = ['tenant_id', 'created_at', 'id'];
const indexes: [table: string, columns: string[]][] = [
  ['app_user', newest],
  ['api_key', newest],
  ['milestone', newest],
  ['milestone', ['tenant_id', 'due_date', 'id']],
  ['notification', ['tenant_id', 'user_id', 'created_at', 'id']],
  ['interaction', ['tenant_id', 'status']],
  ['principal_distributor_relationship', ['tenant_id', 'status']],
  ['feature_request', ['tenant_id', 'status']],
  ['support_request', ['tenant_id', 'status']],
  ['support_request', ['tenant_id', 'due_at']],
];
const nameOf = (table: string, columns: string[]): string => `${table}_${columns.join('_')}_index`;
