import { error } from '@sveltejs/kit';
import { phaseTemplateEndpoints } from '#domain/pov/phase-template.contract.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient, session } = await parent();
  if (!scopeOf(session.permissions, 'pov:create')) error(403, 'Your role may not create POVs.');
  const input = { query: { pageSize: 100 } };
  await prefetched(queryClient, phaseTemplateEndpoints.choose, input, { fetch, follows: ['pov.phase-template.'] });
  return { crumbs: [{ label: 'POVs', href: '/povs' }, { label: 'New' }] };
};
