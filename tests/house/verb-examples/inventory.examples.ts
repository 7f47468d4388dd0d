import { randomUUID } from 'node:crypto';
import { warehouseVerbs } from '../../../activities/inventory/plain-verbs.ts';
import { productCategoryVerbs } from '../../../activities/inventory/product-category-verbs.ts';
import { productVerbs } from '../../../activities/inventory/product-verbs.ts';
import { byName } from '../../../activities/platform/record/named-verbs.ts';
import type { Examples } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const ofProduct = recordExamples(productVerbs, {
  fields: () => ({ name: 'Valve', sku: randomUUID(), costPrice: 500, salePrice: 900 }), change: { brand: 'Example' },
});

const ofWarehouse = recordExamples(warehouseVerbs, {
  fields: () => ({
    name: 'North', code: randomUUID(), addressLine1: '1 Quay', city: 'Oslo', postalCode: '0150', country: 'Norway',
  }),
  change: { city: 'Bergen' },
});

const ofCategory = recordExamples(productCategoryVerbs, {
  fields: () => ({ name: randomUUID() }), change: { active: false }, as: 'admin',
});

export const inventoryExamples: Examples = {
  ...byName('ProductCategory', ofCategory), ...byName('Product', ofProduct), ...byName('Warehouse', ofWarehouse),
};
