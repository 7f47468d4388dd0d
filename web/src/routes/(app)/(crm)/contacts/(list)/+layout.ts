import { contacts } from '#domain/crm/contact.ts';
import { contactModule } from '#lib/crm/contacts.ts';
import { listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const query = listQueryOf(contactModule, url);
  await prefetched(queryClient, contacts.endpoints.list, { query }, { fetch, follows: contactModule.follows });
  return { crumbs: [{ label: 'Contacts' }] };
};
