import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

/** CRM-T6. */
const OpportunityLineItemSchema = defineEntity({
  name: 'OpportunityLineItem',
  tableName: 'opportunity_line_item',
  properties: {
    ...owned(),
    opportunityId: p.uuid(),
    productId: p.uuid().$type<string | null>().nullable(),
    description: p.string().length(500),
    quantity: p.integer().default(1),
    unitPrice: p.bigint('number').default(0),
    discountPercent: p.float().columnType('double precision').default(0),
    lineTotal: p.bigint('number'),
    sortOrder: p.integer().default(0),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'opportunityId'] },
    { properties: ['tenantId', 'productId'] },
  ],
  ...tenantOwned,
});
export class OpportunityLineItem extends OpportunityLineItemSchema.class {}
OpportunityLineItemSchema.setClass(OpportunityLineItem);
