import { Migration } from '@mikro-orm/migrations';
import { newTable } from '../platform/schema/new-table.ts';
import { foreignKey } from '../platform/schema/own-table.ts';
import { dropSearchFunction } from '../platform/schema/search-function.ts';

/** Where stock is kept (INV-T2). */
export class Migration20261128000230_warehouses extends Migration {
  override up(): void {
    const table = newTable('warehouse', {
      columns: `"name" varchar(255) not null, "code" varchar(50) not null,
        "type" varchar(30) not null default 'warehouse', "address_line1" varchar(255) not null,
        "address_line2" varchar(255) null, "city" varchar(100) not null, "state" varchar(100) null,
        "postal_code" varchar(20) not null, "country" varchar(100) not null, "phone" varchar(50) null,
        "email" varchar(255) null, "manager_id" uuid null, "is_active" boolean not null default true,
        "custom_fields" jsonb null`,
      indexes: [['is_active'], ['manager_id'], ['deleted_at']],
      checks: { type: `type in ('warehouse', 'store', 'distribution_center')` },
      unique: ['code'],
      searched: ['name', 'code', 'city'],
    });
    for (const sql of [...table, foreignKey('warehouse', 'manager_id', 'app_user', 'set null')]) this.addSql(sql);
  }

  override down(): void {
    for (const sql of dropSearchFunction('warehouse')) this.addSql(sql);
    this.addSql('drop table "warehouse";');
  }
}
