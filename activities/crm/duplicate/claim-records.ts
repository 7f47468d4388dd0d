import { LockMode, type EntityName } from '@mikro-orm/core';
import { Account } from '../../../db/crm/account.entity.ts';
import { Contact } from '../../../db/crm/contact.entity.ts';
import { accounts } from '../../../domain/crm/account.ts';
import { contacts } from '../../../domain/crm/contact.ts';
import type { DuplicateSubject } from '../../../domain/crm/duplicate/match.ts';
import { invalidField, Refusal } from '../../../domain/platform/errors.ts';
import { allowsOn } from '../../../domain/platform/permission.ts';
import type { AnyRecord } from '../../../domain/platform/record.ts';
import { accountVerbs } from '../account-verbs.ts';
import { contactVerbs } from '../contact-verbs.ts';
import { whereItBelongs } from '../../platform/record/record-reach.ts';
import type { RecordVerbs } from '../../platform/record/record-verbs.ts';
import type { VerbContext } from '../../platform/verb.ts';

export type Mergeable = Contact | Account;
interface Kind {
  record: AnyRecord;
  entity: EntityName<Mergeable>;
  verbs: RecordVerbs;
}
export const kinds: Record<DuplicateSubject, Kind> = {
  contact: { record: contacts, entity: Contact, verbs: contactVerbs },
  account: { record: accounts, entity: Account, verbs: accountVerbs },
};

/** The records for this transaction alone, in one order for everybody; what may not be read is not there. */
export async function claimAll(
  ctx: VerbContext, subject: DuplicateSubject, { survivorId, mergedIds }: { survivorId: string; mergedIds: string[] },
): Promise<{ survivor: Mergeable; others: Mergeable[] }> {
  const { record, entity } = kinds[subject];
  const ids = [survivorId, ...mergedIds];
  const rows = await ctx.em.find<Mergeable>(
    entity, { id: { $in: ids }, deletedAt: null }, { lockMode: LockMode.PESSIMISTIC_WRITE, orderBy: { id: 'asc' } },
  );
  const found: Mergeable[] = [];
  for (const [i, id] of ids.entries()) {
    const row = rows.find(r => r.id === id);
    const reach = row && (await whereItBelongs(ctx, record, id, { ...row }));
    const seen = ctx.actor.kind !== 'user' || allowsOn(ctx.actor.ability, `${subject}:read`, reach?.scoped ?? {});
    if (!row || !reach?.parentSeen || !seen)
      throw invalidField(i ? `mergedIds/${i - 1}` : 'survivorId', `There is no such ${subject}`);
    for (const action of ['merge', i ? 'delete' : 'update']) ctx.authorize(`${subject}:${action}`, reach.scoped);
    if (!i && reach.parentGone)
      throw new Refusal('conflict', `It belongs to an ${reach.parentGone} that is deleted: restore that first`);
    found.push(row);
  }
  const [survivor, ...others] = found;
  return { survivor: survivor!, others };
}
