import { warehouseVerbs } from '../../activities/inventory/plain-verbs.ts';
import { productCategoryVerbs } from '../../activities/inventory/product-category-verbs.ts';
import { productVerbs } from '../../activities/inventory/product-verbs.ts';
import { productCategorySource } from '../../db/inventory/product-category-source.ts';
import { productSource } from '../../db/inventory/product-source.ts';
import { catalogProducts } from '../../domain/inventory/product-facade.ts';
import { inventoryJobKinds } from '../../domain/inventory/job-kinds.ts';
import { serveBulk } from '../platform/job/jobs.routes.ts';
import { productCategories } from '../../domain/inventory/product-category.ts';
import { products } from '../../domain/inventory/product.ts';
import { warehouses } from '../../domain/inventory/warehouse.ts';
import { sourceOf, userName } from '../../db/platform/record-people.ts';
import { serveFacade } from '../crm/facade.routes.ts';
import { recordReaders, serveRecord } from '../platform/record.routes.ts';
import type { Served } from '../platform/serve.ts';

export const inventoryRoutes: Served[] = [
  ...serveBulk(inventoryJobKinds),
  serveRecord(productCategories, productCategoryVerbs, productCategorySource),
  serveRecord(products, productVerbs, productSource),
  serveFacade(catalogProducts, {
    verbs: productVerbs, source: productSource,
    unless: () => ({ costPrice: 0, salePrice: 0, trackInventory: false }),
  }),
  serveRecord(warehouses, warehouseVerbs, sourceOf({ managerName: userName('manager_id') })),
];

/** Who may read the records of the area may see their events. */
export const inventoryStory = recordReaders(productCategories, products, warehouses);
