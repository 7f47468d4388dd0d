import { contacts } from '#domain/crm/contact.ts';
import { contactModule } from '#lib/crm/contacts.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = contactModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(contactModule) });
  const query = listQueryOf(contactModule, url);
  await Promise.all([
    prefetched(queryClient, contacts.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Contacts' }] };
};
