import { Migration } from '@mikro-orm/migrations';

/** The board reads the newest POVs of each status, and counts them. */
export class Migration20261128000071_pov_board extends Migration {
  override up(): void {
    this.addSql('create index pov_board on pov (tenant_id, status, updated_at, id) where deleted_at is null');
  }

  override down(): void {
    this.addSql('drop index pov_board');
  }
}
