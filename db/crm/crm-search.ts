import { opportunities } from '../../domain/crm/opportunity.ts';
import { accounts } from '../../domain/crm/account.ts';
import { interactions } from '../../domain/crm/activity/interaction.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { groups } from '../../domain/crm/group/group.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import { emailTemplates } from '../../domain/platform/mail/email-template.ts';
import { searchedRecord } from '../platform/search/searched-record.ts';
import type { Searched } from '../platform/search/search.query.ts';
import { sql } from '../platform/sql.ts';
import { namesFor } from './reference/named.ts';

const inWords = (column: string) => sql`initcap(replace(${sql.ref(`t.${column}`)}, '_', ' '))`;

export const crmSearched: Searched[] = [
  searchedRecord(accounts, 'account', sql`concat_ws(' · ',
    (select y.name from account_type y where y.id = t.account_type_id), t.industry, t.shipping_city)`),
  searchedRecord(contacts, 'contact', sql`concat_ws(' · ', t.job_title,
    ${namesFor().account('accountId')})`),
  searchedRecord(opportunities, 'opportunity', actor => sql`concat_ws(' · ', ${namesFor(actor).party('accountId')},
    (select s.name from opportunity_stage s
     where s.tenant_id = t.tenant_id and s.key = t.stage and s.deleted_at is null))`),
  searchedRecord(tasks, 'task', sql`concat_ws(' · ', ${inWords('status')},
    ${namesFor().account('accountId')})`),
  searchedRecord(tickets, 'ticket', inWords('state')),
  searchedRecord(interactions, 'interaction', sql`concat_ws(' · ', ${inWords('type')},
    ${namesFor().account('accountId')})`),
  searchedRecord(groups, 'group', sql`t.group_type`),
  searchedRecord(emailTemplates, 'email-template', sql`t.subject`),
];
