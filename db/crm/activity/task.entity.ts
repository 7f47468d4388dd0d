import { defineEntity, p } from '@mikro-orm/core';
import { taskPriorities, taskStatuses, type TaskPriority, type TaskStatus } from '../../../domain/crm/activity/task.ts';
import type { JsonObject } from '../../../domain/platform/field.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

const reference = () => p.uuid().$type<string | null>().nullable();

/** CRM-T8, with the indexes of CRM-090. */
const TaskSchema = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    ...owned(),
    title: p.string().length(255),
    description: p.text().nullable(),
    priority: p.string().$type<TaskPriority>().length(20).default('medium'),
    status: p.string().$type<TaskStatus>().length(20).default('todo'),
    dueDate: p.datetime().nullable(),
    completedAt: p.datetime().nullable(),
    reminderAt: p.datetime().nullable(),
    contactId: reference(),
    accountId: reference(),
    opportunityId: reference(),
    assigneeId: p.uuid(),
    tags: p.array<string>().columnType('text[]').default([]),
    attachments: p.array<string>().columnType('text[]').default([]),
    customFields: p.json<JsonObject>().nullable(),
    /** When the assignee was told of this reminder, and that it is overdue since this due date. */
    remindedAt: p.datetime().nullable(),
    overdueToldAt: p.datetime().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'title'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'assigneeId'] },
    { properties: ['tenantId', 'dueDate'] },
    { properties: ['tenantId', 'contactId'] },
    { properties: ['tenantId', 'accountId'] },
    { properties: ['tenantId', 'opportunityId'] },
    { properties: ['tenantId', 'createdBy'] },
    { properties: ['tenantId', 'deletedAt'] },
  ],
  checks: [
    { name: 'task_priority_check', expression: oneOf('priority', taskPriorities) },
    { name: 'task_status_check', expression: oneOf('status', taskStatuses) },
  ],
  ...tenantOwned,
});
export class Task extends TaskSchema.class {}
TaskSchema.setClass(Task);
