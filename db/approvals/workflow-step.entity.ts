import { defineEntity, p } from '@mikro-orm/core';
import { stepStatuses, type StepStatus } from '../../domain/approvals/step.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** Once that the step was handed over, by ids. */
export interface HandedOver {
  id: string;
  fromId: string;
  toId: string;
  at: string;
  comment: string | null;
  stepVersion: number;
}

/** One decision in an approval (APR-T3); `stepId` is its short name within the instance. */
const WorkflowStepSchema = defineEntity({
  name: 'WorkflowStep',
  tableName: 'workflow_step',
  properties: {
    ...owned(),
    workflowId: p.uuid(),
    stepId: p.string().length(60),
    name: p.string().length(200),
    order: p.integer().fieldName('step_order'),
    role: p.string().length(50).nullable(),
    assigneeIds: p.array<string>().columnType('uuid[]').default([]),
    /** Roles whose holders may decide, whoever they are by then; ADMIN joins when nobody else can (APR-023). */
    openTo: p.array<string>().columnType('text[]').default([]),
    /** Who handed it over and does not decide it any more; each time, in full, in `delegations`. */
    handedBy: p.array<string>().columnType('uuid[]').default([]),
    delegations: p.json<HandedOver[]>().defaultRaw(`'[]'`),
    status: p.string().$type<StepStatus>().length(20).default('pending'),
    comment: p.text().nullable(),
    metadata: p.json<Record<string, unknown>>(),
    openedAt: p.datetime().nullable(),
    remindedAt: p.datetime().nullable(),
    reminders: p.integer().default(0),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime().nullable(),
    decidedFor: p.uuid().nullable(),
  },
  uniques: [{ properties: ['tenantId', 'workflowId', 'stepId'], name: 'workflow_step_name_unique' }],
  indexes: [
    { properties: ['tenantId', 'workflowId', 'order'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'decidedBy'] },
  ],
  checks: [{ name: 'workflow_step_status_check', expression: oneOf('status', stepStatuses) }],
  ...tenantOwned,
});
export class WorkflowStep extends WorkflowStepSchema.class {}
WorkflowStepSchema.setClass(WorkflowStep);
