import { partnerModule } from '#lib/crm/partner/partners.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(partnerModule, params.relationId, parent, fetch);
