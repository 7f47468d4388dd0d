import { ContactOrganization } from '../../db/crm/contact-organization.entity.ts';
import type { Contact } from '../../db/crm/contact.entity.ts';
import { Refusal } from '../../domain/platform/errors.ts';
import type { VerbContext } from '../platform/verb.ts';

/**
 * The primary organization of a contact is its account (CRM-051). An account that was linked becomes the primary one
 * beside the others; one that was not takes the place of the former.
 */
export async function linkFollowsAccount(ctx: VerbContext, contact: Contact, isNew = false): Promise<void> {
  const { em, now } = ctx;
  const links = isNew ? [] : await em.find(ContactOrganization, { contactId: contact.id, deletedAt: null });
  const former = links.find(link => link.isPrimary);
  if ((former?.accountId ?? null) === (contact.accountId ?? null)) return;
  const linked = links.find(link => link.accountId === contact.accountId);
  if (!contact.accountId && links.length > 1)
    throw new Refusal('conflict', 'The contact belongs to other organizations: make one of them the primary one');
  if (former) {
    former.isPrimary = false;
    if (!linked) former.deletedAt = new Date(now);
    await em.flush();
  }
  const next = linked ?? (isNew ? null : await leftOne(ctx, contact));
  if (next) Object.assign(next, { isPrimary: true, deletedAt: null });
  else if (contact.accountId)
    em.create(ContactOrganization, {
      id: ctx.id(), contactId: contact.id, accountId: contact.accountId, isPrimary: true,
    });
  // One of a new contact is written with whatever else there is: nothing can read it before.
  if (!isNew) await em.flush();
}

/** Who comes back to an organization that they had not left has the role there that they had: a slip leaves nothing. */
async function leftOne({ em }: VerbContext, { id, accountId }: Contact): Promise<ContactOrganization | null> {
  if (!accountId) return null;
  const left = { contactId: id, accountId, endDate: null, deletedAt: { $ne: null } };
  return em.findOne(ContactOrganization, left, { orderBy: { deletedAt: 'desc' } });
}
