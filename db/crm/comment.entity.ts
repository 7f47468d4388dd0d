import { defineEntity, p } from '@mikro-orm/core';
import { owned, tenantOwned } from '../platform/columns.ts';

const reference = () => p.uuid().$type<string | null>().nullable();

/** What was written under a task or a ticket, never of both. */
const CommentSchema = defineEntity({
  name: 'Comment',
  tableName: 'crm_comment',
  properties: { ...owned(), taskId: reference(), ticketId: reference(), body: p.text() },
  indexes: [{ properties: ['tenantId', 'taskId'] }, { properties: ['tenantId', 'ticketId'] }],
  checks: [{ name: 'crm_comment_one_check', expression: `num_nonnulls(task_id, ticket_id) <= 1` }],
  ...tenantOwned,
});
export class Comment extends CommentSchema.class {}
CommentSchema.setClass(Comment);
