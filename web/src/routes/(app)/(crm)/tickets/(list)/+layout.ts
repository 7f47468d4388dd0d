import { tickets } from '#domain/crm/ticket/ticket.ts';
import { ticketModule } from '#lib/crm/ticket/tickets.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = ticketModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(ticketModule) });
  const query = listQueryOf(ticketModule, url);
  await Promise.all([
    prefetched(queryClient, tickets.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Tickets' }] };
};
