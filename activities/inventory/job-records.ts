import { productSource } from '../../db/inventory/product-source.ts';
import { sourceOf, userName } from '../../db/platform/record-people.ts';
import { wordsIn } from '../../domain/crm/field-catalog.ts';
import { inventoryJobKinds } from '../../domain/inventory/job-kinds.ts';
import { productWords } from '../../domain/inventory/product-catalog.ts';
import { products } from '../../domain/inventory/product.ts';
import { warehouseCatalog, warehouses } from '../../domain/inventory/warehouse.ts';
import { lookupsOf } from '../crm/job-lookups.ts';
import { declared, type JobRecord } from '../platform/job/job-record.ts';
import { warehouseVerbs } from './plain-verbs.ts';
import { productVerbs } from './product-verbs.ts';

const warehouseWords = wordsIn(warehouseCatalog);

/** Register: what jobs work on, one entry for each kind of record of the area. */
export const inventoryJobRecords: Record<string, JobRecord> = {
  product: {
    ...declared(products, productVerbs, { source: productSource }),
    kind: inventoryJobKinds.product,
    words: productWords, lookups: lookupsOf(productWords), without: [],
    keys: ['sku', 'name', 'barcode'],
    tags: 'tags',
    called: { sku: ['Item number', 'Article number'], name: ['Name', 'Product'], salePrice: ['Price', 'Unit price'] },
  },
  warehouse: {
    ...declared(warehouses, warehouseVerbs, { source: sourceOf({ managerName: userName('manager_id') }) }),
    kind: inventoryJobKinds.warehouse,
    words: warehouseWords, lookups: lookupsOf(warehouseWords), without: [],
    keys: ['code', 'name'],
  },
};
