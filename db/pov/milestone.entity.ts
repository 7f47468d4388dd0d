import { defineEntity, p } from '@mikro-orm/core';
import { milestoneStatuses, type MilestoneStatus } from '../../domain/pov/milestone.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** POV-T4. */
const MilestoneSchema = defineEntity({
  name: 'Milestone',
  tableName: 'milestone',
  properties: {
    ...owned(),
    povId: p.uuid(),
    phaseId: p.uuid(),
    name: p.string().length(200),
    description: p.text().nullable(),
    dueDate: p.datetime(),
    status: p.string().$type<MilestoneStatus>().length(20).default('PENDING'),
    completedAt: p.datetime().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'phaseId'] },
    { properties: ['tenantId', 'povId'] },
    { properties: ['tenantId', 'status', 'dueDate'] },
    { properties: ['tenantId', 'dueDate', 'id'] },
    { properties: ['tenantId', 'createdAt', 'id'] },
  ],
  checks: [{ name: 'milestone_status_check', expression: oneOf('status', milestoneStatuses) }],
  ...tenantOwned,
});
export class Milestone extends MilestoneSchema.class {}
MilestoneSchema.setClass(Milestone);
