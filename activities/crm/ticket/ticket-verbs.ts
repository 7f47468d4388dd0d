import { Ticket } from '../../../db/crm/ticket/ticket.entity.ts';
import { tickets, type TicketState } from '../../../domain/crm/ticket/ticket.ts';
import { stampsBack } from '../../platform/job/put-back.ts';
import { recordVerbs } from '../../platform/record/record-verbs.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { anAccount, anOpportunity, seen, type Fields } from '../activity/about.ts';
import { addComment } from '../add-comment.ts';

/** What is written with a change, until the row is; a transaction changes few tickets. */
const withChange = new WeakMap<VerbContext, string>();

export const ticketVerbs = recordVerbs(tickets, Ticket, {
  complete: async (ctx, { comment, ...sent }, before) => {
    const fields: Fields = { ...sent };
    for (const field of ['distributorId', 'vendorId'] as const)
      if (fields[field] && fields[field] !== before?.[field])
        await seen(ctx, anAccount, fields[field] as string, field);
    if (fields['opportunityId'] && fields['opportunityId'] !== before?.opportunityId)
      await seen(ctx, anOpportunity, fields['opportunityId'] as string, 'opportunityId');
    const state = (fields['state'] ?? before?.state ?? 'open') as TicketState;
    const closed = state === 'closed';
    fields['active'] = !closed;
    if (!closed) fields['closedAt'] = null;
    else if (before?.state !== 'closed') fields['closedAt'] = new Date(ctx.now);
    if (comment !== undefined) withChange.set(ctx, comment as string);
    return { ...fields, ...stampsBack(ctx) };
  },
  follow: async (ctx, ticket) => {
    const body = withChange.get(ctx);
    withChange.delete(ctx);
    if (body !== undefined) {
      await addComment(ctx, { record: tickets, subject: 'ticket', subjectId: ticket.id, title: ticket.issue, body });
    }
  },
});
