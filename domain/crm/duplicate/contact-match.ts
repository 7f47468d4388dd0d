import { companyDomain, matched, phoneKey, type Match } from './match.ts';
import { nameLikeness } from './person-name.ts';

export interface ComparedContact {
  firstName: string;
  lastName: string;
  emailAddress: string | null;
  workPhone: string | null;
  mobile: string | null;
  accountId: string | null;
}

/**
 * How alike two contacts are. A name that is near counts only together with something else; a work phone only with the
 * name, since colleagues share it.
 */
export function contactMatch(a: ComparedContact, b: ComparedContact): Match {
  const name = nameLikeness(a, b);
  const mail = same(a.emailAddress?.trim().toLowerCase(), b.emailAddress?.trim().toLowerCase());
  const mobile = same(phoneKey(a.mobile), phoneKey(b.mobile));
  const phone = !mobile && phonesOf(a).some(key => phonesOf(b).includes(key));
  const account = same(a.accountId, b.accountId);
  const domain = !mail && same(companyDomain(a.emailAddress), companyDomain(b.emailAddress));
  return matched([
    [mail, 100, 'Same e-mail'],
    [name === 'same', 50, 'Same name'],
    [name === 'near', 40, 'Similar name'],
    [mobile, 50, 'Same mobile number'],
    [phone && name !== null, 40, 'Same phone number'],
    [account && name !== null, 40, 'Same account'],
    [domain && name !== null, 25, 'E-mail at the same company'],
  ]);
}

const same = (a: string | null | undefined, b: string | null | undefined): boolean => Boolean(a) && a === b;
const phonesOf = ({ workPhone, mobile }: ComparedContact): string[] =>
  [phoneKey(workPhone), phoneKey(mobile)].filter(key => key !== null);
