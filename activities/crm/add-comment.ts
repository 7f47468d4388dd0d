import type { z } from 'zod';
import { Comment } from '../../db/crm/comment.entity.ts';
import { taskCommented } from '../../domain/crm/activity/task.contract.ts';
import type { Comment as CommentShape } from '../../domain/crm/comment.ts';
import { ticketCommented } from '../../domain/crm/ticket/ticket.contract.ts';
import type { VerbContext } from '../platform/verb.ts';

type On = { taskId: string } | { ticketId: string };

/** Writes a comment under a task or ticket that the actor holds. */
export async function addComment(
  { em, id, emit, actor }: VerbContext, { on, title, body }: { on: On; title: string; body: string },
): Promise<z.input<typeof CommentShape>> {
  const comment = em.create(Comment, { id: id(), ...on, body });
  em.persist(comment);
  await em.flush();
  const said = { commentId: comment.id, title };
  if ('taskId' in on) emit(taskCommented, { id: on.taskId, ...said });
  else emit(ticketCommented, { id: on.ticketId, ...said });
  return {
    id: comment.id, body, createdAt: comment.createdAt.toISOString(), createdBy: comment.createdBy ?? null,
    createdByName: actor.name,
  };
}
