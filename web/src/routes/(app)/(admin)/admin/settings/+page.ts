import { settingsEndpoints } from '#domain/platform/settings.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  const settings = await loaded(queryClient, settingsEndpoints.read, {}, { fetch });
  return { settings, crumbs: [{ label: 'Settings' }] };
};
