import { z } from 'zod';
import { Instant } from '../../platform/clock.ts';
import { line } from '../../platform/field.ts';
import { Id } from '../../platform/id.ts';
import { record } from '../../platform/record.ts';
import { CommentText } from '../comment.ts';
import { optionalText } from '../crm-fields.ts';

export const ticketStates = ['open', 'in_progress', 'waiting', 'closed'] as const;
export type TicketState = (typeof ticketStates)[number];

const text = z.string().nullable();

/** A question or fault with a distributor or vendor (CRM-T11), worked on by somebody until it is closed (CRM-100). */
export const tickets = record({
  name: 'ticket',
  area: 'crm',
  tableName: 'ticket',
  path: '/api/tickets',
  title: 'issue',
  shape: z.object({
    issue: z.string(),
    description: text,
    state: z.enum(ticketStates),
    active: z.boolean().meta({ description: 'False of what is closed; follows from the state' }),
    assigneeId: Id,
    distributorId: Id.nullable(),
    vendorId: Id.nullable(),
    opportunityId: Id.nullable(),
    closedAt: Instant.nullable(),
  }),
  shown: z.object({
    assigneeName: text, distributorName: text, vendorName: text, opportunityName: text,
    createdByName: text, updatedByName: text,
    _count: z.object({ comments: z.int() }),
  }),
  create: z.object({
    issue: line(500).meta({ title: 'Issue' }),
    description: optionalText(10_000).meta({ title: 'Description' }),
    state: z.enum(ticketStates).default('open').meta({ title: 'State' }),
    assigneeId: Id.optional().meta({ title: 'Assignee', description: 'Who creates it, unless said' }),
    distributorId: Id.nullable().optional().meta({ title: 'Distributor' }),
    vendorId: Id.nullable().optional().meta({ title: 'Vendor' }),
    opportunityId: Id.nullable().optional().meta({ title: 'Opportunity' }),
    comment: CommentText.optional().meta({ title: 'Comment', description: 'Written under it with the change' }),
  }),
  fields: {
    issue: 'text', state: 'text', active: 'boolean', assigneeId: 'uuid', distributorId: 'uuid', vendorId: 'uuid',
    opportunityId: 'uuid', closedAt: 'instant',
  },
  search: ['issue', 'description'],
  scopes: { owner: 'assigneeId', others: ['createdBy'], handedOn: true },
});
export type Ticket = z.output<typeof tickets.View>;
