import type { TypedValue } from '../contact.ts';
import type { TypedNumber } from '../phone/phone-number.ts';
import { companyDomain, matched, type Match } from './match.ts';
import { lineKeys, samePhone } from './phone.ts';
import { lastNameKeys, nameLikeness, sameNameKey } from './person-name.ts';

export interface ComparedContact {
  firstName: string;
  lastName: string;
  emailAddress: string | null;
  workPhone: string | null;
  mobile: string | null;
  /** Further addresses and numbers. */
  emails: readonly TypedValue[] | null;
  phones: readonly TypedValue[] | null;
  accountId: string | null;
  /** Its own, else that of its account: that of numbers that say none. */
  country: string | null;
}

/**
 * How alike two contacts are. A name that is near counts only together with something else; a work phone only with the
 * name, since colleagues share it; a further address for less than the one that is a person's own.
 */
export function contactMatch(a: ComparedContact, b: ComparedContact): Match {
  const name = nameLikeness(a, b);
  const mail = same(mailKey(a.emailAddress), mailKey(b.emailAddress));
  const further = !mail && mailsOf(a).some(key => mailsOf(b).includes(key));
  const mobile = shared(mobilesOf(a), mobilesOf(b));
  const phone = !mobile && shared(numbersOf(a), numbersOf(b));
  const account = same(a.accountId, b.accountId);
  const domain = !mail && !further && same(companyDomain(a.emailAddress), companyDomain(b.emailAddress));
  return matched([
    [mail, 100, 'Same e-mail'],
    [further, 70, 'Same further e-mail'],
    [name === 'same', 50, 'Same name'],
    [name === 'near', 40, 'Similar name'],
    [mobile, 50, 'Same mobile number'],
    [phone && name !== null, 40, 'Same phone number'],
    [account && name !== null, 40, 'Same account'],
    [domain && name !== null, 25, 'E-mail at the same company'],
  ]);
}

/**
 * What two contacts share who are likely one, at least one of these: without a common address, line or account, names
 * and a company's domain make three quarters at most (`likelyFrom`).
 */
export const contactKeys = (person: ComparedContact): string[] => [
  ...mailsOf(person).map(mail => `mail ${mail}`), ...lineKeys(numbersOf(person)),
  ...(person.accountId ? [`account ${person.accountId.toLowerCase()}`] : []),
];

/**
 * The same more narrowly, for rows of one file, which may be all of one account, with the number of its switchboard: of
 * those who share such only those are compared whose names may be near, without which it is never enough. A name alone
 * is a key too, of who says nothing else.
 */
export function rowKeys(person: ComparedContact): string[] {
  const account = person.accountId ? [`account ${person.accountId}`] : [];
  const shared = new Set([...lineKeys(numbersOf(person)), ...account]);
  const names = lastNameKeys(person.lastName);
  return [
    ...mailsOf(person).map(mail => `mail ${mail}`), `name ${sameNameKey(person)}`,
    ...[...shared].flatMap(key => names.map(name => `${key} ${name}`)),
  ];
}

/** All addresses, the further ones too, as they are compared. */
export const mailsOf = ({ emailAddress, emails }: Pick<ComparedContact, 'emailAddress' | 'emails'>): string[] =>
  [emailAddress, ...(emails ?? []).map(({ value }) => value)].map(mailKey).filter(key => key !== '');

/** All numbers, the further ones too, as they were typed. */
export const numbersOf = (
  { workPhone, mobile, phones, country }: Pick<ComparedContact, 'workPhone' | 'mobile' | 'phones' | 'country'>,
): TypedNumber[] =>
  [workPhone, mobile, ...(phones ?? []).map(({ value }) => value)].filter(number => number !== null)
    .map(number => ({ number, country }));

const mobilesOf = (contact: ComparedContact): TypedNumber[] => {
  const phones = (contact.phones ?? []).filter(({ type }) => /^(mobile|cell)/i.test(type));
  return numbersOf({ ...contact, workPhone: null, phones });
};

const mailKey = (address: string | null): string => address?.trim().toLowerCase() ?? '';
const same = (a: string | null, b: string | null): boolean => Boolean(a) && a === b;
const shared = (left: readonly TypedNumber[], right: readonly TypedNumber[]): boolean =>
  left.some(a => right.some(b => samePhone(a, b)));
