import { z } from 'zod';
import { Ticket } from '../../../db/crm/ticket/ticket.entity.ts';
import { Comment, CommentFiles, CommentMentions, CommentText } from '../../../domain/crm/comment.ts';
import { tickets } from '../../../domain/crm/ticket/ticket.ts';
import { Id } from '../../../domain/platform/id.ts';
import { verb } from '../../platform/verb.ts';
import { addComment } from '../add-comment.ts';
import { claimRow } from '../claim-row.ts';

/** CRM-100. */
export const commentOnTicket = verb(
  {
    name: 'comment-on-ticket', needs: 'ticket:update', output: Comment,
    input: z.object({ id: Id, body: CommentText, fileIds: CommentFiles, mentionIds: CommentMentions }),
  },
  async (ctx, { id, ...said }) => {
    const { issue } = await claimRow(ctx, { record: tickets, entity: Ticket }, id);
    return addComment(ctx, { record: tickets, subject: 'ticket', subjectId: id, title: issue, ...said });
  },
);
