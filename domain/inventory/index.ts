import { inventoryPermissions } from './permissions.ts';
import { catalogProducts } from './product-facade.ts';
import { productCategories } from './product-category.ts';
import { products } from './product.ts';
import { warehouses } from './warehouse.ts';

/** Register of the area. */
export const inventory = {
  endpoints: { catalogProducts: catalogProducts.endpoints },
  events: [],
  records: [productCategories, products, warehouses],
  processes: [],
  permissions: inventoryPermissions,
};
