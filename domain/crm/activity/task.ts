import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { JsonObject, line, Moment, Words } from '../../platform/field.ts';
import { Id } from '../../platform/id.ts';
import { record } from '../../platform/record.ts';
import { optionalText } from '../crm-fields.ts';
import { Attachments, namedAbout, ofAccountOrGiven, sentAbout, shownAbout } from './about.ts';

export const taskPriorities = ['low', 'medium', 'high', 'urgent'] as const;
export type TaskPriority = (typeof taskPriorities)[number];
export const taskStatuses = ['todo', 'in_progress', 'completed', 'cancelled'] as const;
export type TaskStatus = (typeof taskStatuses)[number];

export const isOpenTask = (status: TaskStatus): boolean => status === 'todo' || status === 'in_progress';

const text = z.string().nullable();
const sent = {
  title: line(255).meta({ title: 'Title' }),
  description: optionalText(10_000).meta({ title: 'Description' }),
  priority: z.enum(taskPriorities).default('medium').meta({ title: 'Priority' }),
  status: z.enum(taskStatuses).default('todo').meta({ title: 'Status' }),
  dueDate: Moment.nullable().optional().meta({ title: 'Due' }),
  reminderAt: Moment.nullable().optional().meta({ title: 'Remind at' }),
  ...sentAbout,
  assigneeId: Id.optional().meta({ title: 'Assignee', description: 'Who creates it, unless said' }),
  tags: Words.default([]).meta({ title: 'Tags' }),
  attachments: Attachments.default([]).meta({ title: 'Attachments' }),
  customFields: JsonObject.nullable().optional(),
};

/** Something to be done (CRM-T8). Who gave it away still sees it. */
export const tasks = record({
  name: 'task',
  area: 'crm',
  tableName: 'task',
  path: '/api/crm/tasks',
  title: 'title',
  shape: z.object({
    title: z.string(),
    description: text,
    priority: z.enum(taskPriorities),
    status: z.enum(taskStatuses),
    dueDate: Instant.nullable(),
    completedAt: Instant.nullable().meta({ description: 'When it was completed; not to be set' }),
    reminderAt: Instant.nullable(),
    ...shownAbout,
    assigneeId: Id,
    tags: z.array(z.string()),
    attachments: z.array(z.string()),
    customFields: JsonObject.nullable(),
  }),
  shown: z.object({ ...namedAbout, assigneeName: text, _count: z.object({ comments: z.int() }) }),
  create: z.object(sent),
  fields: {
    title: 'text', priority: 'text', status: 'text', dueDate: 'instant', completedAt: 'instant', reminderAt: 'instant',
    contactId: 'uuid', accountId: 'uuid', opportunityId: 'uuid', assigneeId: 'uuid',
  },
  search: ['title', 'description'],
  scopes: { owner: 'assigneeId', others: ['createdBy'], handedOn: true },
  belongsTo: ofAccountOrGiven,
});
export type Task = z.output<typeof tasks.View>;
