import { inventoryPermissions } from './permissions.ts';
import { catalogProducts } from './product-facade.ts';
import { products } from './product.ts';

/** Register of the area. */
export const inventory = {
  endpoints: { catalogProducts: catalogProducts.endpoints },
  events: [],
  records: [products],
  processes: [],
  permissions: inventoryPermissions,
};
