import { Account } from '../../../db/crm/account.entity.ts';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { Group } from '../../../db/crm/group/group.entity.ts';
import { groups } from '../../../domain/crm/group/group.ts';
import type { VerbContext } from '../../platform/verb.ts';
import { claimRow } from '../claim-row.ts';

/** A group for this transaction alone: its members change one after the other. */
export const claimGroup = (ctx: VerbContext, id: string): Promise<Group> =>
  claimRow(ctx, { record: groups, entity: Group }, id);

export async function memberCount({ em }: VerbContext, groupId: string): Promise<number> {
  const [row] = await em.execute<{ n: number }[]>(
    `select count(*)::int as n from crm_group_member m left join account a on a.id = m.account_id
     left join contact c on c.id = m.contact_id
     where m.group_id = ? and m.deleted_at is null and a.deleted_at is null and c.deleted_at is null`,
    [groupId],
  );
  return row!.n;
}

export async function nameOf(
  { em }: VerbContext, { accountId, contactId }: { accountId: string | null; contactId: string | null },
): Promise<string> {
  if (accountId) return (await em.findOneOrFail(Account, { id: accountId })).accountName;
  return (await em.findOneOrFail(Contact, { id: contactId! })).fullName;
}
