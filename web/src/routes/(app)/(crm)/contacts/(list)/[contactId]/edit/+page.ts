import { contactModule } from '#lib/crm/contacts.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(contactModule, params.contactId, parent, fetch);
