import { Contact } from '../../../db/crm/contact.entity.ts';
import { transactionOf } from '../../../db/platform/pool/transaction.ts';
import { Refusal } from '../../../domain/platform/errors.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { aContact, seen } from '../activity/about.ts';
import type { Mergeable } from './claim-records.ts';

/** Refuses to give contacts the address back that somebody else has by now, and says who. */
export async function proveAddressesFree(ctx: VerbContext, back: readonly Mergeable[]): Promise<void> {
  const people = back.filter(row => row instanceof Contact);
  const addresses = people.flatMap(({ emailAddress }) => (emailAddress ? [emailAddress] : []));
  if (!addresses.length) return;
  const [taken] = await transactionOf(ctx.em).send<{ id: string; address: string }>(
    'select t.id, t.value as address from contacts_by_mail($1::text[]) t where t.id <> all($2::uuid[]) limit 1',
    [addresses, people.map(({ id }) => id)],
  );
  if (!taken) return;
  const message = `${await nameOf(ctx, taken.id)} has the e-mail ${taken.address} by now: change it there first`;
  throw new Refusal('conflict', message, { fields: [{ pointer: '/emailAddress', code: 'conflict', message }] });
}

/** Who may not read them learns no more than that. */
const nameOf = (ctx: VerbContext, id: string): Promise<string> =>
  seen(ctx, aContact, id, 'emailAddress').then(
    ({ fullName }) => fullName,
    (e: unknown) => {
      if (e instanceof Refusal) return 'Another contact';
      throw e;
    },
  );
