import { defineEntity, p } from '@mikro-orm/core';
import { stageOutcomes, type StageField, type StageOutcome } from '../../domain/crm/opportunity-stage.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

/** CRM-067. Keys and names are unique in a tenant: indexes in the migration. */
const OpportunityStageSchema = defineEntity({
  name: 'OpportunityStage',
  tableName: 'opportunity_stage',
  properties: {
    ...owned(),
    key: p.string().length(50),
    name: p.string().length(100),
    position: p.integer(),
    probability: p.integer().default(0),
    outcome: p.string().$type<StageOutcome>().length(10).default('open'),
    requiredFields: p.array<StageField>().columnType('text[]').default([]),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'position'] },
  ],
  checks: [
    { name: 'opportunity_stage_outcome_check', expression: oneOf('outcome', stageOutcomes) },
    { name: 'opportunity_stage_probability_check', expression: 'probability between 0 and 100' },
  ],
  ...tenantOwned,
});
export class OpportunityStage extends OpportunityStageSchema.class {}
OpportunityStageSchema.setClass(OpportunityStage);
