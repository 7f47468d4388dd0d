import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { session } = await parent();
  if (!scopeOf(session.permissions, 'product:create')) error(403, 'Your role may not create products.');
  return { crumbs: [{ label: 'Products', href: '/products' }, { label: 'New' }] };
};
