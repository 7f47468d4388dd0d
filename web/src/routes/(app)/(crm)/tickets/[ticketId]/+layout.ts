import { error } from '@sveltejs/kit';
import { tickets } from '#domain/crm/ticket/ticket.ts';
import { Id } from '#domain/platform/id.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.ticketId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const input = { params: { id: params.ticketId } };
  const found = await loaded(queryClient, tickets.endpoints.read, input, { fetch, follows: ['crm.'] });
  return { crumbs: [{ label: 'Tickets', href: '/tickets' }, { label: found.issue }] };
};
