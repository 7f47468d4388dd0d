import { z } from 'zod';
import { event } from '../../platform/contract.ts';
import { Id } from '../../platform/id.ts';
import { watcherUpdates } from '../../platform/operations/process-hold.ts';
import { processContract } from '../../platform/process.ts';
import { commentEndpoints, commented } from '../comment.ts';

/** Tells the assignee of a task at its reminder and when it is overdue (CRM-084). */
export const taskReminder = processContract({
  type: 'taskReminder',
  entityType: 'task',
  summary: 'Waits until a task is done; tells its assignee at the time of the reminder and when it is overdue',
  id: taskId => `task-reminder-${taskId}`,
  reads: 'task:read',
  start: { needs: 'task:update', body: z.object({ taskId: Id }) },
  signals: {},
  updates: watcherUpdates,
});

const about = z.object({ taskId: Id, title: z.string() });
type About = z.output<typeof about>;
const shared = {
  entity: (p: About) => p.taskId,
  tells: (p: About) => [{ type: taskReminder.type, entityId: p.taskId }],
};

/** Something that its process depends on is different. */
export const taskPlanned = event({
  name: 'crm.task.planned', payload: about, ...shared,
  says: p => `planned the reminders of ${p.title}`,
});
export const taskReminded = event({
  name: 'crm.task.reminded', payload: about.extend({ assignee: z.string(), overdue: z.boolean() }), ...shared,
  says: p => (p.overdue ? `told ${p.assignee} that ${p.title} is overdue` : `reminded ${p.assignee} of ${p.title}`),
});

export const taskCommented = commented('task');
export const taskCommentEndpoints = commentEndpoints('/api/crm/tasks/:id/comments', 'task');
