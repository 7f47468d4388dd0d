import { namedVerbs } from '../platform/record/named-verbs.ts';
import { warehouseVerbs } from './plain-verbs.ts';
import { productVerbs } from './product-verbs.ts';

export const inventoryVerbs = {
  ...namedVerbs('Product', productVerbs),
  ...namedVerbs('Warehouse', warehouseVerbs),
};
