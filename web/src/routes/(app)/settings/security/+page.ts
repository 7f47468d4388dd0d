import { secondFactorEndpoints } from '#domain/platform/identity/second-factor.contract.ts';
import { signInEntryEndpoints } from '#domain/platform/identity/sign-in-entry.contract.ts';
import { loaded, prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  await Promise.all([
    loaded(queryClient, secondFactorEndpoints.read, {}, { fetch }),
    prefetched(queryClient, signInEntryEndpoints.mine, {}, { fetch }),
  ]);
  return { crumbs: [{ label: 'Security' }] };
};
