import { error } from '@sveltejs/kit';
import { products } from '#domain/inventory/product.ts';
import { Id } from '#domain/platform/id.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.productId).success) error(404, 'This page does not exist');
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'product:update')) error(403, 'Your role may not change products.');
  const found = await loaded(queryClient, products.endpoints.read, { params: { id: params.productId } }, { fetch });
  const record = { label: found.name, href: `/products/${found.id}` };
  return { crumbs: [{ label: 'Products', href: '/products' }, record, { label: 'Edit' }] };
};
