import { opportunityModule } from '#lib/crm/opportunities.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(opportunityModule, params.opportunityId, parent, fetch);
