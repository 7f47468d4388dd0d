import { identityProviderEndpoints } from '#domain/platform/identity/identity-provider.contract.ts';
import { identityHookEndpoints } from '#domain/platform/identity/identity-hook.contract.ts';
import { loaded, prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  await Promise.all([
    loaded(queryClient, identityProviderEndpoints.list, {}, { fetch }),
    prefetched(queryClient, identityHookEndpoints.read, {}, { fetch }),
  ]);
  return { crumbs: [{ label: 'Sign-in' }] };
};
