import { browser } from '$app/env';
import { instanceEndpoints } from '#domain/approvals/instance.contract.ts';
import { processEndpoints } from '#domain/platform/process.contract.ts';
import { inboxQuery } from '#lib/approvals/inbox.ts';
import { comingQuery } from '#lib/platform/process/process-filter.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

/** How long the server waits for the first parts: the page goes without what takes longer, and the browser asks. */
const patienceMs = 500;

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient, session } = await parent();
  const first = Promise.all([
    loaded(queryClient, instanceEndpoints.list, { query: inboxQuery('waiting', session.user.id) }, { fetch }),
    loaded(queryClient, processEndpoints.list, { query: comingQuery }, { fetch }),
  ]);
  if (!browser) await Promise.race([first, new Promise(resolve => setTimeout(resolve, patienceMs))]);
};
