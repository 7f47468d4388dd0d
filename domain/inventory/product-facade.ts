import { facade } from '../crm/facade.ts';
import { products } from './product.ts';

/** Products by the names that the sales side gives them (CRM-063, 064). */
export const catalogProducts = facade(products, {
  id: 'CatalogProduct',
  path: '/api/products',
  open: ['costPrice', 'salePrice', 'trackInventory'],
  names: { productNameHouse: 'name', productDescriptionHouse: 'description' },
});
