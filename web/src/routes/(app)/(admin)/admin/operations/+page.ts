import { operationsEndpoints } from '#domain/platform/operations/operations.contract.ts';
import { processEndpoints } from '#domain/platform/process.contract.ts';
import { troubleQuery } from '#lib/platform/operations/operations-query.ts';
import { loaded, prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  // Awaited in the browser, too: who may not read it gets the page that says so.
  await Promise.all([
    loaded(queryClient, operationsEndpoints.read, {}, { fetch }),
    prefetched(queryClient, processEndpoints.list, { query: troubleQuery }, { fetch }),
  ]);
  return { crumbs: [{ label: 'Operations' }] };
};
