import { tasks } from '#domain/crm/activity/task.ts';
import { myTasksInput } from '#lib/crm/activity/task-reading.ts';
import { prefetched } from '#lib/platform/query.ts';
import type { PageLoad } from './$types';

export const load: PageLoad = async ({ parent, fetch }) => {
  const { queryClient, session } = await parent();
  const options = { fetch, follows: ['crm.task.'] };
  await prefetched(queryClient, tasks.endpoints.list, myTasksInput(session.user.id), options);
  return { crumbs: [{ label: 'Tasks' }] };
};
