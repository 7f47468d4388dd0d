import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'custom-field:update')) error(403, 'Your role may not change the fields.');
  await tablePrefetched(queryClient, 'fields', fetch);
  return { crumbs: [{ label: 'Fields' }] };
};
