import { Migration } from '@mikro-orm/migrations';

/** Files that were announced and not sent yet are found without reading all others. */
export class Migration20261128000257_awaited_files extends Migration {
  override up(): void {
    this.addSql(`create index attachment_awaited on attachment (tenant_id, created_at) where state = 'awaited';`);
  }

  override down(): void {
    this.addSql('drop index attachment_awaited;');
  }
}
