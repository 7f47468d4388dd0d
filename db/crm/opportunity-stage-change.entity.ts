import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

/** An opportunity came into a stage (CRM-069): when and by whom say its stamps. */
const OpportunityStageChangeSchema = defineEntity({
  name: 'OpportunityStageChange',
  tableName: 'opportunity_stage_change',
  properties: {
    ...owned(),
    opportunityId: p.uuid(),
    /** Null of a new one. */
    fromStage: p.string().length(50).nullable(),
    toStage: p.string().length(50),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'opportunityId'] },
  ],
  ...tenantOwned,
});
export class OpportunityStageChange extends OpportunityStageChangeSchema.class {}
OpportunityStageChangeSchema.setClass(OpportunityStageChange);
