import { z } from 'zod';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { taskReminded } from '../../../domain/crm/activity/task.contract.ts';
import { isWatched } from '../../../domain/crm/activity/task-reminder-plan.ts';
import { Id } from '../../../domain/platform/id.ts';
import { rendered } from '../../../domain/platform/notification-template.ts';
import { sayInstant } from '../../../domain/platform/sentence.ts';
import { notify } from '../../platform/notify.ts';
import { verb } from '../../platform/verb.ts';
import { lockTask } from './claim-task.ts';

/** Tells the assignee of an open task that it is time, or that it is overdue: once for each reminder and due date. */
export const remindAssignee = verb(
  {
    name: 'remind-assignee',
    needs: 'process',
    input: z.object({ taskId: Id, about: z.enum(['reminder', 'overdue']) }),
    output: z.object({ told: z.boolean() }),
  },
  async (ctx, { taskId, about }) => {
    const { em } = ctx;
    const task = await lockTask(ctx, taskId);
    const overdue = about === 'overdue';
    const [at, said] = overdue ? [task.dueDate, task.overdueToldAt] : [task.reminderAt, task.remindedAt];
    if (!isWatched(task) || said || !at || +at > ctx.now) return { told: false };
    const told = new Date(ctx.now);
    if (overdue) task.overdueToldAt = told;
    else task.remindedAt = told;
    const assignee = await em.findOneOrFail(User, { id: task.assigneeId });
    const { timeZone } = await em.findOneOrFail(Tenant, { id: ctx.tenantId });
    const due = task.dueDate ? sayInstant(+task.dueDate, timeZone) : null;
    await ctx.run(notify, {
      userIds: [assignee.id],
      ...(overdue
        ? rendered('task-overdue', { task: task.title, dueDate: due ?? '' })
        : rendered('task-reminder', { task: task.title, due: due ? `It is due on ${due}.` : '' })),
      referenceType: 'task',
      referenceId: task.id,
      event: taskReminded.name,
    });
    ctx.emit(taskReminded, { taskId, title: task.title, assignee: assignee.fullName, overdue });
    return { told: true };
  },
);
