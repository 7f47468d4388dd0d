import { defineEntity, p } from '@mikro-orm/core';
import { decisions, type DecisionKind } from '../../domain/approvals/decision.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** What was decided on a step, by whom and on what: never changed, and never a second one for a step. */
const DecisionSchema = defineEntity({
  name: 'Decision',
  tableName: 'decision',
  properties: {
    ...owned(),
    workflowId: p.uuid(),
    workflowStepId: p.uuid(),
    decision: p.string().$type<DecisionKind>().length(20),
    decidedBy: p.uuid().nullable(),
    decidedAt: p.datetime(),
    /** In whose place: of whom handed the step over, or is away. */
    decidedFor: p.uuid().nullable(),
    comment: p.text().nullable(),
    /** Version of the step's row, and of what is approved, that the decision was made on. */
    stepVersion: p.integer(),
    subjectVersion: p.string().length(100).nullable(),
    ip: p.string().length(45).nullable(),
  },
  uniques: [{ properties: ['tenantId', 'workflowStepId'], name: 'decision_once' }],
  indexes: [{ properties: ['tenantId', 'workflowId', 'decidedAt'] }, { properties: ['tenantId', 'decidedBy'] }],
  checks: [{ name: 'decision_decision_check', expression: oneOf('decision', decisions) }],
  ...tenantOwned,
});
export class Decision extends DecisionSchema.class {}
DecisionSchema.setClass(Decision);
