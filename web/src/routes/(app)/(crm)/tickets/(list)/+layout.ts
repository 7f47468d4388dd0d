import { tickets } from '#domain/crm/ticket/ticket.ts';
import { ticketModule } from '#lib/crm/ticket/tickets.ts';
import { listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const query = listQueryOf(ticketModule, url);
  await prefetched(queryClient, tickets.endpoints.list, { query }, { fetch, follows: ticketModule.follows });
  return { crumbs: [{ label: 'Tickets' }] };
};
