import { apiKeyEndpoints } from '#domain/platform/identity/api-key.contract.ts';
import { keyQuery } from '#lib/platform/api-keys/key-words.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient, session } = await parent();
  await loaded(queryClient, apiKeyEndpoints.list, { query: keyQuery(url, session.user.id) }, { fetch });
  return { crumbs: [{ label: 'My API keys' }] };
};
