import type { ComparedAccount } from '../../../domain/crm/duplicate/account-match.ts';
import { accountMatch } from '../../../domain/crm/duplicate/account-match.ts';
import { contactMatch, type ComparedContact } from '../../../domain/crm/duplicate/contact-match.ts';
import type { DuplicateSubject, Match } from '../../../domain/crm/duplicate/match.ts';
import { scannedAtOnce } from '../../../domain/crm/duplicate/scan.contract.ts';
import { sql, type Sql } from '../../platform/sql.ts';
import { onlyAlike } from './candidates.query.ts';

/** A record with those that may be the same, as one row each; `other` is null where there is none. */
export interface Compared<Values = Record<string, unknown>> {
  id: string;
  values: Values;
  otherId: string | null;
  other: Values | null;
}

const contact = (alias: string): Sql => sql`jsonb_build_object('firstName', ${of(alias, 'first_name')},
  'lastName', ${of(alias, 'last_name')}, 'emailAddress', ${of(alias, 'email_address')},
  'workPhone', ${of(alias, 'work_phone')}, 'mobile', ${of(alias, 'mobile')}, 'emails', ${of(alias, 'emails')},
  'phones', ${of(alias, 'phones')}, 'accountId', ${of(alias, 'account_id')})`;
const account = (alias: string): Sql => sql`jsonb_build_object('accountName', ${of(alias, 'account_name')},
  'websiteUrl', ${of(alias, 'website_url')}, 'email', ${of(alias, 'email')}, 'phone', ${of(alias, 'phone')})`;
const of = (alias: string, column: string): Sql => sql.ref(`${alias}.${column}`);

const nextOf = {
  contact: { table: 'contact', values: contact, similar: sql`similar_contacts(
    array_remove(lower(t.email_address) || coalesce(mail_keys(t.emails), '{}'), null),
    array_remove(array[phone_key(t.work_phone), phone_key(t.mobile)] || coalesce(phone_keys(t.phones), '{}'), null),
    t.first_name, t.last_name, t.account_id)` },
  account: { table: 'account', values: account, similar: sql`similar_accounts(t.account_name,
    array_remove(array[domain_key(t.website_url), domain_key(t.email)], null), phone_key(t.phone))` },
};

/** Those functions would be planned anew for each record, which takes longer than what they do. */
const plannedOnce = sql`set_config('plan_cache_mode', 'force_generic_plan', true) is not null`;

/** The records behind this one in the order of their ids, each with those that may be the same. */
export const nextCompared = (subject: DuplicateSubject, after: string | null): Sql => {
  const { table, values, similar } = nextOf[subject];
  return sql`
    select t.id, ${values('t')} as values, o.id as "otherId",
      case when o.id is not null then ${values('o')} end as other
    from (select * from ${sql.table(table)} where deleted_at is null and (select ${onlyAlike} and ${plannedOnce})
      and ${after ? sql`id > ${after}::uuid` : sql`true`} order by id limit ${sql.lit(scannedAtOnce)}) t
    left join lateral (select s.id from ${similar} s (id) where s.id <> t.id) s on true
    left join ${sql.table(table)} o on o.id = s.id and o.deleted_at is null
    order by t.id`;
};

export const matchOf = (subject: DuplicateSubject, a: unknown, b: unknown): Match =>
  subject === 'contact'
    ? contactMatch(a as ComparedContact, b as ComparedContact)
    : accountMatch(a as ComparedAccount, b as ComparedAccount);

/** How many records there are to be compared. */
export const scannedTotal = sql`select (select count(*) from contact where deleted_at is null)::int
  + (select count(*) from account where deleted_at is null)::int as total`;
