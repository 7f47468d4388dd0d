import { auditEndpoints } from '#domain/platform/audit.contract.ts';
import { auditQuery } from '#lib/platform/audit/audit-filter.ts';
import { loaded } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient, session } = await parent();
  const arranged = tablePrefetched(queryClient, 'audit', fetch);
  // Awaited in the browser, too: who may not read it gets the page that says so.
  await loaded(queryClient, auditEndpoints.list, { query: auditQuery(url, session.tenant.timeZone) }, { fetch });
  await arranged;
};
