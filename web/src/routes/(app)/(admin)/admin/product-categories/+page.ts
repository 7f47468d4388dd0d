import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'product-category:update')) error(403, 'Your role may not change the categories.');
  await tablePrefetched(queryClient, 'product-categories', fetch);
  return { crumbs: [{ label: 'Product categories' }] };
};
