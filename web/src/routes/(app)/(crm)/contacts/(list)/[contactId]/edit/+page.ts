import { error } from '@sveltejs/kit';
import { contacts } from '#domain/crm/contact.ts';
import { Id } from '#domain/platform/id.ts';
import { scopeOf } from '#domain/platform/permission.ts';
import { loaded } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ params, parent, fetch }) => {
  if (!Id.safeParse(params.contactId).success) error(404, 'This page does not exist');
  const { session, queryClient } = await parent();
  if (!scopeOf(session.permissions, 'contact:update')) error(403, 'Your role may not change contacts.');
  const found = await loaded(queryClient, contacts.endpoints.read, { params: { id: params.contactId } }, { fetch });
  const record = { label: found.fullName, href: `/contacts/${found.id}` };
  return { crumbs: [{ label: 'Contacts', href: '/contacts' }, record, { label: 'Edit' }] };
};
