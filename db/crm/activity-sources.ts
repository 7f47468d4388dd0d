import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import { readableRow, type RecordSource } from '../platform/record.query.ts';
import { sql, type Sql } from '../platform/sql.ts';
import { people, userName } from '../platform/record-people.ts';

const accountName = (column: string): Sql =>
  sql`(select a.account_name from account a where a.id = ${sql.ref(`t.${column}`)})`;
const comments = (column: string): Sql =>
  sql`jsonb_build_object('comments', (select count(*)::int from crm_comment c
    where ${sql.ref(`c.${column}`)} = t.id and c.deleted_at is null))`;

const opportunityName = sql`(select o.opportunity_name from opportunity o where o.id = t.opportunity_id)`;

const about = {
  companyId: sql`t.account_id`,
  dealId: sql`t.opportunity_id`,
  accountName: accountName('account_id'),
  contactName: sql`(select c.full_name from contact c where c.id = t.contact_id)`,
  opportunityName,
};
const named = (field: string, expression: Sql) => ({
  [field]: { sql: expression, kind: 'text' as const, nullable: true },
});

/** A mail that was sent from here has the id of its interaction. */
export const mailOf = (column: string): Sql =>
  sql`(select ${sql.ref(`mail.${column}`)} from mail where mail.id = t.id)`;

export const interactionSource: RecordSource = {
  shown: {
    ...about, ownerName: userName('owner_id'),
    emailTo: mailOf('to_address'), emailStatus: mailOf('status'), emailProblem: mailOf('problem'),
  },
  fields: { ...named('accountName', about.accountName), ...named('ownerName', userName('owner_id')) },
};

export const taskSource: RecordSource = {
  shown: { ...about, assigneeName: userName('assignee_id'), _count: comments('task_id') },
  fields: { ...named('accountName', about.accountName), ...named('assigneeName', userName('assignee_id')) },
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
  shown: { ...people, ...counted().shown }, fields: counted().fields, counted,
};

export const ticketSource: RecordSource = {
  shown: {
    assigneeName: userName('assignee_id'),
    distributorName: accountName('distributor_id'),
    vendorName: accountName('vendor_id'),
    opportunityName,
    _count: comments('ticket_id'),
    ...people,
  },
  fields: {
    ...named('assigneeName', userName('assignee_id')),
    ...named('distributorName', accountName('distributor_id')),
    ...named('vendorName', accountName('vendor_id')),
  },
  filters: {
    involvedAccountId: ids => sql`(t.distributor_id::text = any(${ids}::text[])
      or t.vendor_id::text = any(${ids}::text[]))`,
  },
};
