import { tasks } from '#domain/crm/activity/task.ts';
import { reading } from '#lib/platform/query.ts';

const follows = ['crm.task.'];
/** What the reader has to do, soonest first. */
export const myTasksInput = (userId: string) => ({
  query: {
    limit: 100, sort: 'dueDate',
    filter: { assigneeId: userId, status: { in: 'todo,in_progress' } },
  },
});
export const myTasks = (userId: string) => reading(tasks.endpoints.list, myTasksInput(userId), { follows });
export const openTask = (id: string) => reading(tasks.endpoints.read, { params: { id } }, { follows });
