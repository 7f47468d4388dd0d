import { deletedRecordEndpoints } from '#domain/platform/deleted/deleted-record.contract.ts';
import { deletedQuery } from '#lib/platform/deleted/deleted-query.ts';
import { loaded } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  const arranged = tablePrefetched(queryClient, 'deleted', fetch);
  await loaded(queryClient, deletedRecordEndpoints.list, { query: deletedQuery(url) }, { fetch });
  await arranged;
  return { crumbs: [{ label: 'Deleted records' }] };
};
