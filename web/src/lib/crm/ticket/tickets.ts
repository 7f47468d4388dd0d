import Ticket from '@lucide/svelte/icons/ticket';
import { ticketCatalog } from '#domain/crm/ticket/ticket-catalog.ts';
import { tickets } from '#domain/crm/ticket/ticket.ts';
import { crmJobKinds } from '#domain/crm/job-kinds.ts';
import type { ListModule } from '../crm-module.ts';

export const ticketModule: ListModule = {
  pageType: 'tickets', jobs: crmJobKinds.ticket,
  record: tickets, catalog: ticketCatalog, noun: 'ticket', plural: 'tickets', heading: 'Tickets', href: '/tickets',
  icon: Ticket, title: 'issue', follows: ['crm.ticket.'],
  about: 'A ticket is a question or fault with a distributor or vendor that somebody sees to.',
  unless: { state: ['open', 'in_progress', 'waiting'] },
};
