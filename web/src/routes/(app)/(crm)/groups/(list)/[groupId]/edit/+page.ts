import { groupModule } from '#lib/crm/group/groups.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(groupModule, params.groupId, parent, fetch);
