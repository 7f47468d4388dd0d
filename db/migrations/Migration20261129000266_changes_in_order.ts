import { Migration } from '@mikro-orm/migrations';

/** The changes of one record are read in their order, a page at a time, however many there are (CRM-089). */
export class Migration20261129000266_changes_in_order extends Migration {
  override up(): void {
    this.addSql(
      `create index "audit_log_tenant_id_record_id_created_at_id_index"
       on "audit_log" (tenant_id, record_id, created_at, id);`,
    );
    this.addSql(`drop index "audit_log_tenant_id_record_id_index";`);
  }

  override down(): void {
    this.addSql(`create index "audit_log_tenant_id_record_id_index" on "audit_log" (tenant_id, record_id);`);
    this.addSql(`drop index "audit_log_tenant_id_record_id_created_at_id_index";`);
  }
}
