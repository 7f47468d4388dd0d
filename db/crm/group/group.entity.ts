import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../../platform/columns.ts';

/** CRM-T10, with the indexes of CRM-097; its members are rows of their own. */
const GroupSchema = defineEntity({
  name: 'Group',
  tableName: 'crm_group',
  properties: {
    ...owned(),
    groupName: p.string().length(255),
    groupType: p.string().length(100).nullable(),
    description: p.text().nullable(),
    active: p.boolean().default(true),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'groupName'] },
    { properties: ['tenantId', 'groupType'] },
    { properties: ['tenantId', 'createdBy'] },
  ],
  ...tenantOwned,
});
export class Group extends GroupSchema.class {}
GroupSchema.setClass(Group);
