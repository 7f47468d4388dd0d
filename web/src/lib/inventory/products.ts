import Package from '@lucide/svelte/icons/package';
import { inventoryJobKinds } from '#domain/inventory/job-kinds.ts';
import { productCatalog } from '#domain/inventory/product-catalog.ts';
import { productCategories } from '#domain/inventory/product-category.ts';
import { products } from '#domain/inventory/product.ts';
import type { ListModule } from '#lib/crm/crm-module.ts';
import type { Picker } from '#lib/crm/page/pickers.ts';
import { call } from '#lib/platform/client.ts';

export const productModule: ListModule = {
  pageType: 'products', jobs: inventoryJobKinds.product,
  record: products, catalog: productCatalog, noun: 'product', plural: 'products', heading: 'Products',
  href: '/products', icon: Package, title: 'name',
  follows: ['inventory.product.', 'inventory.product-category.', 'crm.account.'],
  chips: ['category'],
  about: 'A product is what you sell: with its prices, the vendor whose it is, and who distributes it.',
  views: [{ label: 'Changed last', params: { sort: '-updatedAt' } }],
};

/** Products that are still sold, for fields of opportunities and their lines. */
export const productPicker: Picker = {
  placeholder: 'Search a product…',
  load: async q => {
    const query = { q: q || undefined, pageSize: 20, sort: 'name', filter: { isActive: 'true' } };
    const { items } = await call(products.endpoints.list, { query });
    return items.map(p => ({ value: p.id, label: p.name, meta: p.sku }));
  },
};

/** Categories that are in use, for the field of a product. */
export const categoryPicker: Picker = {
  placeholder: 'Choose a category…',
  load: async q => {
    const query = { q: q || undefined, pageSize: 100, filter: { active: 'true' } };
    const { items } = await call(productCategories.endpoints.list, { query });
    return items.map(c => ({ value: c.key, label: c.name }));
  },
};
