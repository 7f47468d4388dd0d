import { error } from '@sveltejs/kit';
import { contacts } from '#domain/crm/contact.ts';
import { Id } from '#domain/platform/id.ts';
import { loaded } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ params, parent, fetch, url }) => {
  if (!Id.safeParse(params.contactId).success) error(404, 'This page does not exist');
  const { queryClient } = await parent();
  const input = { params: { id: params.contactId } };
  const found = await loaded(queryClient, contacts.endpoints.read, input, { fetch, follows: ['crm.'], at: url });
  return { crumbs: [{ label: 'Contacts', href: '/contacts' }, { label: found.fullName }] };
};
