import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

const subjects = 'task_id, ticket_id, account_id, contact_id, opportunity_id';
const reference = () => p.uuid().$type<string | null>().nullable();

/** What was written under one record. */
const CommentSchema = defineEntity({
  name: 'Comment',
  tableName: 'crm_comment',
  properties: {
    ...owned(),
    taskId: reference(), ticketId: reference(),
    accountId: reference(), contactId: reference(), opportunityId: reference(),
    body: p.text(),
    /** Users who were told of it. */
    mentionIds: p.array<string>().columnType('uuid[]').default([]),
  },
  indexes: [
    { properties: ['tenantId', 'taskId'] }, { properties: ['tenantId', 'ticketId'] },
    { properties: ['tenantId', 'accountId', 'createdAt'] }, { properties: ['tenantId', 'contactId', 'createdAt'] },
    { properties: ['tenantId', 'opportunityId', 'createdAt'] },
  ],
  checks: [{
    name: 'crm_comment_one_check', expression: `num_nonnulls(${subjects}) <= 1`,
  }],
  ...tenantOwned,
});
export class Comment extends CommentSchema.class {}
CommentSchema.setClass(Comment);
