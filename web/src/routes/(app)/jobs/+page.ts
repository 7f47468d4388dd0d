import { jobEndpoints } from '#domain/platform/job/job.contract.ts';
import { jobListQuery } from '#lib/platform/job/job-query.ts';
import { loaded } from '#lib/platform/query.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, url }) => {
  const { queryClient } = await parent();
  const follows = ['platform.job.'];
  const arranged = tablePrefetched(queryClient, 'jobs', fetch);
  await loaded(queryClient, jobEndpoints.list, { query: jobListQuery(url) }, { fetch, follows });
  await arranged;
  return { crumbs: [{ label: 'Jobs' }] };
};
