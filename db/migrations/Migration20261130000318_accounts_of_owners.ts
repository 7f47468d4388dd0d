import { Migration } from '@mikro-orm/migrations';

/** The ids of an owner's accounts are in the index: who searches among their own reads no row to find them. */
export class Migration20261130000318_accounts_of_owners extends Migration {
  override up(): void {
    this.addSql(
      'create index "account_tenant_id_account_owner_id_index" on "account" ("tenant_id", "account_owner", "id");',
    );
    this.addSql('drop index "account_tenant_id_account_owner_index";');
  }

  override down(): void {
    this.addSql('create index "account_tenant_id_account_owner_index" on "account" ("tenant_id", "account_owner");');
    this.addSql('drop index "account_tenant_id_account_owner_id_index";');
  }
}
