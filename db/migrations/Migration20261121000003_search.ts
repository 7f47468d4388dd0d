import { Migration } from '@mikro-orm/migrations';
import { dropSearchFunction, searchFunction } from '../platform/schema/search-function.ts';

/** Text search that uses its index under row-level security; names of users that are unique whatever their case. */
export class Migration20261121000003_search extends Migration {
  override up(): void {
    this.addSql('create extension if not exists pg_trgm;');
    this.addSql('grant usage on schema public to search_definer;');
    for (const sql of searchFunction('pov', povText)) this.addSql(sql);
    this.addSql('create index pov_newest on pov (tenant_id, updated_at, id);');
    for (const field of names)
      this.addSql(`create unique index app_user_${field}_lower on app_user (tenant_id, lower(${field}));`);
  }

  override down(): void {
    for (const field of names) this.addSql(`drop index app_user_${field}_lower;`);
    this.addSql('drop index pov_newest;');
    for (const sql of dropSearchFunction('pov')) this.addSql(sql);
    this.addSql('revoke usage on schema public from search_definer;');
  }
}

const povText = ['title', 'customer_name', 'partner_name', 'opportunity_name', 'objective'];
const names = ['username', 'email'];
