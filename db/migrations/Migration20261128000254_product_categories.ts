import { Migration } from '@mikro-orm/migrations';
import { newTable } from '../platform/schema/new-table.ts';
import { dropSearchFunction } from '../platform/schema/search-function.ts';

/** Categories of products are rows: renamed and retired without touching a product (CRM-080). */
export class Migration20261128000254_product_categories extends Migration {
  override up(): void {
    const table = newTable('product_category', {
      columns: `"key" varchar(255) not null, "name" varchar(255) not null, "active" boolean not null default true`,
      indexes: [['key']],
      searched: ['name'],
    });
    for (const sql of table) this.addSql(sql);
    for (const column of ['key', 'name'])
      this.addSql(`create unique index "product_category_${column}_lower" on "product_category"
        (tenant_id, lower(${column})) where deleted_at is null;`);
    this.addSql(categoriesSoFar);
  }

  override down(): void {
    for (const sql of dropSearchFunction('product_category')) this.addSql(sql);
    this.addSql(`drop table "product_category";`);
  }
}

/** What products hold already becomes a category; words that differ in case alone are one from now on. */
const categoriesSoFar = `do $$ declare t uuid; begin
  for t in select id from tenant loop
    perform set_config('app.tenant', t::text, true);
    insert into product_category (id, tenant_id, created_at, updated_at, key, name)
    select gen_random_uuid(), t, now(), now(), word, word from (
      select distinct on (lower(trim(category))) trim(category) as word from product
      where tenant_id = t and trim(category) <> '' order by lower(trim(category)), created_at, id) words;
    update product p set category = c.key from product_category c
    where p.tenant_id = t and c.tenant_id = t and lower(trim(p.category)) = lower(c.key) and p.category <> c.key;
  end loop;
  perform set_config('app.tenant', '', true);
end $$;`;
