import { defineEntity, p } from '@mikro-orm/core';
import {
  instanceStatuses,
  instanceTypes,
  whenDueActions,
  type InstanceStatus,
  type InstanceType,
  type Parent,
  type WhenDue,
} from '../../domain/approvals/instance.ts';
import { modes, type Mode } from '../../domain/approvals/step.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** One run of an approval (APR-T2). Its row lock is what decides between two decisions at once. */
const WorkflowInstanceSchema = defineEntity({
  name: 'WorkflowInstance',
  tableName: 'workflow_instance',
  properties: {
    ...owned(),
    templateId: p.uuid().nullable(),
    type: p.string().$type<InstanceType>().length(20).default('approval'),
    title: p.string().length(200),
    referenceType: p.string().length(50),
    referenceId: p.uuid(),
    storyId: p.uuid(),
    parent: p.json<Parent>().nullable(),
    status: p.string().$type<InstanceStatus>().length(20).default('pending'),
    mode: p.string().$type<Mode>().length(20).default('sequence'),
    requesterId: p.uuid().nullable(),
    excludeRequester: p.boolean().default(true),
    memberIds: p.array<string>().columnType('uuid[]').default([]),
    slaDeadline: p.datetime().nullable(),
    whenDue: p.string().$type<WhenDue>().length(10).default('overdue'),
    isOverdue: p.boolean().default(false),
    subjectVersion: p.string().length(100).nullable(),
    completedAt: p.datetime().nullable(),
    cancelledAt: p.datetime().nullable(),
    cancelReason: p.text().nullable(),
    closedAt: p.datetime().nullable(),
    metadata: p.json<Record<string, unknown>>(),
  },
  indexes: [
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'templateId'] },
    { properties: ['tenantId', 'referenceType', 'referenceId'] },
    { properties: ['tenantId', 'slaDeadline', 'isOverdue'] },
    { properties: ['tenantId', 'createdAt'] },
    { properties: ['tenantId', 'requesterId'] },
    { properties: ['tenantId', 'storyId'] },
  ],
  checks: [
    { name: 'workflow_instance_type_check', expression: oneOf('type', instanceTypes) },
    { name: 'workflow_instance_status_check', expression: oneOf('status', instanceStatuses) },
    { name: 'workflow_instance_mode_check', expression: oneOf('mode', modes) },
    { name: 'workflow_instance_when_due_check', expression: oneOf('when_due', whenDueActions) },
  ],
  ...tenantOwned,
});
export class WorkflowInstance extends WorkflowInstanceSchema.class {}
WorkflowInstanceSchema.setClass(WorkflowInstance);
