import type { TypedNumber } from '../phone/phone-number.ts';
import { companyDomain, matched, type Match } from './match.ts';
import { lineKeys, samePhone } from './phone.ts';
import { oneApart, wordsOf, type Likeness } from './person-name.ts';

export interface ComparedAccount {
  accountName: string;
  websiteUrl: string | null;
  email: string | null;
  phone: string | null;
  /** Where it is: the country of a number that says none. */
  country: string | null;
}

/** What a company is, and not who it is: "Acme Inc." and "ACME" are one name. */
export const legalForms = [
  'inc', 'incorporated', 'llc', 'ltd', 'limited', 'corp', 'corporation', 'co', 'company', 'gmbh', 'ag', 'kg', 'plc',
  'sa', 'sas', 'sarl', 'srl', 'spa', 'bv', 'nv', 'ab', 'oy', 'pty', 'lp', 'llp', 'the',
] as const;

export function accountMatch(a: ComparedAccount, b: ComparedAccount): Match {
  const name = companyLikeness(a.accountName, b.accountName);
  const domain = domainsOf(a).some(d => domainsOf(b).includes(d));
  const phone = samePhone(numberOf(a), numberOf(b));
  return matched([
    [name === 'same', 80, 'Same name'],
    [name === 'near', 50, 'Similar name'],
    [domain, 60, 'Same web or mail domain'],
    [phone && name !== null, 40, 'Same phone number'],
  ]);
}

/**
 * What two accounts share that are likely one, at least one of these: names that are only near need a common domain or
 * line to be enough (`likelyFrom`).
 */
export const accountKeys = (company: ComparedAccount): string[] => [
  ...nameKeys(companyWords(company.accountName)).map(name => `name ${name}`),
  ...domainsOf(company).map(domain => `domain ${domain}`), ...lineKeys([numberOf(company)]),
];

/** Two names are one if they share one of these: written as one word, or with their words in any order. */
const nameKeys = (words: string[]): string[] =>
  words.length ? [words.join(''), [...words].sort().join(' ')] : [];

export const numberOf = ({ phone, country }: Pick<ComparedAccount, 'phone' | 'country'>): TypedNumber =>
  ({ number: phone ?? '', country });

/** Whether two names may be those of one company. */
export function companyLikeness(a: string, b: string): Likeness {
  const [left, right] = [companyWords(a), companyWords(b)];
  const [[joinedLeft, ...sortedLeft], [joinedRight, ...sortedRight]] = [nameKeys(left), nameKeys(right)];
  if (!joinedLeft || !joinedRight) return null;
  if (joinedLeft === joinedRight || sortedLeft[0] === sortedRight[0]) return 'same';
  // Branch 1 and branch 2 are two.
  if (figures(left) !== figures(right)) return null;
  if (Math.min(joinedLeft.length, joinedRight.length) >= 5 && oneApart(joinedLeft, joinedRight)) return 'near';
  return shared(left, right) >= 0.75 ? 'near' : null;
}

const companyWords = (name: string): string[] => {
  const words = wordsOf(name);
  const own = words.filter(word => !(legalForms as readonly string[]).includes(word));
  return own.length ? own : words;
};
const figures = (words: string[]): string => words.filter(word => /\d/.test(word)).sort().join(' ');

/** Pairs of neighbouring letters that both have, of all (Dice). */
function shared(left: string[], right: string[]): number {
  const [a, b] = [pairsOf(left), pairsOf(right)];
  const rest = [...b];
  const both = a.filter(pair => {
    const at = rest.indexOf(pair);
    if (at >= 0) rest.splice(at, 1);
    return at >= 0;
  });
  return (2 * both.length) / (a.length + b.length || 1);
}
const pairsOf = (words: string[]): string[] =>
  [...words].sort().flatMap(word => [...word].map((letter, i) => letter + (word[i + 1] ?? ' ')));

const domainsOf = ({ websiteUrl, email }: ComparedAccount): string[] =>
  [companyDomain(websiteUrl), companyDomain(email)].filter(d => d !== null);
