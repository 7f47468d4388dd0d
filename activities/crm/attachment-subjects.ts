import type { EntityName } from '@mikro-orm/core';
import { Account } from '../../db/crm/account.entity.ts';
import { Task } from '../../db/crm/activity/task.entity.ts';
import { Contact } from '../../db/crm/contact.entity.ts';
import { Opportunity } from '../../db/crm/opportunity.entity.ts';
import { Ticket } from '../../db/crm/ticket/ticket.entity.ts';
import { accounts } from '../../domain/crm/account.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { tickets } from '../../domain/crm/ticket/ticket.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import type { VerbContext } from '../platform/verb.ts';
import { claimRow } from './claim-row.ts';

type Row = { id: string; deletedAt?: Date | null | undefined };
const claimed = <R extends Row>(record: AnyRecord, entity: EntityName<R>) =>
  (ctx: VerbContext, id: string): Promise<R> => claimRow(ctx, { record, entity }, id);

/** How a record of the area is claimed for its files. */
export const crmAttachmentSubjects = {
  account: claimed(accounts, Account),
  contact: claimed(contacts, Contact),
  opportunity: claimed(opportunities, Opportunity),
  task: claimed(tasks, Task),
  ticket: claimed(tickets, Ticket),
};
