import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

/** CRM-T3. A pair exists once and one link of a contact is primary: indexes in the migration. */
const ContactOrganizationSchema = defineEntity({
  name: 'ContactOrganization',
  tableName: 'contact_organization',
  properties: {
    ...owned(),
    contactId: p.uuid(),
    accountId: p.uuid(),
    isPrimary: p.boolean().default(false),
    role: p.string().length(100).nullable(),
    influence: p.integer().nullable(),
    startDate: p.date().nullable(),
    endDate: p.date().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'contactId'] },
    { properties: ['tenantId', 'accountId'] },
  ],
  checks: [{ name: 'contact_organization_influence_check', expression: 'influence >= 0 and influence <= 100' }],
  ...tenantOwned,
});
export class ContactOrganization extends ContactOrganizationSchema.class {}
ContactOrganizationSchema.setClass(ContactOrganization);
