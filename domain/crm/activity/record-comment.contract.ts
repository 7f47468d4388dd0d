import { commentEndpoints, commented } from '../comment.ts';

export const accountCommentEndpoints = commentEndpoints('/api/accounts/:id/comments', 'account');
export const contactCommentEndpoints = commentEndpoints('/api/contacts/:id/comments', 'contact');
export const opportunityCommentEndpoints = commentEndpoints('/api/opportunities/:id/comments', 'opportunity');

/** Events of comments on records that have a story. */
export const recordCommented = {
  account: commented('account'), contact: commented('contact'), opportunity: commented('opportunity'),
};
