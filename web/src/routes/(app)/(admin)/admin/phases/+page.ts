import { error } from '@sveltejs/kit';
import { phaseTemplateEndpoints } from '#domain/pov/phase-template.contract.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { prefetched } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import { templateFollows, templateListQuery } from '#lib/pov/phase-templates/template-reading.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient, session } = await parent();
  if (!scopeOf(session.permissions, 'phase-template:manage')) error(403, 'Your role may not see the phase templates.');
  const arranged = tablePrefetched(queryClient, 'phase-templates', fetch);
  const input = { query: templateListQuery };
  await prefetched(queryClient, phaseTemplateEndpoints.list, input, { fetch, follows: templateFollows });
  await arranged;
  return { crumbs: [{ label: 'Phase templates' }] };
};
