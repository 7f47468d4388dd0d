import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

/** CRM-002. Names are unique without regard to case: an index over `lower(name)` in the migration. */
const AccountTypeSchema = defineEntity({
  name: 'AccountType',
  tableName: 'account_type',
  properties: { ...owned(), name: p.string().length(100), active: p.boolean().default(true) },
  indexes: [{ properties: ['tenantId', 'createdAt', 'id'] }],
  ...tenantOwned,
});
export class AccountType extends AccountTypeSchema.class {}
AccountTypeSchema.setClass(AccountType);
