import { Contact } from '../../db/crm/contact.entity.ts';
import { OpportunityParticipant } from '../../db/crm/opportunity-participant.entity.ts';
import { opportunityParticipants } from '../../domain/crm/opportunity-participant.ts';
import { invalidField } from '../../domain/platform/errors.ts';
import { recordVerbs } from '../platform/record/record-verbs.ts';
import { accountIsThere } from './account-there.ts';

export const opportunityParticipantVerbs = recordVerbs(opportunityParticipants, OpportunityParticipant, {
  complete: async (ctx, sent, before) => {
    const value = (field: 'opportunityId' | 'accountId' | 'contactId'): unknown =>
      sent[field] !== undefined ? sent[field] : before?.[field];
    if (before && value('opportunityId') !== before.opportunityId)
      throw invalidField('opportunityId', 'stays as it is');
    const accountId = value('accountId') as string;
    if (accountId !== before?.accountId) await accountIsThere(ctx, 'accountId', accountId);
    const contactId = value('contactId') as string | null | undefined;
    if (contactId && !(await ctx.em.count(Contact, { id: contactId, accountId, deletedAt: null })))
      throw invalidField('contactId', 'There is no such contact at this account');
    return sent;
  },
});
