import { LockMode } from '@mikro-orm/core';
import { z } from 'zod';
import { Attachment } from '../../../db/platform/attachment/attachment.entity.ts';
import { attachmentAdded, attachmentRemoved } from '../../../domain/platform/attachment/attachment.contract.ts';
import { NewAttachment, whyNotAttach } from '../../../domain/platform/attachment/attachment.ts';
import { invalidField, notFound } from '../../../domain/platform/errors.ts';
import { ById, Id } from '../../../domain/platform/id.ts';
import { attachmentClaims } from '../../attachment-subjects.ts';
import { verb, type VerbContext } from '../verb.ts';

const Kept = z.object({ id: Id });

/** Announces a file of a record that the actor may change; its bytes follow by a signed address. */
export const announceAttachment = verb(
  {
    name: 'announce-attachment', needs: 'signed-in', output: Kept,
    input: NewAttachment.extend({ sizeMax: z.int() }),
  },
  async (ctx, { subject, subjectId, sizeMax, ...file }) => {
    await attachmentClaims[subject](ctx, subjectId);
    const refused = whyNotAttach(file, sizeMax);
    if (refused) throw invalidField(refused.field, refused.why);
    const { id } = ctx.em.create(Attachment, { id: ctx.id(), subject, subjectId, ...file });
    return { id };
  },
);

/** The bytes are there: the file is listed from now on. Only who announced it says so. */
export const completeAttachment = verb(
  { name: 'complete-attachment', needs: 'signed-in', input: ById, output: Kept },
  async (ctx, { id }) => {
    const file = await locked(ctx, id);
    if (file.createdBy !== ctx.actor.userId) throw notFound();
    await attachmentClaims[file.subject](ctx, file.subjectId);
    if (file.state === 'awaited') {
      file.state = 'stored';
      ctx.emit(attachmentAdded, about(ctx, file));
    }
    return { id };
  },
);

/** Takes a file away from a record that the actor may change. */
export const removeAttachment = verb(
  { name: 'remove-attachment', needs: 'signed-in', input: ById, output: z.null() },
  async (ctx, { id }) => {
    const file = await locked(ctx, id);
    await attachmentClaims[file.subject](ctx, file.subjectId);
    file.deletedAt = new Date(ctx.now);
    ctx.emit(attachmentRemoved, about(ctx, file));
    return null;
  },
);

async function locked({ em }: VerbContext, id: string): Promise<Attachment> {
  const file = await em.findOne(Attachment, { id, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!file) throw notFound();
  return file;
}

const about = ({ actor }: VerbContext, { id, subject, subjectId, name }: Attachment) =>
  ({ attachmentId: id, subject, subjectId, name, userId: actor.userId });

/** Files that the actor has sent to the record become those of a comment under it. */
export async function attachToComment(
  { em, actor }: VerbContext,
  { commentId, subjectId, fileIds }: { commentId: string; subjectId: string; fileIds: readonly string[] },
): Promise<Attachment[]> {
  if (!fileIds.length) return [];
  const files = await em.find(Attachment, {
    id: { $in: [...fileIds] }, subjectId, createdBy: actor.userId, state: 'stored', commentId: null, deletedAt: null,
  }, { orderBy: { createdAt: 'asc', id: 'asc' } });
  if (files.length < new Set(fileIds).size)
    throw invalidField('fileIds', 'Names a file that is not yours, or not there');
  for (const file of files) file.commentId = commentId;
  return files;
}
