import { scanEndpoints } from '#domain/crm/duplicate/scan.contract.ts';
import { queueQuery } from '#lib/crm/duplicate/queue-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  await Promise.all([
    prefetched(queryClient, scanEndpoints.pairs, { query: queueQuery(url) }, { fetch, follows: ['crm.'] }),
    prefetched(queryClient, scanEndpoints.scans, {}, { fetch, follows: ['crm.duplicate-scan'] }),
  ]);
  return { crumbs: [{ label: 'Duplicates' }] };
};
