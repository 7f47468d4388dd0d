import { productVerbs } from './product-verbs.ts';

export const inventoryVerbs = {
  createProduct: productVerbs.create,
  patchProduct: productVerbs.patch,
  replaceProduct: productVerbs.put,
  removeProduct: productVerbs.remove,
  restoreProduct: productVerbs.restore,
};
