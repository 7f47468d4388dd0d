import { defineEntity, p } from '@mikro-orm/core';
import { oneOf, owned, tenantOwned } from '../platform/columns.ts';
import { relationshipStatuses } from '../../domain/crm/principal-distributor-relationship.ts';

/** CRM-T4. One active one for each pair, and only a principal stands as one: index and trigger in the migration. */
const PrincipalDistributorRelationshipSchema = defineEntity({
  name: 'PrincipalDistributorRelationship',
  tableName: 'principal_distributor_relationship',
  properties: {
    ...owned(),
    principalAccountId: p.uuid(),
    distributorAccountId: p.uuid(),
    commissionRate: p.decimal().columnType('numeric(5,2)'),
    status: p.string().$type<(typeof relationshipStatuses)[number]>().length(20).default('active'),
    startDate: p.date().nullable(),
    endDate: p.date().nullable(),
    territory: p.string().length(255).nullable(),
    notes: p.text().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'status'] },
    { properties: ['tenantId', 'principalAccountId'] },
    { properties: ['tenantId', 'distributorAccountId'] },
  ],
  checks: [
    {
      name: 'principal_distributor_relationship_status_check',
      expression: oneOf('status', relationshipStatuses),
    },
    {
      name: 'principal_distributor_relationship_rate_check',
      expression: 'commission_rate >= 0 and commission_rate <= 100',
    },
  ],
  ...tenantOwned,
});
export class PrincipalDistributorRelationship extends PrincipalDistributorRelationshipSchema.class {}
PrincipalDistributorRelationshipSchema.setClass(PrincipalDistributorRelationship);
