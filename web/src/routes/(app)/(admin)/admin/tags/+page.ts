import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'tag:update')) error(403, 'Your role may not change the tags.');
  await tablePrefetched(queryClient, 'tags', fetch);
  return { crumbs: [{ label: 'Tags' }] };
};
