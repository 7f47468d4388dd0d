import { tasks } from '#domain/crm/activity/task.ts';
import { taskModule } from '#lib/crm/activity/tasks.ts';
import { conditionNames, listQueryOf } from '#lib/crm/record-query.ts';
import { prefetched } from '#lib/platform/query.ts';
import { openAsKept } from '#lib/platform/table/kept-address.ts';
import { tablePrefetched } from '#lib/platform/table/table-state.svelte.ts';
import type { LayoutLoad } from './$types';

export const load: LayoutLoad = async ({ url, parent, fetch }) => {
  const { queryClient } = await parent();
  const { pageType, follows } = taskModule;
  await openAsKept({ client: queryClient, fetch, url, pageType, names: conditionNames(taskModule) });
  const query = listQueryOf(taskModule, url);
  await Promise.all([
    prefetched(queryClient, tasks.endpoints.list, { query }, { fetch, follows }),
    tablePrefetched(queryClient, pageType, fetch),
  ]);
  return { crumbs: [{ label: 'Tasks', href: '/tasks' }, { label: 'All' }] };
};
