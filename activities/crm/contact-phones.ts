import { Account } from '../../db/crm/account.entity.ts';
import type { Contact } from '../../db/crm/contact.entity.ts';
import type { TypedValue } from '../../domain/crm/contact.ts';
import { keptPhone } from '../../domain/crm/phone/phone-number.ts';
import type { VerbContext } from '../platform/verb.ts';

type Fields = Record<string, unknown>;

/**
 * Further numbers of a contact as they are kept: as they are dialled from anywhere, where they say their country or are
 * numbers of that of the contact, else of its account.
 */
export async function phonesKept(
  ctx: VerbContext, { phones, country, accountId }: Fields, before: Contact | null,
): Promise<Fields> {
  if (!Array.isArray(phones) || !phones.length) return {};
  const known = await countryOf(ctx, { country, accountId }, before);
  const kept = (phones as TypedValue[]).map(({ type, value }) =>
    ({ type, value: keptPhone({ number: value, country: known }) }));
  return { phones: kept };
}

/** In which country a contact is that these fields make, or change: that of its numbers that say none. */
export async function countryOf(
  ctx: VerbContext, { country, accountId }: Fields, before: Contact | null,
): Promise<string | null> {
  const own = (country === undefined ? before?.country : country) as string | null | undefined;
  const id = (accountId === undefined ? before?.accountId : accountId) as string | null | undefined;
  const account = !own && id ? await accountOnce(ctx, id) : null;
  return own ?? account?.shippingCountry ?? account?.billingCountry ?? null;
}

/** An account that many new contacts belong to is read once. */
export const accountOnce = ({ em, once }: VerbContext, id: string): Promise<Account | null> =>
  once(`address of ${id}`, () => em.findOne(Account, { id }));
