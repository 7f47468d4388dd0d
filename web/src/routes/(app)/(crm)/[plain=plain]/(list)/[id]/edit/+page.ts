import { loadedForChange } from '#lib/crm/page/change-load.ts';
import { plainModule } from '#lib/plain/plain-modules.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(plainModule(params.plain), params.id, parent, fetch);
