import { defineEntity, p } from '@mikro-orm/core';
import type { ScoringCondition } from '../../../domain/crm/scoring/scoring-rule.ts';
import { owned, tenantOwned } from '../../platform/columns.ts';

/** A reason for points of the lead score (CRM-037). */
const ScoringRuleSchema = defineEntity({
  name: 'ScoringRule',
  tableName: 'scoring_rule',
  properties: {
    ...owned(),
    name: p.string().length(100),
    points: p.integer(),
    condition: p.json<ScoringCondition>(),
    isActive: p.boolean().default(true),
    position: p.integer(),
  },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }],
  ...tenantOwned,
});
export class ScoringRule extends ScoringRuleSchema.class {}
ScoringRuleSchema.setClass(ScoringRule);
