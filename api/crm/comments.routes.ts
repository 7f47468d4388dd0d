import {
  commentOnAccount, commentOnContact, commentOnOpportunity,
} from '../../activities/crm/activity/comment-on-record.ts';
import { commentOnTask } from '../../activities/crm/activity/comment-on-task.ts';
import { commentOnTicket } from '../../activities/crm/ticket/comment-on-ticket.ts';
import { commentsOn } from '../../db/crm/comments.query.ts';
import { candidatesNamed, readersAmong, type Candidate } from '../../db/platform/identity/record-readers.query.ts';
import type { PartAnswer } from '../../db/platform/table/part.query.ts';
import type { Reader } from '../../db/platform/reader.ts';
import { accounts } from '../../domain/crm/account.ts';
import {
  accountCommentEndpoints, contactCommentEndpoints, opportunityCommentEndpoints,
} from '../../domain/crm/activity/record-comment.contract.ts';
import { taskCommentEndpoints } from '../../domain/crm/activity/task.contract.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import type { Comment, CommentSubject, Person } from '../../domain/crm/comment.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { ticketCommentEndpoints } from '../../domain/crm/ticket/ticket.contract.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { PartQuery } from '../../domain/platform/list.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { serve } from '../platform/serve.ts';
import { proveReadable } from './prove-readable.ts';

interface Asked {
  read: Reader;
  actor: Actor;
  params: { id: string };
}
/** So many people are offered; of those whose names fit, so many are looked at. */
const offered = 8, looked = 40;

const reads = (record: AnyRecord, subject: CommentSubject) => ({
  list: async ({ read, actor, params: { id }, query }: Asked & { query: PartQuery }): Promise<PartAnswer<Comment>> => {
    await proveReadable(read, record, actor, id);
    return commentsOn(read, subject, id, query);
  },
  people: async ({ read, actor, params: { id }, query }: Asked & { query: { q: string } }): Promise<{
    items: Person[];
  }> => {
    await proveReadable(read, record, actor, id);
    const people = await read.rows<Candidate>(candidatesNamed(query.q, looked));
    const readers = await read.rows<{ id: string }>(readersAmong(actor, people, record, id));
    const may = new Set(readers.map(reader => reader.id));
    return {
      items: people.filter(p => may.has(p.id)).slice(0, offered).map(p => ({ id: p.id, name: p.name })),
    };
  },
});

export const taskComments = serve(taskCommentEndpoints, {
  ...reads(tasks, 'task'),
  add: ({ run, params, body }) => run(commentOnTask, { ...body, ...params }),
});

export const ticketComments = serve(ticketCommentEndpoints, {
  ...reads(tickets, 'ticket'),
  add: ({ run, params, body }) => run(commentOnTicket, { ...body, ...params }),
});

export const accountComments = serve(accountCommentEndpoints, {
  ...reads(accounts, 'account'),
  add: ({ run, params, body }) => run(commentOnAccount, { ...body, ...params }),
});

export const contactComments = serve(contactCommentEndpoints, {
  ...reads(contacts, 'contact'),
  add: ({ run, params, body }) => run(commentOnContact, { ...body, ...params }),
});

export const opportunityComments = serve(opportunityCommentEndpoints, {
  ...reads(opportunities, 'opportunity'),
  add: ({ run, params, body }) => run(commentOnOpportunity, { ...body, ...params }),
});
