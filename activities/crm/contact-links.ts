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
  const next = links.find(link => link.accountId === contact.accountId);
  if (!contact.accountId && links.length > 1)
    throw new Refusal('conflict', 'The contact belongs to other organizations: make one of them the primary one');
  if (former) {
    former.isPrimary = false;
    if (!next) former.deletedAt = new Date(now);
    await em.flush();
  }
  if (next) next.isPrimary = true;
  else if (contact.accountId)
    em.create(ContactOrganization, {
      id: ctx.id(), contactId: contact.id, accountId: contact.accountId, isPrimary: true,
    });
  // One of a new contact is written with whatever else there is: nothing can read it before.
  if (!isNew) await em.flush();
}
