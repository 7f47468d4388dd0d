import {
  accountCandidates, comparedAccount, comparedContact, contactCandidates,
} from '../../../db/crm/duplicate/candidates.query.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import { accountKeys, accountMatch, type ComparedAccount } from '../../../domain/crm/duplicate/account-match.ts';
import { contactMatch, rowKeys, type ComparedContact } from '../../../domain/crm/duplicate/contact-match.ts';
import { likelyFrom, possibleFrom, type Match } from '../../../domain/crm/duplicate/match.ts';
import type { Alike, Likeness } from '../../platform/job/job-record.ts';
import { askCandidates, comparable } from './ask-candidates.ts';

type Fields = Record<string, unknown>;

/** Namesakes of whom a row may say nothing new: more than people are shown. */
const namesakesMax = 50;

const compared = <T>(read: (fields: Fields) => T | null): ((fields: Fields) => T | null) => {
  const known = new WeakMap<Fields, T | null>();
  return fields => {
    if (!known.has(fields)) known.set(fields, read(fields));
    return known.get(fields)!;
  };
};
const likeness = ({ score, reasons }: Match): Likeness | null =>
  score >= possibleFrom ? { sure: score >= likelyFrom, reasons } : null;

const person = compared((fields): ComparedContact | null => {
  const { data } = contacts.create.safeParse(fields);
  return data ? comparedContact(data) : null;
});
const nameOf = ({ firstName, lastName }: ComparedContact): string => `${firstName} ${lastName}`;

/** People of a file without an address are told from those who are there by the rule that finds duplicates. */
export const alikeContact: Alike = {
  search: async (ctx, fields) => {
    const { data } = contacts.create.safeParse(fields);
    if (!data) return [];
    const typed = await comparable(ctx, data);
    const found = await askCandidates(ctx, contactCandidates(typed, ctx.actor, namesakesMax));
    return found.map(({ score, ...one }) => ({ ...one, sure: score >= likelyFrom }));
  },
  keys: fields => {
    const typed = person(fields);
    return typed ? rowKeys(typed) : [];
  },
  compare: (fields, others) => {
    const [a, b] = [person(fields), person(others)];
    return a && b && likeness(contactMatch(a, b));
  },
  title: fields => nameOf(person(fields)!),
};

const company = compared((fields): ComparedAccount | null => {
  const { data } = accounts.create.safeParse(fields);
  return data ? comparedAccount(data) : null;
});

/** The same of accounts, where a file has none of their keys. */
export const alikeAccount: Alike = {
  search: async (ctx, fields) => {
    const { data: typed } = accounts.create.safeParse(fields);
    const found = typed ? await askCandidates(ctx, accountCandidates(typed, ctx.actor, namesakesMax)) : [];
    return found.map(({ score, ...one }) => ({ ...one, sure: score >= likelyFrom }));
  },
  keys: fields => {
    const typed = company(fields);
    return typed ? accountKeys(typed) : [];
  },
  compare: (fields, others) => {
    const [a, b] = [company(fields), company(others)];
    return a && b && likeness(accountMatch(a, b));
  },
  title: fields => company(fields)!.accountName,
};
