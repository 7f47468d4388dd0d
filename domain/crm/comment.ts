import { z } from 'zod';
import { FileFacts } from '../platform/attachment/attachment.ts';
import { Instant } from '../platform/clock.ts';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';

/** What somebody wrote under a task or a ticket. */
export const Comment = z
  .object({
    id: Id, body: z.string(), createdAt: Instant, createdBy: Id.nullable(),
    createdByName: z.string().nullable(),
    files: z.array(FileFacts),
  })
  .meta({ id: 'Comment' });
export type Comment = z.output<typeof Comment>;

export const CommentText = z.string().trim().min(1, 'must not be blank').max(5000, 'must have at most 5000 characters');
export const CommentFiles = z.array(Id).max(10, 'must be at most 10').default([])
  .meta({ description: 'Files of the record that I have sent, to stand under the comment' });
const AddComment = z.object({ body: CommentText, fileIds: CommentFiles })
  .meta({ id: 'AddComment', example: { body: 'Here is the offer' } });

export const commentEndpoints = (path: string, subject: 'task' | 'ticket') => ({
  list: endpoint({
    method: 'GET', path, needs: `${subject}:read`, params: ById,
    returns: z.object({ items: z.array(Comment) }),
    summary: `What was written under a ${subject}, oldest first`,
  }),
  add: endpoint({
    method: 'POST', path, needs: `${subject}:update`, params: ById, body: AddComment, returns: Comment, status: 201,
    summary: `Write something under a ${subject}`,
  }),
});

export const commented = (subject: 'task' | 'ticket') =>
  event({
    name: `crm.${subject}.commented`,
    payload: z.object({ id: Id, commentId: Id, title: z.string() }),
    entity: p => p.id,
    says: p => `commented on the ${subject} ${p.title}`,
  });
