import { products } from '../../domain/inventory/product.ts';
import { searchedRecord } from '../platform/search/searched-record.ts';
import type { Searched } from '../platform/search/search.query.ts';
import { categoryName } from './product-category-source.ts';
import { sql } from '../platform/sql.ts';

export const productSearched: Searched =
  searchedRecord(products, 'product', sql`concat_ws(' · ', t.sku, ${categoryName})`);
