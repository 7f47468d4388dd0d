import { jobEndpoints } from '#domain/platform/job/job.contract.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, params }) => {
  const { queryClient } = await parent();
  const follows = ['platform.job.'];
  const job = await loaded(queryClient, jobEndpoints.read, { params: { id: params.jobId } }, { fetch, follows });
  return { crumbs: [{ label: 'Jobs', href: '/jobs' }, { label: job.title }] };
};
