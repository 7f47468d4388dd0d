import { error } from '@sveltejs/kit';
import { products } from '#domain/inventory/product.ts';
import { Id } from '#domain/platform/id.ts';
import { productModule } from '#lib/inventory/products.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.productId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const { read } = products.endpoints;
  const { follows } = productModule;
  const found = await loaded(queryClient, read, { params: { id: params.productId } }, { fetch, follows });
  return { crumbs: [{ label: 'Products', href: '/products' }, { label: found.name }] };
};
