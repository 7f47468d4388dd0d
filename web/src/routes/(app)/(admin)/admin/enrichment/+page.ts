import { error } from '@sveltejs/kit';
import { enrichmentEndpoints } from '#domain/crm/enrichment/enrichment.contract.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'enrichment-source:read')) error(403, 'Your role may not see the enrichment.');
  const { source } = await loaded(queryClient, enrichmentEndpoints.source, {}, { fetch });
  return { source, crumbs: [{ label: 'Enrichment' }] };
};
