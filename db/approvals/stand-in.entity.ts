import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

/** Who decides approvals in somebody's place, from the first to the last of these days. */
const StandInSchema = defineEntity({
  name: 'StandIn',
  tableName: 'stand_in',
  properties: {
    ...owned(),
    userId: p.uuid(),
    standInId: p.uuid(),
    fromDay: p.date(),
    untilDay: p.date(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'userId'] },
    { properties: ['tenantId', 'standInId'] },
  ],
  checks: [{ name: 'stand_in_period_check', expression: 'from_day <= until_day' }],
  ...tenantOwned,
});
export class StandIn extends StandInSchema.class {}
StandInSchema.setClass(StandIn);
