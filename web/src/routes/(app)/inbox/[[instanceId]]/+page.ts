import { browser } from '$app/env';
import { instanceEndpoints } from '#domain/approvals/instance.contract.ts';
import { inboxQuery, showOf } from '#lib/approvals/inbox.ts';
import { loaded, prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch, params, url }) => {
  const { queryClient, session } = await parent();
  const show = showOf(url.searchParams.get('show'));
  const list = prefetched(queryClient, instanceEndpoints.list, { query: inboxQuery(show, session.user.id) }, { fetch });
  const open =
    params.instanceId &&
    loaded(queryClient, instanceEndpoints.read, { params: { id: params.instanceId } }, { fetch });
  // Moving between approvals shows what the list knows at once and reads the rest behind it.
  if (!browser) await Promise.all([list, open]);
  return { show, crumbs: [{ label: 'Inbox', href: '/inbox' }, { label: 'Approvals' }] };
};
