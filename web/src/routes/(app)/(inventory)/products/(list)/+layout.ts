import { products } from '#domain/inventory/product.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { productModule } from '#lib/inventory/products.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = productModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(productModule) });
  const query = listQueryOf(productModule, url);
  await Promise.all([
    prefetched(queryClient, products.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Products' }] };
};
