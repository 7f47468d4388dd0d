import { Migration } from '@mikro-orm/migrations';

/** The tenants whose past is being written: the relay's role may know which, and nothing else of a tenant. */
export class Migration20261128000234_seeding extends Migration {
  override up(): void {
    this.addSql(`create function tenants_being_seeded() returns setof uuid language sql stable security definer
      set search_path = public, pg_temp as $$ select id from tenant where settings ? 'seeding' $$;`);
    this.addSql('revoke execute on function tenants_being_seeded() from public;');
    this.addSql('grant execute on function tenants_being_seeded() to relay;');
  }

  override down(): void {
    this.addSql('drop function tenants_being_seeded();');
  }
}
