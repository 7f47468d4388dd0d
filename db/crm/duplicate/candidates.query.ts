import { accountMatch, type ComparedAccount } from '../../../domain/crm/duplicate/account-match.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { contactMatch, mailsOf, numbersOf, type ComparedContact } from '../../../domain/crm/duplicate/contact-match.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import type { TypedAccount, TypedContact } from '../../../domain/crm/duplicate/duplicate.contract.ts';
import { companyDomain, possibleFrom, type Candidate, type Match } from '../../../domain/crm/duplicate/match.ts';
import { initialsOfNicknames, wordsOf } from '../../../domain/crm/duplicate/person-name.ts';
import { keysOf, phoneKey } from '../../../domain/crm/duplicate/phone.ts';
import type { Actor } from '../../../domain/platform/actor.ts';
import { inScope } from '../../platform/record.query.ts';
import { sql, type Sql } from '../../platform/sql.ts';
import { accountCountry, contactCountry } from './record-country.ts';

/** More are no help to who decides. */
const shownMax = 5;

/** What asks the database for rows that may be the same, and what is made of its answer. */
export interface CandidateSearch<Row> {
  rows: Sql;
  of(rows: readonly Row[]): Candidate[];
}
interface Told { id: string; title: string; about: string | null }

/** Contacts that the actor may read and that may be this person. */
export function contactCandidates(
  typed: TypedContact, actor: Actor, max = shownMax,
): CandidateSearch<ComparedContact & Told> {
  const person = comparedContact(typed);
  const phones = [...new Set(numbersOf(person).flatMap(keysOf))];
  const nicknames = initialsOfNicknames[wordsOf(person.firstName)[0] ?? ''] ?? [];
  const evidence = [person.accountId, companyDomain(person.emailAddress), ...phones].filter(key => key !== null);
  return {
    rows: sql`select t.id, t.full_name as title,
        concat_ws(' · ', t.job_title, (select a.account_name from account a where a.id = t.account_id),
          t.email_address) as about,
        ${contactColumns}
      from contact t where t.id in (select similar_contacts(${mailsOf(person)}::text[], ${phones}::text[],
        ${person.firstName}, ${person.lastName}, ${nicknames}::text[], ${evidence}::text[]))
        and t.deleted_at is null and ${except(typed)} and ${inScope(contacts, actor, 'contact:read')}`,
    of: rows => likeliest(rows, row => contactMatch(person, row), max),
  };
}

/**
 * A contact as it is compared with those that are there: where it says no country, in that of its account, as far as
 * the actor may read that.
 */
export async function inItsCountry<Typed extends TypedContact>(
  typed: Typed, actor: Actor, ask: (rows: Sql) => Promise<{ country: string | null }[]>,
): Promise<Typed> {
  if (typed.country || !typed.accountId) return typed;
  const [account] = await ask(sql`select ${accountCountry('t')} as country from account t
    where t.id = ${typed.accountId}::uuid and t.deleted_at is null and ${inScope(accounts, actor, 'account:read')}`);
  return { ...typed, country: account?.country ?? null };
}

/** Accounts that the actor may read and that may be this company. */
export function accountCandidates(
  typed: TypedAccount, actor: Actor, max = shownMax,
): CandidateSearch<ComparedAccount & Told> {
  const company = comparedAccount(typed);
  const domains = [companyDomain(company.websiteUrl), companyDomain(company.email)].filter(d => d !== null);
  return {
    rows: sql`select t.id, t.account_name as title, concat_ws(' · ', t.industry,
        nullif(concat_ws(', ', t.shipping_city, t.shipping_country), ''), t.website_url) as about, ${accountColumns}
      from account t where t.id in (select similar_accounts(${company.accountName}, ${domains}::text[],
        ${phoneKey(company.phone)}))
        and t.deleted_at is null and ${except(typed)} and ${inScope(accounts, actor, 'account:read')}`,
    of: rows => likeliest(rows, row => accountMatch(company, row), max),
  };
}

/** What is compared of a row \`t\`. */
export const contactColumns = sql`t.first_name as "firstName", t.last_name as "lastName",
  t.email_address as "emailAddress", t.work_phone as "workPhone", t.mobile, t.emails, t.phones,
  t.account_id as "accountId", ${contactCountry('t')} as country`;
export const accountColumns = sql`t.account_name as "accountName", t.website_url as "websiteUrl", t.email, t.phone,
  ${accountCountry('t')} as country`;

export const comparedContact = (typed: TypedContact): ComparedContact => ({
  firstName: typed.firstName ?? '', lastName: typed.lastName ?? '', emailAddress: typed.emailAddress || null,
  workPhone: typed.workPhone || null, mobile: typed.mobile || null, emails: typed.emails ?? null,
  phones: typed.phones ?? null, accountId: typed.accountId ?? null, country: typed.country || null,
});
export const comparedAccount = (typed: TypedAccount): ComparedAccount => ({
  accountName: typed.accountName ?? '', websiteUrl: typed.websiteUrl || null, email: typed.email || null,
  phone: typed.phone || null, country: typed.shippingCountry || typed.billingCountry || null,
});
const except = ({ exceptId }: { exceptId?: string | undefined }): Sql =>
  exceptId ? sql`t.id <> ${exceptId}::uuid` : sql`true`;

const likeliest = <Row extends Told>(rows: readonly Row[], match: (row: Row) => Match, max: number): Candidate[] =>
  rows
    .map(row => ({ id: row.id, title: row.title, about: row.about || null, ...match(row) }))
    .filter(({ score }) => score >= possibleFrom)
    .sort((a, b) => b.score - a.score || (a.title < b.title ? -1 : 1))
    .slice(0, max);
