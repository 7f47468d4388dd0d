import { secondFactorEndpoints } from '#domain/platform/identity/second-factor.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  await loaded(queryClient, secondFactorEndpoints.read, {}, { fetch });
  return { crumbs: [{ label: 'Security' }] };
};
