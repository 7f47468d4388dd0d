import { namedVerbs } from '../platform/record/named-verbs.ts';
import { warehouseVerbs } from './plain-verbs.ts';
import { productCategoryVerbs } from './product-category-verbs.ts';
import { productVerbs } from './product-verbs.ts';

export const inventoryVerbs = {
  ...namedVerbs('ProductCategory', productCategoryVerbs),
  ...namedVerbs('Product', productVerbs),
  ...namedVerbs('Warehouse', warehouseVerbs),
};
