import { productModule } from '#lib/inventory/products.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(productModule, params.productId, parent, fetch);
