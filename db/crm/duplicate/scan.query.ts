import type { ComparedAccount } from '../../../domain/crm/duplicate/account-match.ts';
import { accountMatch } from '../../../domain/crm/duplicate/account-match.ts';
import { contactMatch, type ComparedContact } from '../../../domain/crm/duplicate/contact-match.ts';
import { ofAnybody, type DuplicateSubject, type Match } from '../../../domain/crm/duplicate/match.ts';
import { initialsOfNicknames } from '../../../domain/crm/duplicate/person-name.ts';
import { sql, type Sql } from '../../platform/sql.ts';
import { accountCountry, contactCountry } from './record-country.ts';

/** A record with those that may be the same, as one row each; without another there is nothing to be compared. */
export interface Compared<Values = Record<string, unknown>> {
  id: string;
  values: Values | null;
  otherId: string | null;
  other: Values | null;
}

const contact = (alias: string): Sql => sql`jsonb_build_object('firstName', ${of(alias, 'first_name')},
  'lastName', ${of(alias, 'last_name')}, 'emailAddress', ${of(alias, 'email_address')},
  'workPhone', ${of(alias, 'work_phone')}, 'mobile', ${of(alias, 'mobile')}, 'emails', ${of(alias, 'emails')},
  'phones', ${of(alias, 'phones')}, 'accountId', ${of(alias, 'account_id')}, 'country', ${contactCountry(alias)})`;
const account = (alias: string): Sql => sql`jsonb_build_object('accountName', ${of(alias, 'account_name')},
  'websiteUrl', ${of(alias, 'website_url')}, 'email', ${of(alias, 'email')}, 'phone', ${of(alias, 'phone')},
  'country', ${accountCountry(alias)})`;
const of = (alias: string, column: string): Sql => sql.ref(`${alias}.${column}`);

const nextOf = {
  contact: { table: 'contact', values: contact, pairs: 'contact_pairs' },
  account: { table: 'account', values: account, pairs: 'account_pairs' },
};
/** What the database needs to know of names and addresses to find pairs, as the rules know it. */
const known = JSON.stringify({ nicknames: initialsOfNicknames, domains: [...ofAnybody] });

/** The next records in the order of their ids, each with those behind it that may be the same. */
export const nextCompared = (subject: DuplicateSubject, after: string | null, count: number): Sql => {
  const { table, values, pairs } = nextOf[subject];
  return sql`
    select p.id, p.other_id as "otherId", case when t.id is not null then ${values('t')} end as values,
      case when o.id is not null then ${values('o')} end as other
    from ${sql.table(pairs)}(${after}::uuid, ${sql.lit(count)}, ${known}::jsonb) p
    left join ${sql.table(table)} t on p.other_id is not null and t.id = p.id
    left join ${sql.table(table)} o on o.id = p.other_id
    order by p.id`;
};

/** The next record by itself. */
export const nextUncompared = (subject: DuplicateSubject, after: string | null): Sql => sql`
  select id, null as values, null as "otherId", null as other from ${sql.table(nextOf[subject].table)}
  where deleted_at is null and ${after ? sql`id > ${after}::uuid` : sql`true`} order by id limit 1`;

export const matchOf = (subject: DuplicateSubject, a: unknown, b: unknown): Match =>
  subject === 'contact'
    ? contactMatch(a as ComparedContact, b as ComparedContact)
    : accountMatch(a as ComparedAccount, b as ComparedAccount);

/** How many records there are to be compared. */
export const scannedTotal = sql`select (select count(*) from contact where deleted_at is null)::int
  + (select count(*) from account where deleted_at is null)::int as total`;
