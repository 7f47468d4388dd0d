import { bulkEndpoints } from '../platform/job/job.contract.ts';
import { inventoryJobKinds } from './job-kinds.ts';
import { inventoryPermissions } from './permissions.ts';
import { catalogProducts } from './product-facade.ts';
import { productCategories } from './product-category.ts';
import { products } from './product.ts';
import { warehouses } from './warehouse.ts';

/** Register of the area. */
export const inventory = {
  endpoints: { catalogProducts: catalogProducts.endpoints, bulk: bulkEndpoints(inventoryJobKinds) },
  events: [],
  records: [productCategories, products, warehouses],
  processes: [],
  permissions: inventoryPermissions,
};
