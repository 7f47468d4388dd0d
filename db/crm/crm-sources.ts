import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import { tasks } from '../../domain/crm/activity/task.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { AnyRecord } from '../../domain/platform/record.ts';
import { peopleNamed } from '../platform/custom-field/custom-fields.query.ts';
import { people, userName } from '../platform/record-people.ts';
import type { ListField } from '../platform/list.query.ts';
import { readableRow, type RecordSource } from '../platform/record.query.ts';
import { sql, type Sql } from '../platform/sql.ts';
import { namesFor } from './reference/named.ts';

const typeName = sql`(select y.name from account_type y where y.id = t.account_type_id)`;
const ownerName = userName('account_owner');
/** How many rows belong to an account, and what is above it: all, or what an actor may read. */
const ofAccount = (actor?: Actor) => {
  const seen = (record: AnyRecord, id: Sql): Sql => (actor ? readableRow(record, actor, id) : sql`true`);
  const contactCount = sql`(select count(*)::int from contact c
    where c.account_id = t.id and c.deleted_at is null and ${seen(contacts, sql`c.id`)})`;
  const people = sql`(select count(*)::int from contact_organization l join contact c on c.id = l.contact_id
    where l.account_id = t.id and l.deleted_at is null and c.deleted_at is null and ${seen(contacts, sql`c.id`)})`;
  const opportunityCount = sql`(select count(*)::int from opportunity o
    where o.account_id = t.id and o.deleted_at is null and ${seen(opportunities, sql`o.id`)})`;
  const children = sql`(select count(*)::int from account c
    where c.parent_account_id = t.id and c.deleted_at is null and ${seen(accounts, sql`c.id`)})`;
  const fields: Record<string, ListField> = {
    opportunityCount: { sql: opportunityCount, kind: 'number' },
    contactCount: { sql: contactCount, kind: 'number' },
  };
  const counts = sql`jsonb_build_object('contacts', ${contactCount}, 'people', ${people},
    'opportunities', ${opportunityCount}, 'children', ${children})`;
  return { shown: { _count: counts, parentAccountName: namesFor(actor).account('parentAccountId') }, fields };
};

/** The names beside an account, and how much belongs to it (CRM-014, 055). */
export const accountSource: RecordSource = {
  shown: {
    ...people,
    customFieldPeople: peopleNamed('account'),
    accountType: typeName,
    owner: sql`(select jsonb_build_object('id', u.id, 'fullName', u.full_name) from app_user u
      where u.id = t.account_owner)`,
    ...ofAccount().shown,
  },
  fields: {
    accountType: { sql: typeName, kind: 'text' },
    ownerName: { sql: ownerName, kind: 'text' },
    ...ofAccount().fields,
  },
  seenBy: ofAccount,
};

/** Whoever reads a contact reads its account. */
const accountName = namesFor().account('accountId');
const contactType = sql`(select y.name from account a join account_type y on y.id = a.account_type_id
  where a.id = t.account_id)`;

const ofContact = (actor?: Actor) => {
  const seen = (record: AnyRecord, id: Sql): Sql => (actor ? readableRow(record, actor, id) : sql`true`);
  const taskCount = sql`(select count(*)::int from task k
    where k.contact_id = t.id and k.deleted_at is null and ${seen(tasks, sql`k.id`)})`;
  const parts = sql`(select count(distinct p.opportunity_id)::int from opportunity_participant p
    join opportunity o on o.id = p.opportunity_id and o.deleted_at is null
    where p.contact_id = t.id and p.deleted_at is null and ${seen(opportunities, sql`o.id`)})`;
  const fields: Record<string, ListField> = { taskCount: { sql: taskCount, kind: 'number' } };
  return {
    shown: {
      _count: sql`jsonb_build_object('tasks', ${taskCount}, 'opportunities', ${parts})`,
      opportunityName: namesFor(actor).opportunity('opportunityId'),
    },
    fields,
  };
};

/** What a contact has of its account: its type follows from it at every moment (CRM-029). */
export const contactSource: RecordSource = {
  shown: {
    ...people,
    customFieldPeople: peopleNamed('contact'),
    contactType,
    accountName,
    ...ofContact().shown,
    accountDeleted: sql`exists (select 1 from account a where a.id = t.account_id and a.deleted_at is not null)`,
  },
  fields: {
    accountName: { sql: accountName, kind: 'text', nullable: true },
    contactType: { sql: contactType, kind: 'text', nullable: true },
    ...ofContact().fields,
  },
  seenBy: ofContact,
};
