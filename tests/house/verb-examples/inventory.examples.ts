import { randomUUID } from 'node:crypto';
import { productVerbs } from '../../../activities/inventory/product-verbs.ts';
import type { Examples } from '../verb-world.ts';
import { recordExamples } from './record.examples.ts';

const ofProduct = recordExamples(productVerbs, {
  fields: () => ({ name: 'Valve', sku: randomUUID(), costPrice: 500, salePrice: 900 }), change: { brand: 'Example' },
});

export const inventoryExamples: Examples = {
  createProduct: ofProduct.create,
  patchProduct: ofProduct.patch,
  replaceProduct: ofProduct.put,
  removeProduct: ofProduct.remove,
  restoreProduct: ofProduct.restore,
};
