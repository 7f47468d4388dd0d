import { standIns } from '#domain/approvals/stand-in.ts';
import { standInsQuery } from '#lib/approvals/stand-in/stand-ins.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient } = await parent();
  await loaded(queryClient, standIns.endpoints.list, standInsQuery, { fetch });
  return { crumbs: [{ label: 'Stand-ins' }] };
};
