import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { readableRow, type RecordSource } from '../platform/record.query.ts';
import { sql, type Sql } from '../platform/sql.ts';
import { people, userName } from '../platform/record-people.ts';
import { nameField, namesFor } from './reference/named.ts';

const comments = (column: string): Sql =>
  sql`jsonb_build_object('comments', (select count(*)::int from crm_comment c
    where ${sql.ref(`c.${column}`)} = t.id and c.deleted_at is null))`;

/** What an interaction or a task is about; who is given a task knows at whom it is aimed (decision 10). */
const accountName = namesFor().account('accountId');
const about = { companyId: sql`t.account_id`, dealId: sql`t.opportunity_id`, accountName };
const aboutFor = (actor?: Actor) => {
  const { contact, opportunity } = namesFor(actor);
  return { shown: { contactName: contact('contactId'), opportunityName: opportunity('opportunityId') } };
};

/** A mail that was sent from here has the id of its interaction. */
export const mailOf = (column: string): Sql =>
  sql`(select ${sql.ref(`mail.${column}`)} from mail where mail.id = t.id)`;

export const interactionSource: RecordSource = {
  shown: {
    ...about, ...aboutFor().shown, ownerName: userName('owner_id'),
    emailTo: mailOf('to_address'), emailStatus: mailOf('status'), emailProblem: mailOf('problem'),
  },
  fields: { accountName: nameField(about.accountName), ownerName: nameField(userName('owner_id')) },
  seenBy: aboutFor,
};

export const taskSource: RecordSource = {
  shown: { ...about, ...aboutFor().shown, assigneeName: userName('assignee_id'), _count: comments('task_id') },
  fields: { accountName: nameField(about.accountName), assigneeName: nameField(userName('assignee_id')) },
  seenBy: aboutFor,
};

/** Members whose account or contact is deleted, or not for the actor to read, do not count. */
export const memberCountOf = (group: Sql, actor?: Actor): Sql => sql`(select count(*)::int from crm_group_member m
  left join account a on a.id = m.account_id left join contact c on c.id = m.contact_id
  where m.group_id = ${group} and m.deleted_at is null and a.deleted_at is null and c.deleted_at is null
    ${actor ? sql`and (a.id is null or ${readableRow(accounts, actor, sql`a.id`)})
    and (c.id is null or ${readableRow(contacts, actor, sql`c.id`)})` : sql``})`;
const counted = (actor?: Actor) => {
  const memberCount = memberCountOf(sql`t.id`, actor);
  return { shown: { memberCount }, fields: { memberCount: { sql: memberCount, kind: 'number' as const } } };
};

export const groupSource: RecordSource = {
  shown: { ...people, ...counted().shown }, fields: counted().fields, seenBy: counted,
};

const ticketFor = (actor?: Actor) => {
  const { party, opportunity } = namesFor(actor);
  const parties = { distributorName: party('distributorId'), vendorName: party('vendorId') };
  return {
    shown: { ...parties, opportunityName: opportunity('opportunityId') },
    fields: { distributorName: nameField(parties.distributorName), vendorName: nameField(parties.vendorName) },
  };
};

export const ticketSource: RecordSource = {
  shown: { assigneeName: userName('assignee_id'), ...ticketFor().shown, _count: comments('ticket_id'), ...people },
  fields: { assigneeName: nameField(userName('assignee_id')), ...ticketFor().fields },
  seenBy: ticketFor,
  filters: {
    involvedAccountId: ids => sql`(t.distributor_id::text = any(${ids}::text[])
      or t.vendor_id::text = any(${ids}::text[]))`,
  },
};
