import { commentOnTask } from '../../activities/crm/activity/comment-on-task.ts';
import { commentOnTicket } from '../../activities/crm/ticket/comment-on-ticket.ts';
import { commentsOn } from '../../db/crm/comments.query.ts';
import { taskCommentEndpoints } from '../../domain/crm/activity/task.contract.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import { ticketCommentEndpoints } from '../../domain/crm/ticket/ticket.contract.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import { serve } from '../platform/serve.ts';
import { proveReadable } from './prove-readable.ts';

export const taskComments = serve(taskCommentEndpoints, {
  list: async ({ read, actor, params: { id } }) => {
    await proveReadable(read, tasks, actor, id);
    return { items: await commentsOn(read, 'task_id', id) };
  },
  add: ({ run, params, body }) => run(commentOnTask, { ...body, ...params }),
});

export const ticketComments = serve(ticketCommentEndpoints, {
  list: async ({ read, actor, params: { id } }) => {
    await proveReadable(read, tickets, actor, id);
    return { items: await commentsOn(read, 'ticket_id', id) };
  },
  add: ({ run, params, body }) => run(commentOnTicket, { ...body, ...params }),
});
