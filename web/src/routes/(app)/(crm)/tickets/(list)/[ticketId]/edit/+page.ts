import { ticketModule } from '#lib/crm/ticket/tickets.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(ticketModule, params.ticketId, parent, fetch);
