import type { z } from 'zod';
import { Comment } from '../../db/crm/comment.entity.ts';
import { taskCommented } from '../../domain/crm/activity/task.contract.ts';
import type { Comment as CommentShape } from '../../domain/crm/comment.ts';
import { ticketCommented } from '../../domain/crm/ticket/ticket.contract.ts';
import { attachToComment } from '../platform/attachment/attachment-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';

type On = { taskId: string } | { ticketId: string };

/** Writes a comment under a task or ticket that the actor holds. */
export async function addComment(
  ctx: VerbContext,
  { on, title, body, fileIds = [] }: { on: On; title: string; body: string; fileIds?: readonly string[] },
): Promise<z.input<typeof CommentShape>> {
  const { em, id, emit, actor } = ctx;
  const comment = em.create(Comment, { id: id(), ...on, body });
  em.persist(comment);
  await em.flush();
  const subjectId = 'taskId' in on ? on.taskId : on.ticketId;
  const files = await attachToComment(ctx, { commentId: comment.id, subjectId, fileIds });
  const said = { commentId: comment.id, title };
  if ('taskId' in on) emit(taskCommented, { id: on.taskId, ...said });
  else emit(ticketCommented, { id: on.ticketId, ...said });
  return {
    id: comment.id, body, createdAt: comment.createdAt.toISOString(), createdBy: comment.createdBy ?? null,
    createdByName: actor.name,
    files: files.map(f => ({ id: f.id, name: f.name, mediaType: f.mediaType, size: f.size })),
  };
}
