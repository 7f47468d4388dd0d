import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { session } = await parent();
  const may = scopeOf(session.permissions, 'principal-distributor-relationship:create');
  if (!may) error(403, 'Your role may not create relations.');
  return { crumbs: [{ label: 'Partners', href: '/partners' }, { label: 'New' }] };
};
