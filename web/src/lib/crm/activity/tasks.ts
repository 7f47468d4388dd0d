import ListChecks from '@lucide/svelte/icons/list-checks';
import { taskCatalog } from '#domain/crm/activity/task-catalog.ts';
import { tasks } from '#domain/crm/activity/task.ts';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import type { ListModule } from '../crm-module.ts';

/** All tasks that the reader may see, as a table; one is opened beside the reader's own. */
export const taskModule: ListModule = {
  pageType: 'tasks', jobs: crmJobKinds.task,
  record: tasks, catalog: taskCatalog, noun: 'task', plural: 'tasks', heading: 'All tasks', href: '/tasks/all',
  icon: ListChecks, title: 'title', follows: ['crm.task.'],
  about: 'A task is something that somebody has to do by a day.',
  views: [{ label: 'Given to me', params: { assigneeId: 'me' } }],
  unless: { status: ['todo', 'in_progress'] },
};
