import { Migration } from '@mikro-orm/migrations';

/** The ids of an account's contacts are in the index: who searches among their own reads no row to find them. */
export class Migration20261130000300_contacts_of_accounts extends Migration {
  override up(): void {
    this.addSql('create index "contact_tenant_id_account_id_id_index" on "contact" ("tenant_id", "account_id", "id");');
    this.addSql('drop index "contact_tenant_id_account_id_index";');
  }

  override down(): void {
    this.addSql('create index "contact_tenant_id_account_id_index" on "contact" ("tenant_id", "account_id");');
    this.addSql('drop index "contact_tenant_id_account_id_id_index";');
  }
}
