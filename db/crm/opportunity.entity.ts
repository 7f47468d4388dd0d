import { defineEntity, p } from '@mikro-orm/core';
import type { JsonObject } from '../../domain/platform/field.ts';
import { owned, tenantOwned } from '../platform/columns.ts';

const text = (length: number) => p.string().length(length).nullable();
const reference = () => p.uuid().$type<string | null>().nullable();
const amount = () => p.decimal().columnType('numeric(12,2)').nullable();

/** CRM-T5, with the indexes of CRM-079; the one that the board reads by is in the migration. */
const OpportunitySchema = defineEntity({
  name: 'Opportunity',
  tableName: 'opportunity',
  properties: {
    ...owned(),
    opportunityName: p.string().length(255),
    description: p.text().nullable(),
    active: p.boolean().default(true),
    value: p.bigint('number').default(0),
    currency: p.string().length(3).default('USD'),
    stage: p.string().length(50),
    stageSince: p.datetime(),
    probability: p.integer().default(0),
    expectedCloseDate: p.datetime().nullable(),
    actualCloseDate: p.datetime().nullable(),
    accountId: reference(),
    distributorAccountId: reference(),
    vendorAccountId: reference(),
    productId: reference(),
    orderIdHouse: text(100),
    expectedUsageGrossTotal: amount(),
    expectedCommissionGrossTotal: amount(),
    ownerId: p.uuid(),
    source: text(100),
    lostReason: text(500),
    kanbanIndex: p.bigint('number').default(0),
    tags: p.array<string>().columnType('text[]').default([]),
    customFields: p.json<JsonObject>().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'stage'] },
    { properties: ['tenantId', 'ownerId'] },
    { properties: ['tenantId', 'accountId'] },
    { properties: ['tenantId', 'distributorAccountId'] },
    { properties: ['tenantId', 'vendorAccountId'] },
    { properties: ['tenantId', 'expectedCloseDate'] },
    { properties: ['tenantId', 'opportunityName'] },
    { properties: ['tenantId', 'deletedAt'] },
  ],
  checks: [
    { name: 'opportunity_probability_check', expression: 'probability between 0 and 100' },
    { name: 'opportunity_value_check', expression: 'value >= 0' },
  ],
  ...tenantOwned,
});
export class Opportunity extends OpportunitySchema.class {}
OpportunitySchema.setClass(Opportunity);
