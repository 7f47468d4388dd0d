import { watchTask } from '../../activities/crm/activity/watch-task.ts';
import { taskReminder } from '../../domain/crm/activity/task.contract.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import { inScope } from '../../db/platform/record.query.ts';
import { sql } from '../../db/platform/sql.ts';
import { steer } from '../platform/steer.ts';

/** The reminders of a task have no commands of their own: the task is what people change. */
export const taskSteering = steer(taskReminder, {
  start: async ({ run, body }) => ({ entityId: (await run(watchTask, body)).id }),
  signals: {},
  visible: actor => sql`exists (select 1 from task t
    where t.id = p.entity_id and ${inScope(tasks, actor, 'task:read')})`,
});
