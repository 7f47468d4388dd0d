import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { endpoint, Nothing } from '../../platform/contract.ts';
import { line, Moment } from '../../platform/field.ts';
import { ById, Id } from '../../platform/id.ts';
import { ListQuery, listOf } from '../../platform/list.ts';
import { Version } from '../../platform/version.ts';
import { optionalText } from '../crm-fields.ts';
import { interactionStatuses, type InteractionType } from './interaction.ts';
import { taskStatuses } from './task.ts';

export const activityTypes = ['Call', 'Email', 'Meeting', 'Task'] as const;
export type ActivityType = (typeof activityTypes)[number];

/** Statuses of both kinds; which of them fits is said by the type. */
export const activityStatuses = ['scheduled', 'todo', 'in_progress', 'completed', 'cancelled'] as const;
export type ActivityStatus = (typeof activityStatuses)[number];

/** Interactions and tasks as one (CRM-T9). */
export const Activity = z
  .object({
    id: Id,
    activityType: z.enum(activityTypes),
    subject: z.string(),
    description: z.string().nullable(),
    contactId: Id.nullable(),
    accountId: Id.nullable(),
    contactName: z.string().nullable(), accountName: z.string().nullable(),
    dueDate: Instant.nullable().meta({ description: 'Of a task when it is due, otherwise when it is planned for' }),
    status: z.enum(activityStatuses),
    assignedToId: Id,
    assignedToName: z.string().nullable(),
    createdAt: Instant,
    updatedAt: Instant,
    version: z.int(),
  })
  .meta({ id: 'Activity' });
export type Activity = z.output<typeof Activity>;

const sent = {
  activityType: z.enum(activityTypes),
  subject: line(255),
  description: optionalText(10_000),
  contactId: Id.nullable().optional(),
  accountId: Id.nullable().optional(),
  dueDate: Moment.nullable().optional(),
  status: z.enum(activityStatuses).optional(),
  assignedToId: Id.optional().meta({ description: 'Who creates it, unless said' }),
};
export const CreateActivity = z.object(sent).meta({ id: 'CreateActivity' });
export type CreateActivity = z.output<typeof CreateActivity>;
export const ReplaceActivity = z.object({ ...sent, version: Version }).meta({ id: 'ReplaceActivity' });
export const PatchActivity = z.object(sent).partial().extend({ version: Version }).meta({ id: 'PatchActivity' });
export type PatchActivity = z.output<typeof PatchActivity>;

const path = '/api/activities';
const one = { path: `${path}/:id`, params: ById } as const;

/** CRM-088. Tasks among them need the rights for tasks besides. */
export const activityEndpoints = {
  list: endpoint({
    method: 'GET', path, needs: 'interaction:read', query: ListQuery, returns: listOf(Activity),
    summary: 'Calls, e-mails, meetings and tasks together, newest first',
  }),
  create: endpoint({
    method: 'POST', path, needs: 'interaction:create', body: CreateActivity, returns: Activity, status: 201,
    summary: 'Create: a Task becomes a task, anything else an interaction',
  }),
  read: endpoint({ method: 'GET', ...one, needs: 'interaction:read', returns: Activity, summary: 'Read: activity' }),
  patch: endpoint({
    method: 'PATCH', ...one, needs: 'interaction:update', body: PatchActivity, returns: Activity,
    summary: 'Change some fields: activity',
  }),
  put: endpoint({
    method: 'PUT', ...one, needs: 'interaction:update', body: ReplaceActivity, returns: Activity,
    summary: 'Replace: activity; its type stays',
  }),
  remove: endpoint({
    method: 'DELETE', ...one, needs: 'interaction:delete', returns: Nothing, status: 204, summary: 'Delete: activity',
  }),
};

/** The type of an interaction that is an activity; notes and logged tasks are none. */
export const interactionTypeOf = { Call: 'call', Email: 'email', Meeting: 'meeting' } as const satisfies Record<
  Exclude<ActivityType, 'Task'>, InteractionType
>;

/** Why a status does not fit the type. */
export function whyNotStatus(type: ActivityType, status: ActivityStatus): string | undefined {
  const fitting: readonly string[] = type === 'Task' ? taskStatuses : interactionStatuses;
  return fitting.includes(status) ? undefined : `must be one of ${fitting.join(', ')} for a ${type}`;
}
