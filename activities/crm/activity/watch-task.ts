import { z } from 'zod';
import { isWatched } from '../../../domain/crm/activity/task-reminder-plan.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { claimTask } from './claim-task.ts';
import { watchTask as watched } from './task-verbs.ts';

/** Starts the reminders of a task, where they do not run. */
export const watchTask = verb(
  { name: 'watch-task', needs: 'task:update', input: z.object({ taskId: Id }), output: z.object({ id: Id }) },
  async (ctx, { taskId }) => {
    const task = await claimTask(ctx, taskId);
    if (!isWatched(task)) throw new Refusal('conflict', `${task.title} is done, or has neither reminder nor due date`);
    await watched(ctx, task);
    return { id: task.id };
  },
);
