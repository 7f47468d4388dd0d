import { Migration } from '@mikro-orm/migrations';

/** A session knows all of its refresh tokens, not only the last two. Tokens of before are refused: sign in again. */
export class Migration20261121000005_refresh_family extends Migration {
  override up(): void {
    this.addSql('alter table session rename column previous_refresh_hash to refresh_family;');
    this.addSql('alter index session_previous_refresh_hash_index rename to session_refresh_family_index;');
  }

  override down(): void {
    this.addSql('alter index session_refresh_family_index rename to session_previous_refresh_hash_index;');
    this.addSql('alter table session rename column refresh_family to previous_refresh_hash;');
  }
}
