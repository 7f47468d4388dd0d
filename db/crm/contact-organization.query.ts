import type {
  ContactOrganization, InfluenceProfile, OrganizationContact,
} from '../../domain/crm/contact-organization.ts';
import { accounts } from '../../domain/crm/account.ts';
import { contacts } from '../../domain/crm/contact.ts';
import { opportunities } from '../../domain/crm/opportunity.ts';
import type { Actor } from '../../domain/platform/actor.ts';
import type { PartQuery } from '../../domain/platform/list.ts';
import { partRows, type PartAnswer } from '../platform/table/part.query.ts';
import { inScope, readableRow } from '../platform/record.query.ts';
import type { Reader } from '../platform/reader.ts';
import { columnsOf, sql, type Sql } from '../platform/sql.ts';

/** Organizations that the actor may read; `t` is the account. */
const seen = (actor: Actor): Sql => sql`t.deleted_at is null and ${inScope(accounts, actor, 'account:read')}`;

export const organizationsOf = (
  read: Reader, actor: Actor, contactId: string, linkId?: string,
): Promise<ContactOrganization[]> =>
  read.rows<ContactOrganization>(sql`
    select l.id, l.contact_id as "contactId", l.account_id as "accountId", t.account_name as "accountName",
      y.name as "accountType", l.is_primary as "isPrimary", l.role, l.influence, l.start_date as "startDate",
      l.end_date as "endDate", l.created_at as "createdAt"
    from contact_organization l join account t on t.id = l.account_id
    left join account_type y on y.id = t.account_type_id
    where l.contact_id = ${contactId}::uuid and l.deleted_at is null
      and ${linkId ? sql`l.id = ${linkId}::uuid` : sql`true`} and ${seen(actor)}
    order by l.is_primary desc, t.account_name, l.id`);

export const peopleOf = (
  read: Reader, actor: Actor, accountId: string, asked: PartQuery,
): Promise<PartAnswer<OrganizationContact>> =>
  partRows<OrganizationContact>(read, {
    columns: {
      ...columnsOf('l', ['id', 'isPrimary', 'role', 'influence', 'endDate']),
      ...columnsOf('t', ['fullName', 'jobTitle', 'workPhone', 'mobile', 'emailAddress']),
      contactId: sql`t.id`, isPrimaryContact: sql`l.is_primary and t.is_primary`,
    },
    from: sql`contact_organization l join contact t on t.id = l.contact_id`,
    where: [
      sql`l.account_id = ${accountId}::uuid`, sql`l.deleted_at is null`, sql`t.deleted_at is null`,
      inScope(contacts, actor, 'contact:read'),
    ],
    key: sql`l.id`,
    fields: { fullName: { sql: sql`t.full_name`, kind: 'text' } },
    defaultSort: 'fullName',
  }, asked);

/** As `contact_influence_profile` has it, of the opportunities that the actor may read. */
export const influenceOf = (read: Reader, actor: Actor, contactId: string): Promise<InfluenceProfile[]> =>
  read.rows<InfluenceProfile>(sql`
    select l.account_id as "accountId", t.account_name as "accountName", l.is_primary as "isPrimary", l.role,
      l.influence, count(o.id)::int as "opportunityCount",
      coalesce(sum(o.value) filter (where s.outcome = 'open'), 0)::bigint as "openValue",
      coalesce(sum(o.value) filter (where s.outcome = 'won'), 0)::bigint as "wonValue"
    from contact_organization l join account t on t.id = l.account_id
    left join opportunity o on o.account_id = l.account_id and o.deleted_at is null
      and exists (select 1 from opportunity_participant p
        where p.opportunity_id = o.id and p.contact_id = l.contact_id and p.deleted_at is null)
      and ${readableRow(opportunities, actor, sql`o.id`)}
    left join opportunity_stage s on s.key = o.stage and s.deleted_at is null
    where l.contact_id = ${contactId}::uuid and l.deleted_at is null and ${seen(actor)}
    group by l.id, t.account_name
    order by l.is_primary desc, l.influence desc nulls last, t.account_name`);
