import { z } from 'zod';
import { FileFacts } from '../platform/attachment/attachment.ts';
import { Instant } from '../platform/clock.ts';
import { endpoint, event } from '../platform/contract.ts';
import { ById, Id } from '../platform/id.ts';
import { PartQuery, partOf } from '../platform/list.ts';

/** What can be commented. */
export const commentSubjects = ['task', 'ticket', 'account', 'contact', 'opportunity'] as const;
export type CommentSubject = (typeof commentSubjects)[number];

/** Somebody by name. */
export const Person = z.object({ id: Id, name: z.string() }).meta({ id: 'CommentPerson' });
export type Person = z.output<typeof Person>;

/** What somebody wrote under a record. */
export const Comment = z
  .object({
    id: Id, body: z.string(), createdAt: Instant, createdBy: Id.nullable(),
    createdByName: z.string().nullable(),
    files: z.array(FileFacts),
    mentions: z.array(Person).meta({ description: 'Who was told of it; the text says `@` and their names' }),
  })
  .meta({ id: 'Comment' });
export type Comment = z.output<typeof Comment>;

export const CommentText = z.string().trim().min(1, 'must not be blank').max(5000, 'must have at most 5000 characters');
export const CommentFiles = z.array(Id).max(10, 'must be at most 10').default([])
  .meta({ description: 'Files of the record that I have sent, to stand under the comment' });
export const CommentMentions = z.array(Id).max(20, 'must be at most 20').default([])
  .meta({ description: 'Who is told of it: users who may read the record' });
const AddComment = z.object({ body: CommentText, fileIds: CommentFiles, mentionIds: CommentMentions })
  .meta({ id: 'AddComment', example: { body: 'Here is the offer' } });

export const commentEndpoints = (path: string, subject: CommentSubject) => ({
  list: endpoint({
    method: 'GET', path, needs: `${subject}:read`, params: ById,
    query: PartQuery, returns: partOf(Comment),
    summary: `What was written last under ${named(subject)}, oldest first; the cursor leads to what is older`,
  }),
  add: endpoint({
    method: 'POST', path, needs: `${subject}:update`, params: ById, body: AddComment, returns: Comment, status: 201,
    summary: `Write something under ${named(subject)}`,
  }),
  people: endpoint({
    method: 'GET', path: `${path}/people`, needs: `${subject}:update`, params: ById,
    query: z.object({ q: z.string().max(100).default('').meta({ description: 'A part of the name' }) }),
    returns: z.object({ items: z.array(Person) }),
    summary: `Whom I can mention under ${named(subject)}: users who may read it, by name, at most 8`,
  }),
});

const named = (subject: CommentSubject): string => `${/^[aeiou]/.test(subject) ? 'an' : 'a'} ${subject}`;

export const commented = (subject: CommentSubject) =>
  event({
    name: `crm.${subject}.commented`,
    payload: z.object({ id: Id, commentId: Id, title: z.string() }),
    entity: p => p.id,
    says: p => `commented on the ${subject} ${p.title}`,
  });
