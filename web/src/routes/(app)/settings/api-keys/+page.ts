import { apiKeyEndpoints } from '#domain/platform/identity/api-key.contract.ts';
import { keyQuery } from '#lib/platform/api-keys/key-words.ts';
import { loaded } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient, session } = await parent();
  const arranged = tablePrefetched(queryClient, 'api-keys', fetch);
  await loaded(queryClient, apiKeyEndpoints.list, { query: keyQuery(url, session.user.id) }, { fetch });
  await arranged;
  return { crumbs: [{ label: 'My API keys' }] };
};
