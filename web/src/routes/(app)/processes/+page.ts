import { browser } from '$app/env';
import { processEndpoints } from '#domain/platform/process.contract.ts';
import { processQuery } from '#lib/platform/process/process-filter.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  const list = loaded(queryClient, processEndpoints.list, { query: processQuery(url) }, { fetch });
  if (!browser) await list;
};
