import type { z } from 'zod';
import { Comment } from '../../db/crm/comment.entity.ts';
import { transactionOf } from '../../db/platform/pool/transaction.ts';
import { candidatesAmong, readersAmong, type Candidate } from '../../db/platform/identity/record-readers.query.ts';
import { compileSql, type Sql } from '../../db/platform/sql.ts';
import { recordCommented } from '../../domain/crm/activity/record-comment.contract.ts';
import { taskCommented } from '../../domain/crm/activity/task.contract.ts';
import type { Comment as CommentShape, CommentSubject, Person } from '../../domain/crm/comment.ts';
import { ticketCommented } from '../../domain/crm/ticket/ticket.contract.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { rendered } from '../../domain/platform/notification-template.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { attachToComment } from '../platform/attachment/attachment-verbs.ts';
import { notify } from '../platform/notify.ts';
import type { VerbContext } from '../platform/verb.ts';

/** What is said of it, of which record, and who is to know. */
export interface Said {
  record: AnyRecord;
  subject: CommentSubject;
  subjectId: string;
  title: string;
  body: string;
  fileIds?: readonly string[];
  mentionIds?: readonly string[];
}

/** Writes a comment under a record that the actor holds, and tells those whom it mentions. */
export async function addComment(ctx: VerbContext, said: Said): Promise<z.input<typeof CommentShape>> {
  const { em, id, emit, actor } = ctx;
  const { subject, subjectId, title, body, fileIds = [] } = said;
  const mentioned = await readersNamed(ctx, said);
  const mentionIds = mentioned.map(person => person.id);
  const comment = em.create(Comment, { id: id(), [`${subject}Id`]: subjectId, body, mentionIds });
  em.persist(comment);
  await em.flush();
  const files = await attachToComment(ctx, { commentId: comment.id, subjectId, fileIds });
  emit(events[subject], { id: subjectId, commentId: comment.id, title });
  await tell(ctx, said, mentionIds);
  return {
    id: comment.id, body, createdAt: comment.createdAt.toISOString(), createdBy: comment.createdBy ?? null,
    createdByName: actor.name, mentions: mentioned,
    files: files.map(f => ({ id: f.id, name: f.name, mediaType: f.mediaType, size: f.size })),
  };
}

const events = { task: taskCommented, ticket: ticketCommented, ...recordCommented };

/** Nobody is told of a record that they may not read, and who writes does not learn who is there besides. */
async function readersNamed(ctx: VerbContext, { record, subjectId, mentionIds = [] }: Said): Promise<Person[]> {
  if (!mentionIds.length) return [];
  const people = await asked<Candidate>(ctx, candidatesAmong(mentionIds));
  const readers = await asked<{ id: string }>(ctx, readersAmong(ctx.actor, people, record, subjectId));
  if (readers.length < new Set(mentionIds).size)
    throw invalidField('mentionIds', 'Names somebody who may not read this record');
  return people.map(({ id, name }) => ({ id, name }));
}

const longest = 500;
async function tell(
  ctx: VerbContext, { subject, subjectId, title, body }: Said, mentionIds: readonly string[],
): Promise<void> {
  const userIds = mentionIds.filter(userId => userId !== ctx.actor.userId);
  if (!userIds.length) return;
  const text = body.length > longest ? `${body.slice(0, longest)}…` : body;
  await ctx.run(notify, {
    userIds, ...rendered('comment-mention', { by: ctx.actor.name, record: title, text }),
    referenceType: subject, referenceId: subjectId, event: events[subject].name,
  });
}

const asked = <Row>({ em }: Pick<VerbContext, 'em'>, query: Sql): Promise<Row[]> => {
  const { sql, parameters } = compileSql(query);
  return transactionOf(em).send<Row>(sql, parameters);
};
