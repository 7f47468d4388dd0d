import { z } from 'zod';
import { Instant } from '../platform/clock.ts';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';

/** What somebody wrote under a task or a ticket. */
export const Comment = z
  .object({
    id: Id, body: z.string(), createdAt: Instant, createdBy: Id.nullable(),
    createdByName: z.string().nullable(),
  })
  .meta({ id: 'Comment' });
export type Comment = z.output<typeof Comment>;

export const CommentText = z.string().trim().min(1, 'must not be blank').max(5000, 'must have at most 5000 characters');
const AddComment = z.object({ body: CommentText }).meta({ id: 'AddComment' });

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
