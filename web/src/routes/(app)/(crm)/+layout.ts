import { customPrefetched } from '#lib/crm/custom/use-module.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  await customPrefetched(queryClient, fetch);
};
