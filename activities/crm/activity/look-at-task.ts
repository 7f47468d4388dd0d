import { Task } from '../../../db/crm/activity/task.entity.ts';
import { User } from '../../../db/platform/identity/user.entity.ts';
import { Tenant } from '../../../db/platform/tenant.entity.ts';
import { taskReminder } from '../../../domain/crm/activity/task.contract.ts';
import { taskReminderPlan, type TaskReminderState } from '../../../domain/crm/activity/task-reminder-plan.ts';
import { look } from '../../platform/process/look.ts';
import type { VerbContext } from '../../platform/verb.ts';

/** Where the reminders of a task stand and what comes next. */
export const lookAtTask = look(taskReminder, reminderState, taskReminderPlan);

async function reminderState({ em, tenantId }: VerbContext, taskId: string): Promise<TaskReminderState> {
  const task = await em.findOneOrFail(Task, { id: taskId });
  const assignee = await em.findOneOrFail(User, { id: task.assigneeId });
  const { timeZone } = await em.findOneOrFail(Tenant, { id: tenantId });
  const ms = (at: Date | null | undefined): number | null => (at ? +at : null);
  return {
    timeZone,
    id: task.id,
    title: task.title,
    status: task.status,
    deleted: Boolean(task.deletedAt),
    since: +task.createdAt,
    reminderAt: ms(task.reminderAt),
    dueDate: ms(task.dueDate),
    reminded: Boolean(task.remindedAt),
    overdueTold: Boolean(task.overdueToldAt),
    assigneeId: task.assigneeId,
    assigneeName: assignee.fullName,
  };
}
