import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { session } = await parent();
  if (!scopeOf(session.permissions, 'task:create')) error(403, 'Your role may not create tasks.');
  return { crumbs: [{ label: 'All tasks', href: '/tasks/all' }, { label: 'New' }] };
};
