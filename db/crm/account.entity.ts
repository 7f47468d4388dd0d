import { defineEntity, p } from '@mikro-orm/core';
import { accountStatuses, type AccountStatus } from '../../domain/crm/account.ts';
import type { JsonObject } from '../../domain/platform/field.ts';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';

const text = (length: number) => p.string().length(length).nullable();

/** CRM-T1, with the indexes of CRM-011. */
const AccountSchema = defineEntity({
  name: 'Account',
  tableName: 'account',
  properties: {
    ...owned(),
    accountName: p.string().length(255),
    accountLegalName: text(255),
    accountTypeId: p.uuid(),
    active: p.boolean().default(true),
    accountOwner: p.uuid(),
    parentAccountId: p.uuid().$type<string | null>().nullable(),
    industry: text(255),
    websiteUrl: text(255),
    description: p.text().nullable(),
    shippingStreet: text(255),
    shippingStreet2: text(255),
    shippingCity: text(100),
    shippingState: text(10),
    shippingZip: text(12),
    shippingCountry: text(100),
    billingStreet: text(255),
    billingStreet2: text(255),
    billingCity: text(100),
    billingState: text(10),
    billingZip: text(12),
    billingCountry: text(100),
    employeeCount: text(50),
    annualRevenue: text(50),
    phone: text(50),
    email: text(255),
    status: p.string().$type<AccountStatus>().length(20).default('active'),
    organizationType: text(100),
    isPrincipal: p.boolean().default(false),
    isDistributor: p.boolean().default(false),
    sector: text(100),
    size: text(100),
    customFields: p.json<JsonObject>().nullable(),
    mergedIntoId: p.uuid().$type<string | null>().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'accountName'] },
    { properties: ['tenantId', 'accountTypeId'] },
    { properties: ['tenantId', 'accountOwner', 'id'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'parentAccountId'] },
    { properties: ['tenantId', 'industry'] },
    { properties: ['tenantId', 'deletedAt'] },
    { properties: ['tenantId', 'mergedIntoId'] },
  ],
  checks: [{ name: 'account_status_check', expression: oneOf('status', accountStatuses) }],
  ...tenantOwned,
});
export class Account extends AccountSchema.class {}
AccountSchema.setClass(Account);
