import { error } from '@sveltejs/kit';
import { apiKeyEndpoints } from '#domain/platform/identity/api-key.contract.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { keyQuery } from '#lib/platform/api-keys/key-words.ts';
import { loaded } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient, session } = await parent();
  if (scopeOf(session.permissions, 'api-key:read') !== 'all') error(403, 'Your role may only see your own API keys.');
  const arranged = tablePrefetched(queryClient, 'api-keys', fetch);
  await loaded(queryClient, apiKeyEndpoints.list, { query: keyQuery(url, null) }, { fetch });
  await arranged;
  return { crumbs: [{ label: 'API keys' }] };
};
