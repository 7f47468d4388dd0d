import { error } from '@sveltejs/kit';
import { scopeOf } from '#domain/platform/permission.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent }) => {
  const { session } = await parent();
  if (!scopeOf(session.permissions, 'scoring-rule:update')) error(403, 'Your role may not change the rules.');
  return { crumbs: [{ label: 'Scoring' }] };
};
