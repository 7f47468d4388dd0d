import { Migration } from '@mikro-orm/migrations';

/** The newest contacts of a status are found in order, so that who sees few of them reads no others (CRM-040). */
export class Migration20261128000260_contacts_by_status extends Migration {
  override up(): void {
    this.addSql(`create index "contact_tenant_id_status_created_at_id_index"
      on "contact" (tenant_id, status, created_at, id);`);
    this.addSql('drop index "contact_tenant_id_status_index";');
  }

  override down(): void {
    this.addSql('create index "contact_tenant_id_status_index" on "contact" (tenant_id, status);');
    this.addSql('drop index "contact_tenant_id_status_created_at_id_index";');
  }
}
