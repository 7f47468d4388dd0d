import { ContactOrganization } from '../../db/crm/contact-organization.entity.ts';
import { OpportunityParticipant } from '../../db/crm/opportunity-participant.entity.ts';
import { opportunityParticipants } from '../../domain/crm/opportunity-participant.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import type { VerbContext } from '../platform/verb.ts';
import { aContact, seen } from './activity/about.ts';
import { accountIsThere } from './account-there.ts';
import { principalIsThere } from './principal-there.ts';

export const opportunityParticipantVerbs = recordVerbs(opportunityParticipants, OpportunityParticipant, {
  complete: async (ctx, sent, before) => {
    const value = (field: 'opportunityId' | 'accountId' | 'contactId'): unknown =>
      sent[field] !== undefined ? sent[field] : before?.[field];
    if (before && value('opportunityId') !== before.opportunityId)
      throw invalidField('opportunityId', 'stays as it is');
    const accountId = value('accountId') as string;
    if (accountId !== before?.accountId) await accountIsThere(ctx, 'accountId', accountId);
    if ((sent['role'] ?? before?.role) === 'principal') await principalIsThere(ctx, 'accountId', accountId);
    const contactId = value('contactId') as string | null | undefined;
    // Who was named once stays so, also where they have left since.
    const isNew = contactId !== before?.contactId || accountId !== before?.accountId;
    if (!contactId || !isNew) return sent;
    await seen(ctx, aContact, contactId, 'contactId');
    if (!(await belongsTo(ctx, contactId, accountId)))
      throw invalidField('contactId', 'There is no such contact at this account');
    return sent;
  },
});

/** One organization of a contact is the first; it may act for each that it has not left. */
async function belongsTo({ em, now }: VerbContext, contactId: string, accountId: string): Promise<boolean> {
  const links = await em.find(ContactOrganization, { contactId, accountId, deletedAt: null });
  const today = new Date(now).toISOString().slice(0, 'YYYY-MM-DD'.length);
  return links.some(({ endDate }) => !endDate || endDate >= today);
}
