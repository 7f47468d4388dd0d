import { products } from '../../domain/inventory/product.ts';
import { warehouses } from '../../domain/inventory/warehouse.ts';
import { searchedRecord } from '../platform/search/searched-record.ts';
import type { Searched } from '../platform/search/search.query.ts';
import { categoryName } from './product-category-source.ts';
import { sql } from '../platform/sql.ts';

export const inventorySearched: Searched[] = [
  searchedRecord(products, 'product', sql`concat_ws(' · ', t.sku, ${categoryName})`),
  searchedRecord(warehouses, 'warehouse', sql`concat_ws(' · ', t.code, t.city)`),
];
