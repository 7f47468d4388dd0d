import type { RecordSource } from '../platform/record.query.ts';
import { sql } from '../platform/sql.ts';

/** Who made and changed it last. */
export const people = {
  createdByName: sql`(select u.full_name from app_user u where u.id = t.created_by)`,
  updatedByName: sql`(select u.full_name from app_user u where u.id = t.updated_by)`,
};

const typeName = sql`(select y.name from account_type y where y.id = t.account_type_id)`;
const ownerName = sql`(select u.full_name from app_user u where u.id = t.account_owner)`;
const contacts = sql`(select count(*)::int from contact c where c.account_id = t.id and c.deleted_at is null)`;
const peopleThere = sql`(select count(*)::int from contact_organization l join contact c on c.id = l.contact_id
  where l.account_id = t.id and l.deleted_at is null and c.deleted_at is null)`;
const opportunities = sql`(select count(*)::int from opportunity o
  where o.account_id = t.id and o.deleted_at is null)`;
const children = sql`(select count(*)::int from account c where c.parent_account_id = t.id and c.deleted_at is null)`;

/** The names beside an account, and how much belongs to it (CRM-014, 055). */
export const accountSource: RecordSource = {
  shown: {
    ...people,
    accountType: typeName,
    owner: sql`(select jsonb_build_object('id', u.id, 'fullName', u.full_name) from app_user u
      where u.id = t.account_owner)`,
    parentAccountName: sql`(select a.account_name from account a where a.id = t.parent_account_id)`,
    _count: sql`jsonb_build_object('contacts', ${contacts}, 'people', ${peopleThere}, 'opportunities', ${opportunities},
      'children', ${children})`,
  },
  fields: {
    accountType: { sql: typeName, kind: 'text' },
    ownerName: { sql: ownerName, kind: 'text' },
    opportunityCount: { sql: opportunities, kind: 'number' },
    contactCount: { sql: contacts, kind: 'number' },
  },
};

const accountName = sql`(select a.account_name from account a where a.id = t.account_id)`;
const contactType = sql`(select y.name from account a join account_type y on y.id = a.account_type_id
  where a.id = t.account_id)`;

/** What a contact has of its account: its type follows from it at every moment (CRM-029). */
export const contactSource: RecordSource = {
  shown: {
    ...people,
    contactType,
    accountName,
    opportunityName: sql`(select o.opportunity_name from opportunity o where o.id = t.opportunity_id)`,
    accountDeleted: sql`exists (select 1 from account a where a.id = t.account_id and a.deleted_at is not null)`,
  },
  fields: {
    accountName: { sql: accountName, kind: 'text', nullable: true },
    contactType: { sql: contactType, kind: 'text', nullable: true },
  },
};
