import { taskModule } from '#lib/crm/activity/tasks.ts';
import { loadedForChange } from '#lib/crm/page/change-load.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = ({ params, parent, fetch }) =>
  loadedForChange(taskModule, params.taskId, parent, fetch);
