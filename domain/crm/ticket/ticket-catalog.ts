import { fieldCatalog, type FieldWords } from '../field-catalog.ts';
import { tickets, ticketStates } from './ticket.ts';

const words = {
  issue: { label: 'Issue', kind: 'text', rule: 'at most 500 characters' },
  description: { label: 'Description', kind: 'prose', rule: 'at most 10000 characters' },
  state: { label: 'State', kind: 'choice', options: ticketStates },
  assigneeId: { label: 'Assignee', kind: 'user' },
  assigneeName: { label: 'Assignee', kind: 'text' },
  distributorId: { label: 'Distributor', kind: 'account' },
  distributorName: { label: 'Distributor', kind: 'text' },
  vendorId: { label: 'Vendor', kind: 'account' },
  vendorName: { label: 'Vendor', kind: 'text' },
  opportunityId: { label: 'Opportunity', kind: 'opportunity' },
  createdAt: { label: 'Created', kind: 'instant' },
  updatedAt: { label: 'Changed', kind: 'instant' },
  createdBy: { label: 'Created by', kind: 'user' },
  updatedBy: { label: 'Changed by', kind: 'user' },
  version: { label: 'Version', kind: 'number' },
} as const satisfies Record<string, FieldWords>;

export const ticketCatalog = fieldCatalog<keyof typeof words>({
  module: 'tickets',
  number: '07',
  words,
  required: ['issue', 'assigneeId'],
  filters: new Set([
    ...Object.keys(tickets.fields), 'assigneeName', 'distributorName', 'vendorName', 'createdAt', 'updatedAt',
  ]),
  views: [
    {
      view: 'list', section: 'Tickets',
      fields: ['issue', 'state', 'assigneeName', 'distributorName', 'vendorName', 'createdAt'],
    },
    {
      view: 'create', section: 'New ticket',
      fields: ['issue', 'description', 'assigneeId', 'distributorId', 'vendorId', 'opportunityId'],
    },
    {
      view: 'detail', section: 'Ticket',
      fields: ['issue', 'state', 'assigneeId', 'distributorId', 'vendorId', 'opportunityId', 'description'],
    },
    { view: 'detail', section: 'System', fields: ['createdAt', 'createdBy', 'updatedAt', 'updatedBy', 'version'] },
  ],
});
