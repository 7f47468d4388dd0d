import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../../platform/columns.ts';

const reference = () => p.uuid().$type<string | null>().nullable();

/** An account or a contact in a group, once: an index in the migration. */
const GroupMemberSchema = defineEntity({
  name: 'GroupMember',
  tableName: 'crm_group_member',
  properties: { ...owned(), groupId: p.uuid(), accountId: reference(), contactId: reference() },
  indexes: [
    { properties: ['tenantId', 'groupId'] },
    { properties: ['tenantId', 'accountId'] },
    { properties: ['tenantId', 'contactId'] },
  ],
  ...tenantOwned,
});
export class GroupMember extends GroupMemberSchema.class {}
GroupMemberSchema.setClass(GroupMember);
