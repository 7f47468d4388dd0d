import type { RecordSource } from '../platform/record.query.ts';
import { sql } from '../platform/sql.ts';

/** What the category of a product `t` is called now; one that nobody keeps is called as it is written. */
export const categoryName = sql`coalesce((select c.name from product_category c
  where c.key = t.category and c.deleted_at is null), t.category)`;

export const productCategorySource: RecordSource = {
  shown: {
    productCount: sql`(select count(*)::int from product o where o.category = t.key and o.deleted_at is null)`,
  },
};
