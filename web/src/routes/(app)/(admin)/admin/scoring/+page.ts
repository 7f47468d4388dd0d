import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'scoring-rule:update')) error(403, 'Your role may not change the rules.');
  await tablePrefetched(queryClient, 'scoring-rules', fetch);
  return { crumbs: [{ label: 'Scoring' }] };
};
