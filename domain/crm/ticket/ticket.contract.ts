import { commentEndpoints, commented } from '../comment.ts';

export const ticketCommentEndpoints = commentEndpoints('/api/tickets/:id/comments', 'ticket');
export const ticketCommented = commented('ticket');
