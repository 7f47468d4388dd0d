import { defineEntity, p } from '@mikro-orm/core';
import { ticketStates, type TicketState } from '../../../domain/crm/ticket/ticket.ts';
import { oneOf, owned, tenantOwned } from '../../platform/columns.ts';

const reference = () => p.uuid().$type<string | null>().nullable();

/** CRM-T11, with the indexes of CRM-099. */
const TicketSchema = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    ...owned(),
    issue: p.string().length(500),
    description: p.text().nullable(),
    state: p.string().$type<TicketState>().length(20).default('open'),
    active: p.boolean().default(true),
    assigneeId: p.uuid(),
    distributorId: reference(),
    vendorId: reference(),
    opportunityId: reference(),
    closedAt: p.datetime().nullable(),
  },
  indexes: [
    { properties: ['tenantId', 'createdAt', 'id'] },
    { properties: ['tenantId', 'issue'] },
    { properties: ['tenantId', 'state'] },
    { properties: ['tenantId', 'assigneeId'] },
    { properties: ['tenantId', 'distributorId'] },
    { properties: ['tenantId', 'vendorId'] },
    { properties: ['tenantId', 'opportunityId'] },
    { properties: ['tenantId', 'createdBy'] },
  ],
  checks: [{ name: 'ticket_state_check', expression: oneOf('state', ticketStates) }],
  ...tenantOwned,
});
export class Ticket extends TicketSchema.class {}
TicketSchema.setClass(Ticket);
